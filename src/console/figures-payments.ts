import type { PaymentCounts, PaymentRow } from '../payments/count-payments';
import { type Counted, type Share, shownShares } from '../register/small-cells';
import { hiddenWord, percent, type ToldTable } from './figures-tables';
import { grouped } from './grouped';

const shares: readonly {
  title: string;
  part: keyof PaymentCounts;
  whole: keyof PaymentCounts;
  perThousand?: true;
}[] = [
  { title: 'Payés dans les dates', part: 'onTime', whole: 'planned' },
  { title: 'Confirmés par le ménage', part: 'confirmed', whole: 'paid' },
  {
    title: 'Désaccords pour 1 000',
    part: 'mismatched',
    whole: 'paid',
    perThousand: true,
  },
  {
    title: 'Argent demandé pour 1 000',
    part: 'asked',
    whole: 'planned',
    perThousand: true,
  },
];

const alone = (count: number): Counted => ({ count, rest: [] });

/** Tells payments, P1 to P4, by what each row is called. */
export function paymentTable(
  rows: readonly PaymentRow[],
  {
    id,
    title,
    named,
  }: { id: string; title: string; named: (row: PaymentRow) => string },
): ToldTable {
  const columns = shares.map(({ part, whole, perThousand }) => {
    const column = rows.map((row) => ({
      ...{ part: alone(row[part]), whole: alone(row[whole]) },
    }));
    const shown = shownShares(column);
    return column.map((share, at) =>
      perThousand
        ? thousandth(share, shown[at] === true)
        : percent(share, shown[at] === true),
    );
  });
  return {
    ...{ id, title },
    head: ['Paiements prévus', ...shares.map((share) => share.title)],
    rows: rows.map((row, at) => ({
      ...{ value: named(row), title: named(row) },
      cells: [
        row.planned < 5 ? hiddenWord : grouped(row.planned),
        ...columns.map((column) => column[at] ?? ''),
      ],
    })),
  };
}

function thousandth({ part, whole }: Share, isShown: boolean): string {
  if (!isShown) return hiddenWord;
  if (whole.count === 0) return '–';
  return ((1000 * part.count) / whole.count).toLocaleString('fr-FR', {
    maximumFractionDigits: 1,
  });
}
