/** What can be exported: the columns in order, and the rows that changed since an instant ($1), oldest first. */
export interface ExportKind {
  readonly columns: readonly string[];
  /** Selects the columns in that order, all as text. */
  readonly sql: string;
}

const at = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const yesNo = (column: string): string =>
  `case when ${column} then 'yes' else 'no' end`;

/**
 * The exports by name. Every row carries the `event_id` that it was given when it came into being.
 * Sealed cases are not in these tables; an anonymous complaint has no number to give away.
 */
export const EXPORT_KINDS = {
  confirmations: {
    columns: [
      ...['event_id', 'wave_code', 'household_number', 'rule_code', 'answer'],
      ...['declared_amount_xof', 'asked_for_money', 'proof_level'],
      ...['answered_at', 'channel'],
    ],
    sql: `select c.event_id, w.code, h.household_number, r.code, c.answer,
        c.declared_amount_xof::text, ${yesNo('c.asked_for_money')}, c.proof_level,
        ${at('c.answered_at')}, c.channel
      from receipts c
      join payments p on p.id = c.payment_id
      join waves w on w.id = p.wave_id
      join households h on h.id = p.household_id
      join benefit_rules r on r.id = p.benefit_rule_id
      where c.answered_at >= $1 order by c.answered_at, c.id`,
  },
  'ration-confirmations': {
    columns: [
      ...['event_id', 'distribution_code', 'household_number', 'answer'],
      'answered_at',
    ],
    sql: `select c.event_id, d.code, h.household_number, c.answer, ${at('c.answered_at')}
      from ration_receipts c
      join distributions d on d.id = c.distribution_id
      join households h on h.id = c.household_id
      where c.answered_at >= $1 order by c.answered_at, c.id`,
  },
  complaints: {
    columns: [
      ...['event_id', 'reference', 'category', 'status', 'level', 'pcode'],
      ...['filed_at', 'due_at', 'closed_at', 'external_ref'],
    ],
    // A case that moved since the last export is exported again, under the same event_id; so is a
    // nameless one of the same day, whose hour is not kept; nor does its place in the file tell it.
    sql: `select c.event_id, c.reference, c.category, c.status, c.level, u.pcode,
        ${at('c.filed_at')}, c.due_on::text, ${at('c.closed_at')}, c.external_ref
      from complaints c
      left join households h on h.id = c.household_id
      left join territory_units u on u.level = 'commune' and u.valid_to is null
        and u.code = coalesce(c.commune_code, h.commune_code)
      where c.category <> 'C9' and (c.filed_at >= $1
        or c.anonymous and c.filed_at >= date_trunc('day', $1::timestamptz, 'UTC')
        or exists (select from complaint_events e where e.complaint_id = c.id and e.happened_at >= $1))
      order by c.filed_at, c.event_id`,
  },
  'phone-changes': {
    columns: [
      ...['event_id', 'household_number', 'old_phone', 'new_phone'],
      ...['requested_at', 'approved_at'],
    ],
    sql: `select c.event_id, h.household_number, c.old_msisdn, c.new_msisdn,
        ${at('c.requested_at')}, ${at('c.decided_at')}
      from phone_changes c join households h on h.id = c.household_id
      where c.status = 'approved' and c.decided_at >= $1 order by c.decided_at, c.id`,
  },
  corrections: {
    columns: [
      ...['event_id', 'household_number', 'field', 'register_value'],
      ...['chosen_value', 'opened_at', 'settled_at'],
    ],
    sql: `select c.event_id, h.household_number, c.field, c.register_value, c.chosen_value,
        ${at('c.opened_at')}, ${at('c.settled_at')}
      from register_corrections c join households h on h.id = c.household_id
      where greatest(c.opened_at, c.settled_at) >= $1 order by c.opened_at, c.id`,
  },
  // Who asked to be called: without it nobody could keep the promise before the console is there.
  callbacks: {
    columns: [
      ...['event_id', 'phone', 'call_on', 'slot', 'language', 'spoken_code'],
      ...['requested_at', 'outcome', 'closed_at', 'prefers_woman'],
    ],
    // Empty is not "no": who did not say was promised a woman.
    sql: `select c.event_id, c.msisdn, c.call_on::text, c.slot, c.locale, c.spoken_code,
        ${at('c.requested_at')}, c.outcome, ${at('c.closed_at')},
        case when c.prefers_woman is not null then ${yesNo('c.prefers_woman')} end
      from callbacks c
      where greatest(c.requested_at, c.closed_at) >= $1
      order by c.call_on, array_position(array['morning', 'midday', 'evening'], c.slot), c.id`,
  },
  // Told once it is known, also when it was reached again since: the same export gives the same rows.
  unreachable: {
    columns: ['event_id', 'phone', 'reason', 'since'],
    sql: `select u.event_id, u.msisdn, u.reason, u.since::text
      from unreachable_phones u where u.listed_at >= $1 order by u.listed_at, u.id`,
  },
} as const satisfies Readonly<Record<string, ExportKind>>;

/** The name of an export. */
export type ExportKindName = keyof typeof EXPORT_KINDS;
