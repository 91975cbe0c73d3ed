import {
  amountXof,
  code,
  day,
  digits,
  freeText,
  instant,
  nameText,
  oneOf,
  pastDay,
  pastMonth,
  phone,
  time,
  wholeNumber,
  yesNo,
  type CellReader,
} from './cell-readers';

/** A kind of exchange file. */
export type FileKind =
  | 'benefit-rules'
  | 'households'
  | 'enrolments'
  | 'waves'
  | 'payments'
  | 'payment-results'
  | 'sessions'
  | 'distributions'
  | 'nutrition'
  | 'works'
  | 'grants';

/** One column of a kind: whether its cells may be empty, what an empty one means, and how the others are read. */
export interface Column {
  readonly name: string;
  /** `key`: the column must be there and filled; `must`: the same; `may`: it may be missing or empty. */
  readonly need: 'key' | 'must' | 'may';
  /** What an empty cell, or a missing column, stands for. */
  readonly absent: string;
  readonly read: CellReader;
}

/** A kind of file: how it is recognised and read. */
export interface FileFormat {
  readonly kind: FileKind;
  readonly columns: readonly Column[];
}

const key = (name: string, read: CellReader): Column => ({
  ...{ name, need: 'key', absent: '', read },
});
const must = (name: string, read: CellReader): Column => ({
  ...{ name, need: 'must', absent: '', read },
});
const may = (name: string, read: CellReader, absent = ''): Column => ({
  ...{ name, need: 'may', absent, read },
});

const UPDATED_AT = must('updated_at', instant);
const PLACE = [
  may('pcode', code),
  may('cercle', nameText),
  may('commune', nameText),
  may('village_code', code),
  must('village', nameText),
];
const PAYMENT_KEY = [
  key('wave_code', code),
  key('household_number', code),
  key('rule_code', code),
];
const KEPT = may('status', oneOf('active', 'removed'), 'active');
const GATHERING_STATUS = may(
  'status',
  oneOf('planned', 'postponed', 'cancelled'),
  'planned',
);

/** Every kind with its columns, in the order in which files are applied. */
export const FILE_FORMATS: readonly FileFormat[] = [
  {
    kind: 'benefit-rules',
    columns: [
      key('rule_code', code),
      must('programme', nameText),
      must('financing', freeText(80)),
      must('name_fr', nameText),
      may('monthly_amount_xof', amountXof(1)),
      may('lump_sum_xof', amountXof(1)),
      may('months_per_instalment', wholeNumber(1, 60)),
      may('duration_months', wholeNumber(1, 600)),
      must('valid_from', day),
      may('valid_to', day),
    ],
  },
  {
    kind: 'households',
    columns: [
      key('household_number', code),
      may('card_number', digits(8)),
      may('card_check', digits(2)),
      ...PLACE,
      must('recipient_first_name', nameText),
      must('recipient_last_name', nameText),
      may('recipient_sex', oneOf('F', 'M')),
      may('alternate_first_name', nameText),
      may('alternate_last_name', nameText),
      may('phone', phone),
      may('phone_owner', oneOf('own', 'family', 'neighbour', 'relay', 'none')),
      may('language', oneOf('fr', 'bm')),
      may('sms_consent', yesNo, 'f'),
      may(
        'status',
        oneOf('active', 'suspended', 'moved', 'closed', 'registered'),
        'active',
      ),
      UPDATED_AT,
    ],
  },
  {
    kind: 'enrolments',
    columns: [
      key('household_number', code),
      key('rule_code', code),
      key('cohort_start', day),
      may('cohort_end', day),
      KEPT,
      UPDATED_AT,
    ],
  },
  {
    kind: 'waves',
    columns: [
      key('wave_code', code),
      must('rule_code', code),
      must('provider_code', code),
      must('provider_name', nameText),
      must('modality', oneOf('cash', 'wallet', 'bank')),
      may('fee_paid_by', oneOf('programme', 'household')),
      must('window_start', day),
      must('window_end', day),
      may(
        'status',
        oneOf(
          ...['planned', 'accepted', 'announced', 'open'],
          ...['closed', 'postponed', 'cancelled'],
        ),
        'planned',
      ),
      may('new_window_start', day),
      may('new_window_end', day),
      may('zone_profile', oneOf('normal', 'insecure'), 'normal'),
      UPDATED_AT,
    ],
  },
  {
    kind: 'payments',
    columns: [
      ...PAYMENT_KEY,
      may('instalment_number', wholeNumber(1, 999)),
      may('instalments_total', wholeNumber(1, 999)),
      may('months_covered', wholeNumber(1, 60)),
      must('amount_xof', amountXof(1)),
      may('pay_point', freeText(120)),
      may('payee_reference', freeText(80)),
      may('status', oneOf('planned', 'removed'), 'planned'),
      UPDATED_AT,
    ],
  },
  {
    kind: 'payment-results',
    columns: [
      ...PAYMENT_KEY,
      must(
        'result',
        oneOf('paid', 'partial', 'absent', 'rejected', 'returned'),
      ),
      may('amount_xof', amountXof(0)),
      may('paid_on', pastDay),
      may('agent_code', code),
      UPDATED_AT,
    ],
  },
  {
    kind: 'sessions',
    columns: [
      key('session_code', code),
      ...PLACE,
      must('date', day),
      may('start_time', time),
      must('place', freeText(120)),
      may('theme', freeText(120)),
      may('ngo', freeText(80)),
      GATHERING_STATUS,
      may('new_date', day),
      UPDATED_AT,
    ],
  },
  {
    kind: 'distributions',
    columns: [
      key('distribution_code', code),
      ...PLACE,
      must('date', day),
      may('start_time', time),
      must('place', freeText(120)),
      GATHERING_STATUS,
      may('new_date', day),
      UPDATED_AT,
    ],
  },
  {
    kind: 'nutrition',
    columns: [
      key('household_number', code),
      key('person_number', code),
      key('kind', oneOf('CHILD', 'PREGNANT', 'LACTATING')),
      may('birth_month', pastMonth),
      must('valid_from', day),
      may('valid_to', day),
      KEPT,
      UPDATED_AT,
    ],
  },
  {
    kind: 'works',
    columns: [
      key('site_code', code),
      must('site_name', nameText),
      key('household_number', code),
      key('period_start', day),
      must('period_end', day),
      may('days_recorded', wholeNumber(0, 366)),
      may('daily_wage_xof', amountXof(1)),
      may('window_start', day),
      may('window_end', day),
      KEPT,
      UPDATED_AT,
    ],
  },
  {
    kind: 'grants',
    columns: [
      key('household_number', code),
      key('rule_code', code),
      may('group_code', code),
      may('group_name', nameText),
      may(
        'status',
        oneOf('selected', 'trained', 'paid', 'removed'),
        'selected',
      ),
      may('amount_xof', amountXof(1)),
      may('meeting_date', day),
      may('meeting_place', freeText(120)),
      UPDATED_AT,
    ],
  },
];

/** The columns that we add to a file of rejected rows; in an import they are passed over in silence. */
export const REJECTION_COLUMNS = [
  'ligne',
  'colonne',
  'valeur',
  'motif',
] as const;

/** Which kind a header is of, by its columns alone; otherwise the kind it comes nearest to and what it lacks. */
export function recogniseHeader(
  header: readonly string[],
):
  | { kind: 'known'; format: FileFormat }
  | { kind: 'lacking'; format: FileFormat; missing: readonly string[] }
  | { kind: 'unknown' } {
  const there = new Set(header);
  const ranked = FILE_FORMATS.map((format) => ({
    format,
    known: format.columns.filter(({ name }) => there.has(name)).length,
    missing: format.columns
      .filter(({ name, need }) => need !== 'may' && !there.has(name))
      .map(({ name }) => name),
  })).sort((a, b) => b.known - a.known || a.missing.length - b.missing.length);
  // A file that lacks a column of its own kind is not taken for another kind that asks for less.
  const [nearest] = ranked;
  if (nearest === undefined || nearest.known < 2) return { kind: 'unknown' };
  const { format, missing } = nearest;
  return missing.length === 0
    ? { kind: 'known', format }
    : { kind: 'lacking', format, missing };
}
