import type { FileKind } from './formats';
import type { SentenceKey, SentenceValues } from './sentences';

/** What the cells of one row say together: a column, and the sentence about it. */
export interface RowProblem {
  readonly column: string;
  readonly key: SentenceKey;
  readonly values?: SentenceValues;
}

/** A check over two cells of a row, made only when both could be read. */
export interface RowCheck {
  readonly columns: readonly [string, string];
  /** The values are those of `columns`, in their stored form; empty when unknown. */
  readonly find: (first: string, second: string) => RowProblem | undefined;
}

const ordered = (start: string, end: string): RowCheck => ({
  columns: [start, end],
  find: (first, last) =>
    last !== '' && first > last
      ? { column: end, key: 'endBeforeStart', values: { start: first } }
      : undefined,
});

const oneAmount: RowCheck = {
  columns: ['monthly_amount_xof', 'lump_sum_xof'],
  find: (monthly, lump) =>
    (monthly === '') === (lump === '')
      ? { column: 'monthly_amount_xof', key: 'oneAmount' }
      : undefined,
};

const cardWhole: RowCheck = {
  columns: ['card_number', 'card_check'],
  find: (number, check) =>
    number === '' && check !== ''
      ? { column: 'card_number', key: 'cardNumberMissing' }
      : undefined,
};

const alternateWhole: RowCheck = {
  columns: ['alternate_first_name', 'alternate_last_name'],
  find: (first, last) => {
    if ((first === '') === (last === '')) return undefined;
    const column =
      first === '' ? 'alternate_first_name' : 'alternate_last_name';
    return { column, key: 'alternateHalf' };
  },
};

const phoneOwned: RowCheck = {
  columns: ['phone', 'phone_owner'],
  find: (phone, owner) => {
    const isOwned = owner !== '' && owner !== 'none';
    if ((phone !== '') === isOwned) return undefined;
    if (phone === '') return { column: 'phone', key: 'phoneMissing' };
    const key = owner === '' ? 'phoneOwnerMissing' : 'phoneOwnerNone';
    return { column: 'phone_owner', key };
  },
};

const postponedTo = (column: string): RowCheck => ({
  columns: ['status', column],
  find: (status, day) =>
    status === 'postponed' && day === ''
      ? { column, key: 'newDateMissing' }
      : undefined,
});

const instalmentWithin: RowCheck = {
  columns: ['instalment_number', 'instalments_total'],
  find: (number, total) =>
    number !== '' && total !== '' && Number(number) > Number(total)
      ? {
          column: 'instalment_number',
          key: 'instalmentBeyond',
          values: { total },
        }
      : undefined,
};

// The month in which a mother was born is nothing that the service needs to know.
const childOnly: RowCheck = {
  columns: ['kind', 'birth_month'],
  find: (kind, month) =>
    kind !== 'CHILD' && month !== ''
      ? { column: 'birth_month', key: 'birthMonthNotChild' }
      : undefined,
};

/** The checks over whole rows, by kind of file. */
export const ROW_CHECKS: Readonly<Record<FileKind, readonly RowCheck[]>> = {
  'benefit-rules': [oneAmount, ordered('valid_from', 'valid_to')],
  households: [cardWhole, alternateWhole, phoneOwned],
  enrolments: [ordered('cohort_start', 'cohort_end')],
  waves: [
    ordered('window_start', 'window_end'),
    ordered('new_window_start', 'new_window_end'),
    postponedTo('new_window_start'),
    postponedTo('new_window_end'),
  ],
  payments: [instalmentWithin],
  'payment-results': [],
  sessions: [],
  distributions: [],
  nutrition: [childOnly, ordered('valid_from', 'valid_to')],
  works: [
    ordered('period_start', 'period_end'),
    ordered('window_start', 'window_end'),
  ],
  grants: [],
};
