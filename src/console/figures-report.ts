import {
  complaintDelays,
  type ComplaintSide,
  countComplaints,
  countHouseholds,
  type FigureChoice,
  type FigureRow,
  lateComplaints,
} from '../complaints/count-complaints';
import { figuresMadeAt } from '../complaints/refresh-figures';
import { closedSealedCases } from '../complaints/sealed-figures';
import { countPayments } from '../payments/count-payments';
import { isSmall, leastCount, shownCells } from '../register/small-cells';
import type { Database } from '../runtime/database';
import type { AskedFigures } from './figures-choice';
import { paymentTable } from './figures-payments';
import { sealedTable } from './figures-sealed';
import {
  headline,
  hiddenWord,
  requestTable,
  titleOf,
  type ToldTable,
} from './figures-tables';
import { grouped } from './grouped';

/** All figures of one choice, as pages and files tell them. */
export interface FiguresReport {
  madeAt: Date | undefined;
  headline: readonly { name: string; value: string }[];
  rows: readonly FigureRow[];
  tables: readonly ToldTable[];
}

/** Leads from a row to the list of its requests; undefined for who may not read requests. */
export type RowAddress = (
  side: 'category' | 'region' | 'cercle',
  value: string,
) => string;

interface Counts {
  rows: Awaited<ReturnType<typeof countComplaints>>;
  delays: Awaited<ReturnType<typeof complaintDelays>>;
  late: Awaited<ReturnType<typeof lateComplaints>>;
  households: Awaited<ReturnType<typeof countHouseholds>>;
  payments: Awaited<ReturnType<typeof countPayments>>;
  sealed: Awaited<ReturnType<typeof closedSealedCases>> | undefined;
}

/** Counts of choices that were asked since the figures were made: they do not change until they are made anew. */
const known = new WeakMap<Database, Map<string, Promise<Counts>>>();
const KNOWN_CHOICES = 300;

function counted(
  db: Database,
  choice: FigureChoice,
  madeAt: Date | undefined,
): Promise<Counts> {
  const choices = known.get(db) ?? new Map<string, Promise<Counts>>();
  known.set(db, choices);
  const key = JSON.stringify([madeAt, choice]);
  const before = choices.get(key);
  if (before !== undefined) return before;
  const counting = countAll(db, choice);
  choices.set(key, counting);
  counting.catch(() => choices.delete(key));
  for (const oldest of choices.keys()) {
    if (choices.size <= KNOWN_CHOICES) break;
    choices.delete(oldest);
  }
  return counting;
}

async function countAll(db: Database, choice: FigureChoice): Promise<Counts> {
  const { period, only, bounds } = choice;
  const { region, cercle } = { ...only, ...bounds };
  const isYear = choice.within.length === 0;
  const [rows, delays, late, households, payments, sealed] = await Promise.all([
    countComplaints(db, choice),
    complaintDelays(db, choice),
    lateComplaints(db, choice),
    countHouseholds(db, choice),
    countPayments(db, { ...period, region, cercle }),
    // Of the country and of whole years alone: a place would tell too much, and so would one period less another.
    region === undefined && cercle === undefined && isYear
      ? closedSealedCases(db, period)
      : undefined,
  ]);
  return { rows, delays, late, households, payments, sealed };
}

/** Counts and tells everything; what is small is hidden here, for pages and files alike. */
export async function figuresReport(
  db: Database,
  { choice, units }: AskedFigures,
  hrefOf: RowAddress | undefined,
): Promise<FiguresReport> {
  const { only, bounds } = choice;
  const place = { ...only, ...bounds };
  const names = new Map(units.map(({ code, name }) => [code, name]));
  const madeAt = await figuresMadeAt(db);
  const { rows, delays, late, households, payments, sealed } = await counted(
    db,
    choice,
    madeAt,
  );
  const by = (side: 'region' | 'sex'): Map<string, number> => {
    const sums = new Map<string, number>();
    for (const one of households)
      sums.set(one[side], (sums.get(one[side]) ?? 0) + one.households);
    return sums;
  };
  const table = (
    side: ComplaintSide,
    title: string,
    counted?: Map<string, number>,
  ) =>
    requestTable(rows, {
      ...{ side, title, names },
      ...(hrefOf &&
        (side === 'category' || side === 'region' || side === 'cercle') && {
          hrefOf: (value: string) => hrefOf(side, value),
        }),
      ...(counted && { households: counted }),
    });
  const isWhole = place.region === undefined && place.cercle === undefined;
  // Requests of one kind against all households would look like little trust.
  const isAll = only.category === undefined && only.channel === undefined;
  return {
    ...{ madeAt, rows },
    headline: headline(rows.find(({ side }) => side === 'total')),
    tables: [
      table('month', 'Par mois'),
      table('category', 'Par catégorie'),
      ...(isWhole
        ? [table('region', 'Par région', isAll ? by('region') : undefined)]
        : []),
      ...(!isWhole && place.cercle === undefined
        ? [table('cercle', 'Par cercle')]
        : []),
      table('channel', 'Par canal'),
      table(
        'sex',
        'Par sexe du récipiendaire',
        isAll && only.sex === undefined ? by('sex') : undefined,
      ),
      table('beneficiary', 'Ménages du programme et autres'),
      table('level', 'Par niveau'),
      delayTable(delays),
      lateTable(late),
      moneyTable(rows),
      paymentTable(
        payments.filter(({ side }) => side === 'total' || side === 'region'),
        {
          ...{ id: 'payments', title: 'Paiements, par région' },
          named: ({ side, region }) =>
            side === 'total' ? 'Ensemble' : (names.get(region) ?? 'Sans lieu'),
        },
      ),
      paymentTable(
        payments.filter(({ side }) => side === 'provider'),
        {
          ...{ id: 'agencies', title: 'Paiements, par agence' },
          named: ({ provider }) => provider,
        },
      ),
      paymentTable(
        payments.filter(({ side }) => side === 'commune'),
        {
          ...{
            id: 'communes',
            title: 'Argent demandé: communes et agences les plus citées',
          },
          named: ({ commune, provider }) =>
            `${names.get(commune) ?? commune}, ${provider}`,
        },
      ),
      ...(sealed ? [sealedTable(sealed)] : []),
    ].filter(({ rows: told }) => told.length > 0),
  };
}

function delayTable(
  delays: Awaited<ReturnType<typeof complaintDelays>>,
): ToldTable {
  const days = (count: number): string =>
    `${count} jour${count > 1 ? 's' : ''}`;
  return {
    ...{ id: 'delays', title: 'Jours de la réception à la clôture' },
    head: ['La moitié en', 'Neuf sur dix en'],
    rows: delays
      .filter(({ closed }) => closed >= leastCount)
      .map(({ category, level, median, ninth }) => {
        const title =
          (category && titleOf('category', category)) ??
          (level && `Niveau: ${titleOf('level', level).toLowerCase()}`) ??
          'Ensemble';
        return { value: title, title, cells: [days(median), days(ninth)] };
      }),
  };
}

function lateTable(
  late: Awaited<ReturnType<typeof lateComplaints>>,
): ToldTable {
  const shown = shownCells(late.map((one) => one.late));
  return {
    ...{
      id: 'late',
      title: 'En retard aujourd’hui, quelle que soit la période',
    },
    head: ['Ouvertes après leur date'],
    rows: late.map(({ level, late: { count } }, at) => ({
      ...{ value: level, title: titleOf('level', level) },
      cells: [shown[at] ? grouped(count) : hiddenWord],
    })),
  };
}

function moneyTable(rows: readonly FigureRow[]): ToldTable {
  const total = rows.find(({ side }) => side === 'total');
  const restored = total?.counts.restored;
  const isShown =
    restored !== undefined &&
    !isSmall(restored.count) &&
    !restored.rest.some(isSmall);
  const cells =
    total && isShown
      ? [grouped(restored.count), `${grouped(total.restoredXof)} F CFA`]
      : [hiddenWord, hiddenWord];
  return {
    ...{ id: 'money', title: 'Argent remis en ordre' },
    head: ['Demandes', 'Montant payé après la demande'],
    rows: [{ value: 'total', title: 'Ensemble', cells }],
  };
}
