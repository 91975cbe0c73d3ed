import { withoutAbsent } from '../register/disclosure';
import type { Disclose } from '../register/disclosure';
import { addDays } from '../text/dates';
import type { IsoDay } from '../text/dates';
import type { PaymentRow } from './queries';
import { standingOf } from './window';
import type { Standing } from './window';

/** One payment, cut down to what its audience may see. */
export interface DisclosedPayment {
  paymentId: number;
  state: Standing['state'];
  from?: IsoDay;
  to?: IsoDay;
  modality: PaymentRow['modality'];
  feePaidBy?: 'programme' | 'household';
  provider?: string;
  place?: string;
  amountXof?: number;
  months?: number;
  instalment?: number;
  instalments?: number;
  result?: NonNullable<PaymentRow['result']>;
  paidOn?: IsoDay;
  /** Where only a part was paid. */
  paidXof?: number;
  receipt?: NonNullable<PaymentRow['receipt']>;
}

/** A household's payments as a caller hears of them. */
export interface DisclosedPayments {
  /** Open, coming, postponed or lately cancelled; the nearest window first. */
  payments: DisclosedPayment[];
  /** The last three that are past, newest first. */
  past: DisclosedPayment[];
  /** What the household may still speak of: unanswered first, newest first, at most six. */
  answerable: DisclosedPayment[];
}

/** How long a past window may be spoken of, and a cancelled one is mentioned, in days. */
const answerableDays = 120;
const cancelledDays = 30;

const turnOf: Readonly<Record<Standing['state'], number>> = {
  open: 0,
  coming: 1,
  postponed: 1,
  cancelled: 2,
  past: 3,
};

function disclosed(
  row: PaymentRow,
  standing: Standing,
  disclose: Disclose,
): DisclosedPayment {
  // A place to go to exists only where cash is handed out.
  const place = row.modality === 'cash' ? row.payPoint : undefined;
  return withoutAbsent({
    paymentId: row.paymentId,
    state: standing.state,
    from: disclose('window', standing.from),
    to: disclose('window', standing.to),
    modality: row.modality,
    feePaidBy: disclose('modality', row.feePaidBy),
    provider: disclose('provider', row.provider),
    place: disclose('place', place),
    amountXof: disclose('amount', row.amountXof),
    months: disclose('months', row.monthsCovered),
    instalment: disclose('history', row.instalment),
    instalments: disclose('history', row.instalments),
    result: disclose('result', row.result),
    paidOn: disclose('result', row.paidOn),
    paidXof: disclose('amount', paidPartOf(row)),
    receipt: disclose('receipt', row.receipt),
  });
}

/** How much was paid, where the provider says that it was not all. */
function paidPartOf({ result, paidXof }: PaymentRow): number | undefined {
  return result === 'partial' ? (paidXof ?? undefined) : undefined;
}

function byNearest(
  a: { standing: Standing },
  b: { standing: Standing },
): number {
  const turn = turnOf[a.standing.state] - turnOf[b.standing.state];
  return turn !== 0
    ? turn
    : (a.standing.from ?? '9999').localeCompare(b.standing.from ?? '9999');
}

/**
 * Sorts a household's payments into what is to come, what is past and what may
 * be confirmed, each value passed through the disclosure table.
 * @param rows newest window first
 */
export function disclosePayments(
  rows: readonly PaymentRow[],
  today: IsoDay,
  disclose: Disclose,
  mayShowHistory: boolean,
): DisclosedPayments {
  const standing = rows.map((row) => ({
    row,
    standing: standingOf(row, today),
  }));
  // A payment that stands in two lists is one and the same in both.
  const told = new Map<PaymentRow, DisclosedPayment>();
  const tell = (entry: { row: PaymentRow; standing: Standing }) => {
    const payment =
      told.get(entry.row) ?? disclosed(entry.row, entry.standing, disclose);
    told.set(entry.row, payment);
    return payment;
  };

  const upcoming = standing
    .filter(
      ({ row, standing: { state } }) =>
        state === 'open' ||
        state === 'coming' ||
        state === 'postponed' ||
        (state === 'cancelled' &&
          row.windowEnd >= addDays(today, -cancelledDays)),
    )
    .sort(byNearest);
  const past = standing.filter(({ standing: { state } }) => state === 'past');
  const answerable = standing.filter(
    ({ standing: { state, to } }) =>
      state === 'open' ||
      (state === 'past' && (to ?? '') >= addDays(today, -answerableDays)),
  );
  const unanswered = answerable.filter(({ row }) => row.receipt === null);
  const answered = answerable.filter(({ row }) => row.receipt !== null);

  return {
    payments: upcoming.map(tell),
    past: mayShowHistory ? past.slice(0, 3).map(tell) : [],
    answerable: [...unanswered, ...answered].slice(0, 6).map(tell),
  };
}

/** Whole months from a day to the end of the last benefit; absent when one has no end or all have ended. */
export function monthsLeft(
  endings: readonly (IsoDay | null)[],
  today: IsoDay,
): number | undefined {
  if (endings.length === 0 || endings.includes(null)) {
    return undefined;
  }
  const last = endings.reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b)) ?? '';
  if (last < today) {
    return undefined;
  }
  const months = (day: IsoDay): number =>
    Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(last) - months(today) + 1;
}
