import type { ReminderSource } from '../messaging/reminder-source';

/** The last day of an enrolment's participation, as callers are told it (queries.ts). */
const endSql = `coalesce(enrolment.cohort_end,
  (enrolment.cohort_start + make_interval(months => rule.duration_months))::date - 1)`;

const epoch = `date '1970-01-01'`;

/** How far ahead the end of a participation is planned, in days: before the first notice is due. */
const horizonDays = 120;

const enrolments = `enrolments enrolment
    join benefit_rules rule on rule.id = enrolment.benefit_rule_id`;

/** All households of one rule whose participation ends on one day. The rule is the subject, the day its round. */
export const cohortReminders: ReminderSource = {
  kind: 'cohort',
  movable: false,
  factsSql: `select distinct enrolment.benefit_rule_id as subject_id, ${endSql} - ${epoch} as round, 'dated' as state,
      ${endSql} as from_day, ${endSql} as to_day
    from ${enrolments}
    where enrolment.status = 'active' and ${endSql} between $1::date and $1::date + ${horizonDays}`,
  audienceSql: Object.fromEntries(
    (['benefit.endsInThreeMonths', 'benefit.endsInOneMonth'] as const).map(
      (purpose) => [
        purpose,
        `select distinct due.subject_id, due.round, enrolment.household_id, 'normal' as zone, 'plain' as way
       from due
       join ${enrolments} on rule.id = due.subject_id and ${endSql} = due.to_day
       join households household on household.id = enrolment.household_id and household.status = 'active'
       where enrolment.status = 'active'`,
      ],
    ),
  ),
  toldGroundSql: `select 'normal' as zone, 'plain' as way`,
  namesSql: `select id as subject_id, code as name from benefit_rules where id = any($1::integer[])`,
};
