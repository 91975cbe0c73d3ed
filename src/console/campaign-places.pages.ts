import {
  type Audience,
  readAudience,
  readHouseholdList,
} from '../campaigns/audience';
import type { CampaignRow } from '../campaigns/campaign-row';
import { subjectOf } from '../campaigns/campaign-filling';
import { readTexts } from '../campaigns/campaign-texts';
import { changeCampaign } from '../campaigns/draft-campaign';
import { villageCounts } from '../campaigns/territory-counts';
import type { AppError } from '../runtime/errors';
import { unitNames } from '../staff/unit-names';
import { mayBeChanged } from './campaign-edit.pages';
import { ticked } from './campaign-form';
import { campaignPath } from './campaign-tabs';

import { grouped } from './grouped';
import { saying } from './notices';
import { campaignHead, ofCampaign, refusalOf } from './of-campaign';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** Parts of an audience that are too long for its form: the villages of a commune, and a list of households from a file. */
export const campaignPlacesPages: readonly Route[] = [
  forStaff(
    'get',
    '/campagnes/:id/lieux',
    'campaigns.prepare',
    ofCampaign((visit, campaign) => show(visit, campaign)),
  ),
  forStaff(
    'post',
    '/campagnes/:id/lieux',
    'campaigns.prepare',
    ofCampaign(choose),
  ),
  {
    ...forStaff(
      'post',
      '/campagnes/:id/liste',
      'campaigns.prepare',
      ofCampaign(take),
    ),
    takesFile: true,
  },
];

async function show(
  { house, query, form }: StaffedVisit,
  campaign: CampaignRow,
  refusal?: AppError,
): Promise<Reply> {
  if (!mayBeChanged(campaign)) return { kind: 'notFound' };
  const commune = query['commune'] ?? form['commune'] ?? '';
  const { villages = [] } = readAudience(campaign.audience);
  const chosen = new Set(
    villages
      .filter((one) => one.commune === commune)
      .map(({ village }) => village),
  );
  const names = await unitNames(house.db, [commune]);
  const found = await villageCounts(house.db, commune);
  return {
    ...{ kind: 'page', view: 'campaign-places', title: 'Villages et liste' },
    ...(refusal !== undefined && { status: 422 }),
    values: {
      ...campaignHead(campaign, 'summary'),
      faults: refusal === undefined ? {} : { fichier: refusal.message },
      ...{ commune, communeName: names.get(commune) },
      villages: found.map(({ village, name, households }) => ({
        ...{ name, village, households: grouped(households) },
        isTicked: chosen.has(village),
      })),
    },
  };
}

async function choose(
  visit: StaffedVisit,
  campaign: CampaignRow,
): Promise<Reply> {
  const commune = visit.form['commune'] ?? '';
  const { villages = [], ...rest } = readAudience(campaign.audience);
  const all = [
    ...villages.filter((one) => one.commune !== commune),
    ...ticked(visit.form, 'v-').map((village) => ({ commune, village })),
  ];
  return keep(visit, campaign, {
    ...rest,
    ...(all.length > 0 && { villages: all }),
  });
}

/** A list of 100 000 numbers of households has no more bytes. */
const mostBytes = 4_000_000;

async function take(
  visit: StaffedVisit,
  campaign: CampaignRow,
): Promise<Reply> {
  const text = await textOf(visit);
  const households = readHouseholdList(text);
  return keep(visit, campaign, {
    ...readAudience(campaign.audience),
    households,
  });
}

async function textOf({ file }: StaffedVisit): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of (file?.body ?? []) as AsyncIterable<Buffer>) {
    bytes += piece.length;
    // Past it nothing is kept: too long a list is refused as one that cannot be read.
    if (bytes <= mostBytes) pieces.push(piece);
  }
  return bytes > mostBytes ? '' : Buffer.concat(pieces).toString('utf8');
}

/** Changes the audience and nothing else. */
async function keep(
  visit: StaffedVisit,
  campaign: CampaignRow,
  audience: Audience,
): Promise<Reply> {
  const { house, staff } = visit;
  const subject = await subjectOf(house, campaign);
  const refusal = await refusalOf(() =>
    changeCampaign(house.campaignDesk(), staff.member, campaign.id, {
      ...{ title: campaign.title, audience, version: campaign.version },
      ...(subject && { subject: { kind: subject.kind, code: subject.code } }),
      texts: readTexts(campaign.texts),
      financing: campaign.financing ?? undefined,
      longBecause: campaign.longBecause ?? undefined,
      ceilingXof: campaign.ceilingXof,
      failurePercent: campaign.failurePercent,
      lifeHours: campaign.lifeHours,
      scheduledAt: campaign.scheduledAt ?? undefined,
    }),
  );
  return refusal === undefined
    ? {
        kind: 'goTo',
        path: saying(campaignPath(campaign.id), 'campagneChangee'),
      }
    : show(visit, campaign, refusal);
}
