import type { ReminderSource } from '../messaging/reminder-source';
import { concerned } from './queries';

/** How long a gathering that is over may still be spoken of, in days: a change is told late rather than never. */
const rememberedDays = 1;

/** The zone of a household is known through its waves, as for callers (docs/privacy.md, "A limit"). */
const zoneOf = (household: string): string =>
  `case when exists (select from payments pay join waves wave on wave.id = pay.wave_id
      where pay.household_id = ${household} and pay.status = 'planned' and wave.zone_profile = 'insecure'
        and wave.status <> 'planned') then 'insecure' else 'normal' end`;

/** A household lives in a village; each way to meet it is a join of its own, or a million households are looked through for each gathering. */
function inVillage(table: string, condition: string): string {
  const meet = (how: string): string =>
    `select due.subject_id, due.round, household.id as household_id
     from due join ${table} gathering on gathering.id = due.subject_id
     join households household on ${how}
     where household.status = 'active' and ${condition}`;
  return `select near.*, ${zoneOf('near.household_id')} as zone, 'card' as way from (
    ${meet('household.village_code = gathering.village_code')}
    union
    ${meet(`household.commune_code = gathering.commune_code and household.village_key = gathering.village_key
       and (household.village_code is null or gathering.village_code is null)`)}) near`;
}

/** Sessions or distributions: their rows are alike. */
function gatherings(
  kind: 'session' | 'distribution',
  table: string,
  condition: string,
): ReminderSource {
  return {
    kind,
    movable: true,
    factsSql: `select id as subject_id, state, case when state = 'dated' then day end as from_day,
        case when state = 'dated' then day end as to_day
      from (select gathering.id, case gathering.status when 'postponed' then gathering.new_date else gathering.date end as day,
          case when gathering.status = 'cancelled' then 'cancelled'
            when gathering.status = 'planned' or gathering.new_date is not null then 'dated' else 'postponed' end as state
        from ${table} gathering
        where greatest(gathering.date, gathering.new_date) >= $1::date - ${rememberedDays}) fact`,
    audienceSql: { [`${kind}.reminder`]: inVillage(table, condition) },
    toldGroundSql: `select coalesce(min(${zoneOf('link.household_id')}), 'normal') as zone, 'card' as way
      from phone_links link where link.msisdn = t.msisdn and link.ended_at is null`,
    namesSql: `select id as subject_id, code as name from ${table} where id = any($1::integer[])`,
  };
}

/** Sessions: every household of the village. */
export const sessionReminders = gatherings(
  'session',
  'support_sessions',
  'true',
);

/** Distributions: the households in which somebody is concerned on that day; nothing says who or why. */
export const distributionReminders = gatherings(
  'distribution',
  'distributions',
  concerned('household', 'due.from_day'),
);
