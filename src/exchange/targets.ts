import type { FileKind } from './formats';
import type { SentenceKey } from './sentences';

/**
 * A row that another file must have brought before; `joined` is what joins it to the staged row `s`. Rules and
 * waves are few: they are known by heart while a file is read, and staged by their id.
 */
export interface Parent {
  readonly alias: string;
  readonly joined: string;
  /** The sentence for a row without it, and the column that the sentence is about. */
  readonly unknown: Extract<SentenceKey, `${string}Unknown`>;
  readonly column: string;
}

/** Where a kind of file is kept: table, key, and what is compared with what was there. */
export interface Target {
  readonly table: string;
  readonly parents: readonly Parent[];
  /** Columns of the key with the SQL of their values over `s` and the parents. */
  readonly key: Readonly<Record<string, string>>;
  /** The other columns, which an update changes. */
  readonly values: Readonly<Record<string, string>>;
  /** Whether a newer row replaces (`row`), is added (`fact`), or there are no dates to compare (`undated`). */
  readonly keeps: 'row' | 'fact' | 'undated';
  readonly hasImportedAt?: true;
}

const HOUSEHOLD: Parent = {
  alias: 'h',
  joined: 'households h on h.household_number = s.household_number',
  unknown: 'householdUnknown',
  column: 'household_number',
};
const PAYMENT: Parent = {
  alias: 'p',
  joined: byWholeKey(
    'payments',
    'p',
    'p.household_id = h.id and p.wave_id = s.wave_id and p.benefit_rule_id = s.benefit_rule_id',
  ),
  unknown: 'paymentUnknown',
  column: 'household_number',
};

/**
 * What joins the one row of a table whose whole key `on` gives. `offset 0` keeps the planner from joining by a part
 * of the key: while a table is filled for the first time its statistics know nothing, and reading all payments
 * of a wave for every payment can look as cheap as reading one.
 */
export function byWholeKey(table: string, alias: string, on: string): string {
  return `lateral (select ${alias}.* from ${table} ${alias} where ${on} offset 0) ${alias} on true`;
}

/** Columns that are called in the store as in the file. */
function same(...columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column, `s.${column}`]));
}

/** Where every kind of file is kept. */
export const TARGETS: Readonly<Record<FileKind, Target>> = {
  'benefit-rules': {
    table: 'benefit_rules',
    parents: [],
    key: { code: 's.rule_code' },
    values: same(
      ...['programme', 'financing', 'name_fr', 'monthly_amount_xof'],
      ...['lump_sum_xof', 'months_per_instalment', 'duration_months'],
      ...['valid_from', 'valid_to'],
    ),
    keeps: 'undated',
  },
  households: {
    table: 'households',
    parents: [],
    key: same('household_number'),
    values: {
      ...same('card_number', 'card_check', 'commune_code', 'village_code'),
      ...same('village', 'village_key', 'recipient_first_name'),
      ...same('recipient_last_name', 'recipient_sex', 'alternate_first_name'),
      alternate_last_name: 's.alternate_last_name',
      register_msisdn: 's.phone',
      register_phone_kind: 's.phone_owner',
      locale: 's.language',
      ...same('sms_consent', 'status'),
    },
    keeps: 'row',
    hasImportedAt: true,
  },
  enrolments: {
    table: 'enrolments',
    parents: [HOUSEHOLD],
    key: { household_id: 'h.id', ...same('benefit_rule_id', 'cohort_start') },
    values: same('cohort_end', 'status'),
    keeps: 'row',
  },
  waves: {
    table: 'waves',
    parents: [],
    key: { code: 's.wave_code' },
    values: same(
      ...['benefit_rule_id', 'provider_code', 'provider_name', 'modality'],
      ...['fee_paid_by', 'window_start', 'window_end', 'status'],
      ...['new_window_start', 'new_window_end', 'zone_profile'],
    ),
    keeps: 'row',
    hasImportedAt: true,
  },
  payments: {
    table: 'payments',
    parents: [HOUSEHOLD],
    key: { household_id: 'h.id', ...same('wave_id', 'benefit_rule_id') },
    values: same(
      ...['instalment_number', 'instalments_total', 'months_covered'],
      ...['amount_xof', 'pay_point', 'payee_reference', 'status'],
    ),
    keeps: 'row',
  },
  'payment-results': {
    table: 'payment_results',
    parents: [HOUSEHOLD, PAYMENT],
    key: { payment_id: 'p.id' },
    values: same('result', 'amount_xof', 'paid_on', 'agent_code'),
    keeps: 'fact',
    hasImportedAt: true,
  },
  sessions: {
    table: 'support_sessions',
    parents: [],
    key: { code: 's.session_code' },
    values: same(
      ...['commune_code', 'village_code', 'village', 'village_key', 'date'],
      ...['start_time', 'place', 'theme', 'ngo', 'status', 'new_date'],
    ),
    keeps: 'row',
  },
  distributions: {
    table: 'distributions',
    parents: [],
    key: { code: 's.distribution_code' },
    values: same(
      ...['commune_code', 'village_code', 'village', 'village_key', 'date'],
      ...['start_time', 'place', 'status', 'new_date'],
    ),
    keeps: 'row',
  },
  nutrition: {
    table: 'nutrition_eligibility',
    parents: [HOUSEHOLD],
    key: { household_id: 'h.id', ...same('person_number', 'kind') },
    values: same('birth_month', 'valid_from', 'valid_to', 'status'),
    keeps: 'row',
  },
  works: {
    table: 'works_periods',
    parents: [HOUSEHOLD],
    key: { household_id: 'h.id', ...same('site_code', 'period_start') },
    values: same(
      ...['site_name', 'period_end', 'days_recorded', 'daily_wage_xof'],
      ...['window_start', 'window_end', 'status'],
    ),
    keeps: 'row',
  },
  grants: {
    table: 'grants',
    parents: [HOUSEHOLD],
    key: { household_id: 'h.id', ...same('benefit_rule_id') },
    values: same(
      ...['group_code', 'group_name', 'status', 'amount_xof'],
      ...['meeting_date', 'meeting_place'],
    ),
    keeps: 'row',
  },
};
