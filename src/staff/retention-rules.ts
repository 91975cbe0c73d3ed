/** How long something is kept after what ended it. */
export interface Delay {
  hours?: number;
  days?: number;
  months?: number;
  years?: number;
}

/** One change that ends the keeping of rows or of some of their fields. */
export interface RetentionStep {
  table: string;
  /** Fields of the schema that are blanked; absent: whole rows go. */
  fields?: readonly string[];
  /** The rows have an end of their own, and go earlier only because they cannot stand without the others. */
  isDraggedAlong?: true;
  /** The statement, on those that are due: `… = any($1)`. */
  sql: string;
}

/** One line of the retention table. */
export interface RetentionRule {
  /** The word of docs/data-dictionary.md. */
  keptUntil: string;
  /** What staff read. */
  what: string;
  after: Delay;
  /** Traces of calls go many times a day: their going is not told to the audit chain. */
  isTrace?: true;
  /** Selects as `id` what is due; $1 is the instant before which it had to end. */
  due: string;
  steps: readonly RetentionStep[];
}

const gone = (
  table: string,
  sql: string,
): Pick<RetentionStep, 'table' | 'sql'> => ({ table, sql });

const along = (table: string, sql: string): RetentionStep => ({
  ...gone(table, sql),
  isDraggedAlong: true,
});

/** Who has taken part in nothing since. Who never took part stays as long as the register tells of her. */
const participationEnded = `select h.id from households h where h.updated_at < $1
  and not exists (select from enrolments e join benefit_rules r on r.id = e.benefit_rule_id
    where e.household_id = h.id and coalesce(e.cohort_end,
      case when e.status = 'removed' then e.updated_at
        else e.cohort_start + make_interval(months => r.duration_months) end, 'infinity') >= $1)
  and not exists (select from payments p join waves w on w.id = p.wave_id
    where p.household_id = h.id and coalesce(w.new_window_end, w.window_end) >= $1)
  and not exists (select from works_periods p where p.household_id = h.id and p.period_end >= $1)
  and not exists (select from grants g where g.household_id = h.id and g.updated_at >= $1)`;

/** Of a household, from what stands on other rows to what others stand on. */
const ofHousehold: readonly RetentionStep[] = [
  gone(
    'receipts',
    `delete from receipts where payment_id in (select id from payments where household_id = any($1))`,
  ),
  gone(
    'payment_results',
    `delete from payment_results where payment_id in (select id from payments where household_id = any($1))`,
  ),
  gone('payments', `delete from payments where household_id = any($1)`),
  gone('enrolments', `delete from enrolments where household_id = any($1)`),
  gone(
    'works_periods',
    `delete from works_periods where household_id = any($1)`,
  ),
  gone('grants', `delete from grants where household_id = any($1)`),
  gone(
    'ration_receipts',
    `delete from ration_receipts where household_id = any($1)`,
  ),
  along(
    'nutrition_eligibility',
    `delete from nutrition_eligibility where household_id = any($1)`,
  ),
  along('phone_links', `delete from phone_links where household_id = any($1)`),
  along(
    'register_corrections',
    `delete from register_corrections where household_id = any($1)`,
  ),
  along(
    'phone_changes',
    `delete from phone_changes where household_id = any($1)`,
  ),
  along(
    'call_list_entries',
    `delete from call_list_entries where household_id = any($1)`,
  ),
  gone('households', `delete from households where id = any($1)`),
];

/**
 * What is kept until when, and what is done then: the job, the command and the
 * dictionary's end dates follow this table. It stands beside the audit chain, for
 * both the timetable and the administrator carry it out. The audit chain has its own way to
 * end: src/staff/trim-audit.ts.
 */
export const retentionRules: readonly RetentionRule[] = [
  {
    ...{ keptUntil: 'day', what: "Clés d'effets", isTrace: true },
    // Dated by the end of their day: a step of its last minute is recognised for as long as a gateway may repeat it, and longer.
    after: { hours: 3 },
    due: `select key as id from effects_once where happened_at < $1`,
    steps: [
      gone('effects_once', `delete from effects_once where key = any($1)`),
    ],
  },
  {
    ...{ keptUntil: '24 hours', what: "Clés d'essais", isTrace: true },
    after: { hours: 24 },
    due: `select id from wrong_tries where effect_key is not null and tried_at < $1`,
    steps: [
      {
        ...{ table: 'wrong_tries', fields: ['effectKey'] },
        sql: `update wrong_tries set effect_key = null where id = any($1)`,
      },
    ],
  },
  {
    ...{ keptUntil: '30 days', what: 'Essais faux', isTrace: true },
    after: { days: 30 },
    due: `select id from wrong_tries where tried_at < $1`,
    steps: [gone('wrong_tries', `delete from wrong_tries where id = any($1)`)],
  },
  {
    ...{ keptUntil: '30 days', what: "Fins d'appels", isTrace: true },
    after: { days: 30 },
    due: `select session_key as id from call_ends where ended_at < $1`,
    steps: [
      gone('call_ends', `delete from call_ends where session_key = any($1)`),
    ],
  },
  {
    ...{ keptUntil: '30 days', what: 'Limites sans nom', isTrace: true },
    after: { days: 30 },
    // Their key goes with them, on the thirtieth day and not after it.
    due: `select week::text as id from nameless_keys where week <= $1`,
    steps: [
      gone(
        'nameless_limits',
        `delete from nameless_limits where week::text = any($1)`,
      ),
      gone(
        'nameless_keys',
        `delete from nameless_keys where week::text = any($1)`,
      ),
    ],
  },
  {
    ...{ keptUntil: '30 days', what: 'Journal des passerelles', isTrace: true },
    after: { days: 30 },
    due: `select id from callback_entries where received_at < $1`,
    steps: [
      gone(
        'callback_entries',
        `delete from callback_entries where id = any($1)`,
      ),
    ],
  },
  {
    ...{ keptUntil: 'text', what: 'Textes des SMS', after: { days: 90 } },
    due: `select id from messages where text is not null
      and coalesce(settled_at, case when state in ('sent', 'unknown') then greatest(sent_at, begun_at) end) < $1`,
    steps: [
      {
        ...{ table: 'messages', fields: ['text'] },
        sql: `update messages set text = null where id = any($1)`,
      },
    ],
  },
  {
    ...{ keptUntil: 'text', what: 'Textes des SMS venus', after: { days: 90 } },
    due: `select id from inbound_sms where text is not null and received_at < $1`,
    steps: [
      {
        ...{ table: 'inbound_sms', fields: ['text'] },
        sql: `update inbound_sms set text = null where id = any($1)`,
      },
    ],
  },
  {
    ...{ keptUntil: '24 months', what: 'SMS', after: { months: 24 } },
    due: `select id from messages where coalesce(settled_at, greatest(sent_at, begun_at), expires_at) < $1`,
    steps: [gone('messages', `delete from messages where id = any($1)`)],
  },
  {
    ...{ keptUntil: '24 months', what: 'SMS venus', after: { months: 24 } },
    due: `select id from inbound_sms where received_at < $1`,
    steps: [gone('inbound_sms', `delete from inbound_sms where id = any($1)`)],
  },
  {
    ...{ keptUntil: '24 months', what: 'Campagnes', after: { months: 24 } },
    due: `select id from campaigns where coalesce(ended_at, started_at, created_at) < $1`,
    steps: [
      gone(
        'campaign_recipients',
        `delete from campaign_recipients where campaign_id = any($1)`,
      ),
      gone(
        'campaign_events',
        `delete from campaign_events where campaign_id = any($1)`,
      ),
      gone(
        'message_counts',
        `delete from message_counts where subject_id = any($1)`,
      ),
      gone(
        'message_gates',
        `delete from message_gates where subject_id = any($1)`,
      ),
      gone('campaigns', `delete from campaigns where id = any($1)`),
    ],
  },
  {
    ...{ keptUntil: '24 months', what: 'Annonces prévues' },
    after: { months: 24 },
    due: `select id from reminder_plans where settled_at < $1`,
    steps: [
      gone('reminder_plans', `delete from reminder_plans where id = any($1)`),
    ],
  },
  {
    ...{ keptUntil: '24 months', what: 'Dates annoncées' },
    after: { months: 24 },
    due: `select id from reminder_rounds where seen_at < $1`,
    steps: [
      gone('reminder_rounds', `delete from reminder_rounds where id = any($1)`),
    ],
  },
  {
    ...{ keptUntil: '24 months', what: 'Ménages à prévenir' },
    after: { months: 24 },
    due: `select id from call_list_entries where listed_at < $1`,
    steps: [
      gone(
        'call_list_entries',
        `delete from call_list_entries where id = any($1)`,
      ),
    ],
  },
  {
    ...{ keptUntil: 'settled', what: 'Numéros injoignables réglés' },
    after: { months: 12 },
    due: `select id from unreachable_phones where settled_at < $1`,
    steps: [
      gone(
        'unreachable_phones',
        `delete from unreachable_phones where id = any($1)`,
      ),
    ],
  },
  {
    ...{ keptUntil: '24 hours', what: 'Essais de connexion', isTrace: true },
    after: { hours: 24 },
    due: `select id from staff_sign_in_tries where tried_at < $1`,
    steps: [
      gone(
        'staff_sign_in_tries',
        `delete from staff_sign_in_tries where id = any($1)`,
      ),
    ],
  },
  {
    ...{ keptUntil: '24 hours', what: 'Recherches de carte', isTrace: true },
    after: { hours: 24 },
    due: `select id from card_look_ups where looked_at < $1`,
    steps: [
      gone('card_look_ups', `delete from card_look_ups where id = any($1)`),
    ],
  },
  {
    ...{ keptUntil: '30 days', what: 'Fichiers envoyés', isTrace: true },
    after: { days: 30 },
    due: `select id from uploads where began_at < $1`,
    steps: [
      gone(
        'upload_pieces',
        `delete from upload_pieces where upload_id = any($1)`,
      ),
      gone('uploads', `delete from uploads where id = any($1)`),
    ],
  },
  {
    ...{ keptUntil: 'sitting', what: 'Lectures finies', isTrace: true },
    after: { hours: 2 },
    due: `select session_id as id from sealed_sittings where begun_at < $1`,
    steps: [
      gone(
        'sealed_sittings',
        `delete from sealed_sittings where session_id = any($1)`,
      ),
    ],
  },
  {
    ...{ keptUntil: '30 days', what: 'Sessions du personnel', isTrace: true },
    after: { days: 30 },
    due: `select id from staff_sessions where coalesce(ended_at, seen_at) < $1`,
    steps: [
      gone('staff_sessions', `delete from staff_sessions where id = any($1)`),
    ],
  },
  {
    ...{ keptUntil: '30 days', what: 'Liens à usage unique', isTrace: true },
    after: { days: 30 },
    due: `select id from staff_links where coalesce(used_at, expires_at) < $1`,
    steps: [gone('staff_links', `delete from staff_links where id = any($1)`)],
  },
  {
    ...{ keptUntil: 'view', what: 'Consultations de ménages' },
    after: { years: 5 },
    due: `select id from household_views where viewed_at < $1`,
    steps: [
      gone('household_views', `delete from household_views where id = any($1)`),
    ],
  },
  {
    ...{ keptUntil: 'account', what: 'Comptes fermés', after: { years: 5 } },
    due: `select id from staff_accounts where disabled_at < $1`,
    steps: [
      along(
        'staff_sessions',
        `delete from staff_sessions where account_id = any($1)`,
      ),
      along(
        'staff_links',
        `delete from staff_links where account_id = any($1)`,
      ),
      along(
        'household_views',
        `delete from household_views where account_id = any($1)`,
      ),
      gone(
        'staff_recovery_codes',
        `delete from staff_recovery_codes where account_id = any($1)`,
      ),
      gone('saved_views', `delete from saved_views where account_id = any($1)`),
      gone('staff_accounts', `delete from staff_accounts where id = any($1)`),
    ],
  },
  {
    ...{ keptUntil: 'call', what: 'Rappels demandés', after: { days: 90 } },
    due: `select id from callbacks where coalesce(closed_at, call_on) < $1`,
    steps: [gone('callbacks', `delete from callbacks where id = any($1)`)],
  },
  {
    ...{ keptUntil: 'eligibility', what: 'Éligibilités à la nutrition' },
    after: { months: 3 },
    due: `select id from nutrition_eligibility where valid_to < $1
      or birth_month + interval '60 months' < $1 or status = 'removed' and updated_at < $1`,
    steps: [
      gone(
        'nutrition_eligibility',
        `delete from nutrition_eligibility where id = any($1)`,
      ),
    ],
  },
  {
    ...{ keptUntil: 'settled', what: 'Corrections réglées' },
    after: { months: 12 },
    due: `select id from register_corrections where settled_at < $1`,
    steps: [
      gone(
        'register_corrections',
        `delete from register_corrections where id = any($1)`,
      ),
    ],
  },
  {
    ...{ keptUntil: 'settled', what: 'Changements de numéro décidés' },
    after: { months: 12 },
    due: `select id from phone_changes where decided_at < $1`,
    steps: [
      gone('phone_changes', `delete from phone_changes where id = any($1)`),
    ],
  },
  {
    ...{ keptUntil: 'link', what: 'Liens téléphone finis' },
    after: { months: 12 },
    due: `select id from phone_links where ended_at < $1`,
    steps: [gone('phone_links', `delete from phone_links where id = any($1)`)],
  },
  {
    ...{ keptUntil: 'link', what: 'Choix de numéros sans lien' },
    after: { months: 12 },
    due: `select p.msisdn as id from phones p where greatest(p.locale_chosen_at, p.sms_chosen_at, p.failed_since, p.reached_on) < $1
      and not exists (select from phone_links l where l.msisdn = p.msisdn
        and (l.ended_at is null or l.ended_at >= $1))`,
    steps: [gone('phones', `delete from phones where msisdn = any($1)`)],
  },
  {
    ...{ keptUntil: '24 months', what: 'Séances passées' },
    after: { months: 24 },
    due: `select id from support_sessions where greatest(date, new_date) < $1`,
    steps: [
      gone(
        'support_sessions',
        `delete from support_sessions where id = any($1)`,
      ),
    ],
  },
  {
    ...{ keptUntil: '24 months', what: 'Distributions passées' },
    after: { months: 24 },
    // What a household said of a ration needs its distribution.
    due: `select id from distributions d where greatest(date, new_date) < $1
      and not exists (select from ration_receipts r where r.distribution_id = d.id)`,
    steps: [
      gone('distributions', `delete from distributions where id = any($1)`),
    ],
  },
  {
    ...{ keptUntil: '24 months', what: 'Importations' },
    after: { months: 24 },
    due: `select id from import_runs where finished_at < $1`,
    steps: [gone('import_runs', `delete from import_runs where id = any($1)`)],
  },
  {
    ...{ keptUntil: 'person', what: 'Demandes closes: la personne' },
    after: { months: 24 },
    due: `select id from complaints c where closed_at < $1
      and (num_nonnulls(household_id, contact_msisdn, payment_id, distribution_id,
          brought_by, on_behalf_of, named_account_id, named_key, named_text) > 0
        or exists (select from complaint_events e where e.complaint_id = c.id and e.note is not null))`,
    steps: [
      {
        table: 'complaints',
        fields: [
          ...['householdId', 'contactMsisdn', 'paymentId', 'distributionId'],
          ...['broughtBy', 'onBehalfOf'],
          ...['namedAccountId', 'namedKey', 'namedText'],
        ],
        sql: `update complaints set household_id = null, contact_msisdn = null,
          payment_id = null, distribution_id = null, brought_by = null, on_behalf_of = null,
          named_account_id = null, named_key = null, named_text = null where id = any($1)`,
      },
      {
        ...{ table: 'complaint_events', fields: ['note'] },
        sql: `update complaint_events set note = null where note is not null and complaint_id = any($1)`,
      },
    ],
  },
  {
    ...{ keptUntil: 'case', what: 'Demandes closes' },
    after: { years: 5 },
    due: `select id from complaints where closed_at < $1`,
    steps: [
      gone(
        'complaint_events',
        `delete from complaint_events where complaint_id = any($1)`,
      ),
      gone(
        'complaint_questions',
        `delete from complaint_questions where complaint_id = any($1)`,
      ),
      gone(
        'complaint_links',
        `delete from complaint_links where first_id = any($1) or second_id = any($1)`,
      ),
      gone('complaints', `delete from complaints where id = any($1)`),
    ],
  },
  {
    ...{ keptUntil: '24 months', what: 'Alertes sur un agent' },
    after: { months: 24 },
    due: `select id from complaint_alerts where raised_at < $1`,
    steps: [
      gone(
        'complaint_alerts',
        `delete from complaint_alerts where id = any($1)`,
      ),
    ],
  },
  {
    ...{ keptUntil: 'participation', what: 'Ménages sortis du programme' },
    ...{ after: { years: 5 }, due: participationEnded, steps: ofHousehold },
  },
  {
    ...{ keptUntil: 'participation', what: 'Vagues sans paiement' },
    after: { years: 5 },
    due: `select id from waves w where greatest(window_end, new_window_end) < $1
      and not exists (select from payments p where p.wave_id = w.id)`,
    steps: [gone('waves', `delete from waves where id = any($1)`)],
  },
];

/** How long the audit chain is kept. */
export const auditKept = { years: 5 } as const satisfies Delay;

/** The instant before which something had to end for its delay to be over. */
export function endedBefore(
  now: Date,
  { hours, days, months, years }: Delay,
): Date {
  const at = new Date(now);
  at.setUTCMonth(at.getUTCMonth() - (months ?? 0) - 12 * (years ?? 0));
  // 31 March less a month is no 3 March: the month's last day.
  if (at.getUTCDate() !== now.getUTCDate()) at.setUTCDate(0);
  return new Date(at.getTime() - ((hours ?? 0) + 24 * (days ?? 0)) * 3_600_000);
}
