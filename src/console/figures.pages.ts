import { categories } from '../complaints/categories';
import { inTransaction } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { holds } from '../staff/permissions';
import {
  askedFigures,
  type AskedFigures,
  figureChoices,
} from './figures-choice';
import { figuresCsv, figuresXlsx } from './figures-files';
import { figuresReport, type FiguresReport } from './figures-report';
import { hiddenWord, titleOf } from './figures-tables';
import { inboxPath } from './inbox-address';
import { columnPlot, linePlot } from './plots';
import { mayTellShare, shownCells } from '../register/small-cells';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** Figures of requests and payments, of one's territory; the same as files for who may take them away. */
export const figuresPages: readonly Route[] = [
  forStaff('get', '/chiffres', 'figures.see', show),
  forStaff('get', '/chiffres/export.csv', 'figures.export', (visit) =>
    file(visit, 'csv'),
  ),
  forStaff('get', '/chiffres/export.xlsx', 'figures.export', (visit) =>
    file(visit, 'xlsx'),
  ),
];

async function asked({
  house,
  staff,
  query,
}: StaffedVisit): Promise<AskedFigures> {
  const today = house.clock.today();
  return askedFigures(house.db, { member: staff.member, query, today });
}

async function show(visit: StaffedVisit): Promise<Reply> {
  const { house, staff } = visit;
  const wanted = await asked(visit);
  const { fields } = wanted;
  const mayRead = holds(staff.member, 'complaints.see');
  const report = await figuresReport(
    house.db,
    wanted,
    mayRead ? (side, value) => listAddress(wanted, side, value) : undefined,
  );
  const address = new URLSearchParams(fields).toString();
  return {
    ...{ kind: 'page', view: 'figures', title: 'Chiffres' },
    values: {
      ...{ ...report, told: wanted.told, fields },
      ...figureChoices(wanted, house.clock.today()),
      plots: monthPlots(report),
      hasTerritory: staff.member.territory !== undefined,
      isCercle: staff.member.territory?.level === 'cercle',
      ...(holds(staff.member, 'figures.export') && { files: address }),
    },
  };
}

/** The list of requests behind a row, as far as lists are narrowed: what is open, of a category and a place. */
function listAddress(
  { fields: { categorie, region, cercle }, units }: AskedFigures,
  side: 'category' | 'region' | 'cercle',
  value: string,
): string {
  const category = side === 'category' ? value : categorie;
  const place = side === 'category' ? cercle || region : value;
  return inboxPath({
    view: 'open',
    category: Object.values(categories).find(({ code }) => code === category)
      ?.code,
    place: units.find(({ code }) => code === place),
  });
}

/** Letters by which a month is told from the others. */
const initial = 4;

/** What is received each month, and how much of what fell due was kept. */
function monthPlots({ rows }: FiguresReport) {
  const months = rows
    .filter(({ side }) => side === 'month')
    .sort((a, b) => (a.value < b.value ? -1 : 1));
  if (months.length < 2) return undefined;
  const shown = shownCells(months.map(({ counts }) => counts.received));
  const named = months.map(({ value }) => titleOf('month', value));
  const label = (at: number): string => (named[at] ?? '').slice(0, initial);
  return {
    received: columnPlot(
      months.map(({ counts: { received } }, at) => ({
        label: label(at),
        title: `${named[at] ?? ''}: ${shown[at] ? received.count : hiddenWord}`,
        value: shown[at] ? received.count : undefined,
      })),
    ),
    kept: linePlot(
      months.map(({ counts }, at) => {
        const share = { part: counts.kept, whole: counts.due };
        const value = mayTellShare(share)
          ? (100 * share.part.count) / share.whole.count
          : undefined;
        const told =
          value === undefined ? hiddenWord : `${Math.round(value)} %`;
        return {
          label: label(at),
          title: `${named[at] ?? ''}: ${told}`,
          value,
        };
      }),
    ),
  };
}

async function file(visit: StaffedVisit, kind: 'csv' | 'xlsx'): Promise<Reply> {
  const { house, staff } = visit;
  const wanted = await asked(visit);
  const report = await figuresReport(house.db, wanted, undefined);
  const { periode } = wanted.fields;
  await inTransaction(house.db, (tx) =>
    recordAudit(tx, {
      ...{ actor: `officer:${staff.member.id}`, action: 'figures.exported' },
      ...{ subject: `figures:${periode}`, details: { kind } },
    }),
  );
  return {
    ...{ kind: 'file', name: `chiffres-${periode}.${kind}` },
    ...(kind === 'csv'
      ? {
          type: 'text/csv; charset=utf-8',
          body: figuresCsv(report, wanted.told),
        }
      : {
          type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          body: await figuresXlsx(report, wanted.told),
        }),
  };
}
