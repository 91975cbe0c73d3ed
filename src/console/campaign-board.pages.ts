import {
  campaignBoard,
  campaignCallList,
  relayVillages,
} from '../campaigns/board';
import type { CampaignRow } from '../campaigns/campaign-row';
import { exclusions } from '../campaigns/reckon-campaign';
import {
  type CampaignExport,
  exportCampaignTo,
} from '../exchange/export-campaign';
import { inTransaction } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { unitNames } from '../staff/unit-names';
import { boardRow } from './campaign-board';
import { operatorTitles } from './campaign-words';
import { campaignHead, ofCampaign, type CampaignPage } from './of-campaign';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** Which village has not heard, whom to visit, and the same as files. */
export const campaignBoardPages: readonly Route[] = [
  ofOne('/villages', board),
  ofOne('/a-visiter', calls),
  ofOne('/relais', relays),
  ofOne('/villages.csv', file('board')),
  ofOne('/a-visiter.csv', file('calls')),
];

function ofOne(path: string, show: CampaignPage): Route {
  return forStaff(
    'get',
    `/campagnes/:id${path}`,
    'campaigns.prepare',
    ofCampaign(show),
  );
}

/** Villages on one page: the whole is in the file. */
const mostVillages = 200;

async function board(
  { house, query }: StaffedVisit,
  campaign: CampaignRow,
): Promise<Reply> {
  const { villages, operators } = await campaignBoard(
    house.campaignDesk().db,
    campaign.id,
  );
  const chosen = query['commune'];
  const own = villages.filter(
    ({ communeCode }) => chosen === undefined || communeCode === chosen,
  );
  const shown = own.slice(0, mostVillages);
  const names = await unitNames(house.db, [
    ...new Set(shown.map(({ communeCode }) => communeCode)),
  ]);
  return {
    ...{ kind: 'page', view: 'campaign-board' },
    title: `Villages · ${campaign.title}`,
    values: {
      ...campaignHead(campaign, 'board'),
      villages: shown.map((row) => ({
        ...{ ...boardRow(row), village: row.village, code: row.communeCode },
        commune: names.get(row.communeCode) ?? row.communeCode,
      })),
      operators: operators.map((row) => ({
        ...boardRow(row),
        name: operatorTitles[row.operator],
      })),
      all: own.length,
      chosen: chosen && (names.get(chosen) ?? chosen),
    },
  };
}

const whyWords: Readonly<Record<string, string>> = {
  ...exclusions,
  failed: 'SMS échoué',
  unknown: 'sans nouvelles du SMS',
};

/** Households on one page to print. */
const mostCalls = 1_000;

async function calls(
  { house, staff, query }: StaffedVisit,
  campaign: CampaignRow,
): Promise<Reply> {
  const communeCode = query['commune'];
  const rows = await campaignCallList(house.campaignDesk().db, campaign.id, {
    ...(communeCode !== undefined && { communeCode }),
    most: mostCalls,
  });
  await inTransaction(house.db, (tx) =>
    recordAudit(tx, {
      ...{ actor: `officer:${staff.member.id}`, action: 'campaign.callsRead' },
      subject: `campaign:${campaign.id}`,
      details: { rows: rows.length },
    }),
  );
  const names = await unitNames(house.db, [
    ...new Set(rows.map((row) => row.communeCode)),
  ]);
  return {
    ...{ kind: 'page', view: 'campaign-calls' },
    title: `À visiter · ${campaign.title}`,
    values: {
      ...campaignHead(campaign, 'calls'),
      groups: byVillage(rows, names).map(({ key, of }) => ({
        title: key,
        rows: of.map(({ initials, cardEnds, why }) => ({
          ...{ initials, cardEnds, why: whyWords[why] ?? 'SMS retiré' },
        })),
      })),
      count: rows.length,
      isCut: rows.length === mostCalls,
    },
  };
}

async function relays(
  { house }: StaffedVisit,
  campaign: CampaignRow,
): Promise<Reply> {
  const rows = await relayVillages(house.campaignDesk().db, campaign.id);
  const names = await unitNames(house.db, [
    ...new Set(rows.map((row) => row.communeCode)),
  ]);
  return {
    ...{ kind: 'page', view: 'campaign-relays' },
    title: `Relais · ${campaign.title}`,
    values: {
      ...campaignHead(campaign, 'relays'),
      villages: rows.map((row) => ({
        ...row,
        commune: names.get(row.communeCode) ?? row.communeCode,
      })),
    },
  };
}

/** Rows under their village, in the order in which they came. */
function byVillage<Row extends { communeCode: string; village: string }>(
  rows: readonly Row[],
  names: ReadonlyMap<string, string>,
): { key: string; of: Row[] }[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const commune = names.get(row.communeCode) ?? row.communeCode;
    const key = `${row.village}, ${commune}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups].map(([key, of]) => ({ key, of }));
}

function file(what: CampaignExport): CampaignPage {
  return async ({ house, staff }, { id, startedAt }) => {
    if (startedAt === null) return { kind: 'notFound' };
    let csv = '';
    await exportCampaignTo(
      house.db,
      { id, what, actor: `officer:${staff.member.id}` },
      (whole) => {
        csv = whole;
        return Promise.resolve();
      },
    );
    return {
      ...{ kind: 'file', name: `campagne-${id}-${what}.csv` },
      ...{ type: 'text/csv; charset=utf-8', body: Buffer.from(csv) },
    };
  };
}
