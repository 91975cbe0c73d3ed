/** A session or distribution as the store has it. */
export interface GatheringRow {
  id: number;
  status: 'planned' | 'postponed' | 'cancelled';
  date: string;
  newDate: string | null;
  startTime: string | null;
  place: string;
}

/** Days worked on one site and when they are paid. */
export interface WorksRow {
  site: string;
  days: number | null;
  dailyWageXof: number | null;
  windowStart: string | null;
  windowEnd: string | null;
}

/** One grant of the household. */
export interface GrantRow {
  status: 'selected' | 'trained' | 'paid';
  amountXof: number | null;
  meetingDate: string | null;
  meetingPlace: string | null;
}

/** A household lives in a village; a gathering meets it by village code, or by commune and folded village name. */
const inVillage = (gathering: string, household: string): string =>
  `(${gathering}.village_code = ${household}.village_code
     or ((${gathering}.village_code is null or ${household}.village_code is null)
       and ${gathering}.commune_code = ${household}.commune_code
       and ${gathering}.village_key = ${household}.village_key))`;

const gatheringColumns = (g: string): string =>
  `${g}.id, ${g}.status, ${g}.date, ${g}.new_date as "newDate", ${g}.start_time as "startTime", ${g}.place`;

/** SQL of whether somebody in the household is concerned on a day: a child from 6 to 59 months, or a window that holds. */
export const concerned = (household: string, day: string): string =>
  `exists (select 1 from nutrition_eligibility n
     where n.household_id = ${household}.id and n.status = 'active'
       and n.valid_from <= ${day} and (n.valid_to is null or n.valid_to >= ${day})
       and (n.kind <> 'CHILD' or n.birth_month is null or
         ${day} between n.birth_month + interval '6 months' and n.birth_month + interval '60 months' - interval '1 day'))`;

/** SQL of the next two sessions, as JSON ({@link GatheringRow}[]). @param household alias of the household's row */
export function sessionsOfHouseholdSql(
  household: string,
  today: string,
): string {
  return `(select coalesce(json_agg(s), '[]') from (
    select ${gatheringColumns('session')} from support_sessions session
    where ${inVillage('session', household)} and coalesce(session.new_date, session.date) >= ${today}
    order by session.status = 'cancelled', coalesce(session.new_date, session.date), session.id limit 2) s)`;
}

/** SQL of the next two distributions that concern the household, as JSON ({@link GatheringRow}[]). */
export function distributionsOfHouseholdSql(
  household: string,
  today: string,
): string {
  return `(select coalesce(json_agg(d), '[]') from (
    select ${gatheringColumns('distribution')} from distributions distribution
    where ${inVillage('distribution', household)}
      and coalesce(distribution.new_date, distribution.date) >= ${today}
      and ${concerned(household, 'coalesce(distribution.new_date, distribution.date)')}
    order by distribution.status = 'cancelled', coalesce(distribution.new_date, distribution.date), distribution.id limit 2) d)`;
}

/** SQL of the newest distribution of the last 30 days that nobody of the household has spoken of, as JSON or null. */
export function rationToConfirmSql(household: string, today: string): string {
  return `(select row_to_json(d) from (
    select ${gatheringColumns('distribution')} from distributions distribution
    where ${inVillage('distribution', household)}
      and (distribution.status = 'planned' or (distribution.status = 'postponed' and distribution.new_date is not null))
      and coalesce(distribution.new_date, distribution.date) between ${today} - 30 and ${today}
      and ${concerned(household, 'coalesce(distribution.new_date, distribution.date)')}
      and not exists (select 1 from ration_receipts r
        where r.distribution_id = distribution.id and r.household_id = ${household}.id)
    order by coalesce(distribution.new_date, distribution.date) desc, distribution.id limit 1) d)`;
}

/** One row when a distribution ($1) is for the village of a household ($2) with somebody concerned. */
export const distributionConcernsSql = `select 1 from distributions distribution, households household
  where distribution.id = $1 and household.id = $2 and ${inVillage('distribution', 'household')}
    and ${concerned('household', 'coalesce(distribution.new_date, distribution.date)')}`;

/** SQL of works whose pay is to come or lately due, as JSON ({@link WorksRow}[]). */
export function worksOfHouseholdSql(household: string, today: string): string {
  return `(select coalesce(json_agg(w), '[]') from (
    select site_name as site, days_recorded as days, daily_wage_xof as "dailyWageXof",
      window_start as "windowStart", window_end as "windowEnd"
    from works_periods
    where household_id = ${household}.id and status = 'active'
      and coalesce(window_end, period_end) >= ${today} - 60
    order by period_start desc limit 3) w)`;
}

/** SQL of the household's grants, as JSON ({@link GrantRow}[]). */
export function grantsOfHouseholdSql(household: string): string {
  return `(select coalesce(json_agg(g), '[]') from (
    select status, amount_xof as "amountXof", meeting_date as "meetingDate", meeting_place as "meetingPlace"
    from grants where household_id = ${household}.id and status <> 'removed'
    order by updated_at desc, id limit 3) g)`;
}
