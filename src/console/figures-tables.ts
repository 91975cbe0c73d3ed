import type {
  ComplaintCount,
  ComplaintSide,
  FigureRow,
} from '../complaints/count-complaints';
import {
  mayTell,
  mayTellShare,
  type Share,
  shownCells,
  shownShares,
} from '../register/small-cells';
import { monthName } from '../text/dates';
import { levelTitles } from '../complaints/levels';
import { categoryTitles } from './complaint-words';
import { channelWords, sexWords } from './figures-choice';
import { grouped } from './grouped';

/** What stands where a count may not be shown. */
export const hiddenWord = 'masqué';

/** A row of a table of figures: its cells as they are read, and as spreadsheets take them. */
export interface ToldRow {
  value: string;
  title: string;
  cells: readonly string[];
  /** Of the largest of its column, from 0 to 100; undefined where it is not shown. */
  bar?: number | undefined;
  href?: string;
}

/** A table of figures, the same on the page, on paper and in files. */
export interface ToldTable {
  id: string;
  title: string;
  head: readonly string[];
  rows: readonly ToldRow[];
}

/** The shares of a row: what of what. */
const shares: readonly {
  title: string;
  part: ComplaintCount;
  whole: ComplaintCount;
}[] = [
  { title: 'Accusées en 24 h', part: 'acknowledged', whole: 'received' },
  { title: 'Résolues', part: 'answered', whole: 'received' },
  { title: 'Dans le délai', part: 'kept', whole: 'due' },
  { title: 'Recours', part: 'appealed', whole: 'closed' },
  { title: 'Recours aboutis', part: 'upheld', whole: 'appealed' },
  { title: 'Satisfaits', part: 'satisfied', whole: 'rated' },
];

/** A share in whole percents; a dash where there is nothing. */
export function percent({ part, whole }: Share, isShown: boolean): string {
  if (!isShown) return hiddenWord;
  return whole.count === 0
    ? '–'
    : `${Math.round((100 * part.count) / whole.count)} %`;
}

const titles: Readonly<
  Partial<Record<ComplaintSide, Readonly<Record<string, string>>>>
> = {
  category: Object.fromEntries(categoryTitles),
  ...{ channel: channelWords, sex: sexWords, level: levelTitles },
  beneficiary: { true: 'Ménages du programme', false: 'Autres, ou sans nom' },
};

/** How a value of a side is called. @param names of places */
export function titleOf(
  side: ComplaintSide,
  value: string,
  names: ReadonlyMap<string, string> = new Map(),
): string {
  if (side === 'month') return `${monthName(value, 'fr')} ${value.slice(0, 4)}`;
  if (side === 'region' || side === 'cercle')
    return value === '' ? 'Sans lieu' : (names.get(value) ?? value);
  return titles[side]?.[value] ?? value;
}

/** How a table of requests is made. */
export interface TableWish {
  side: ComplaintSide;
  title: string;
  names: ReadonlyMap<string, string>;
  hrefOf?: ((value: string) => string) | undefined;
  /** Households by the same values, where requests are counted against them. */
  households?: ReadonlyMap<string, number>;
}

/** Tells requests by one side: received, with a bar, and the shares of it. */
export function requestTable(
  all: readonly FigureRow[],
  { side, title, names, hrefOf, households }: TableWish,
): ToldTable {
  const rows = all
    .filter((row) => row.side === side)
    .filter(({ counts }) =>
      Object.values(counts).some(({ count }) => count > 0),
    )
    .map((row) => ({ row, title: titleOf(side, row.value, names) }));
  if (side === 'month')
    rows.sort((a, b) => (a.row.value < b.row.value ? -1 : 1));
  else if (side !== 'level')
    rows.sort(
      (a, b) => b.row.counts.received.count - a.row.counts.received.count,
    );
  const received = rows.map(({ row }) => row.counts.received);
  const isShown = shownCells(received);
  const told = shares.map(({ part, whole }) => {
    const column = rows.map(({ row }) => ({
      ...{ part: row.counts[part], whole: row.counts[whole] },
    }));
    const shown = shownShares(column);
    return column.map((share, at) => percent(share, shown[at] === true));
  });
  const largest = Math.max(
    1,
    ...received.map(({ count }, at) => (isShown[at] ? count : 0)),
  );
  return {
    ...{ id: side, title },
    head: [
      'Reçues',
      ...(households ? ['Pour 1\u00a0000 ménages'] : []),
      ...shares.map((share) => share.title),
    ],
    rows: rows.map(({ row: { value }, title: own }, at) => {
      const count = received[at]?.count ?? 0;
      const shown = isShown[at] === true;
      return {
        ...{ value, title: own },
        cells: [
          shown ? grouped(count) : hiddenWord,
          ...(households ? [reach(count, shown, households.get(value))] : []),
          ...told.map((column) => column[at] ?? ''),
        ],
        bar: shown ? (100 * count) / largest : undefined,
        ...(hrefOf && value !== '' && { href: hrefOf(value) }),
      };
    }),
  };
}

function reach(count: number, shown: boolean, households = 0): string {
  if (!shown) return hiddenWord;
  if (households === 0) return '–';
  return ((1000 * count) / households).toLocaleString('fr-FR', {
    maximumFractionDigits: 1,
  });
}

/** The figures at the top of the page. */
export function headline(total: FigureRow | undefined) {
  if (total === undefined) return [];
  const { counts } = total;
  const wanted = shares.filter(({ part }) => part !== 'upheld');
  return [
    {
      name: 'Reçues',
      value: mayTell(counts.received)
        ? grouped(counts.received.count)
        : hiddenWord,
    },
    ...wanted.map(({ title, part, whole }) => {
      const share = { part: counts[part], whole: counts[whole] };
      const isShown = share.whole.count === 0 || mayTellShare(share);
      return { name: title, value: percent(share, isShown) };
    }),
  ];
}
