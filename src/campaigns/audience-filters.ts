import {
  distributionReminders,
  sessionReminders,
} from '../activities/gathering-reminders';
import type { ReminderSource } from '../messaging/reminder-source';
import type { IsoDay } from '../text/dates';
import type { Audience } from './audience';
import type { CampaignSubject } from './campaign-subject';
import { remindedSql, toldBySql, toldOfSubjectSql } from './told-sql';

/** Puts a value into a statement. @returns its place, `$n` */
export type Bind = (value: unknown) => string;

/** What a filter may ask besides the definition. */
export interface FilterGround {
  bind: Bind;
  today: IsoDay;
  subject: CampaignSubject | undefined;
}

/** One condition over `households h`, or, where a phone must be known, over `reach r`. */
interface Filter {
  field: keyof Audience;
  over: 'household' | 'phone';
  sql: (audience: Audience, ground: FilterGround) => string | undefined;
}

/** Each field of a definition as SQL; fields that are absent narrow nothing. */
export const audienceFilters: readonly Filter[] = [
  {
    ...{ field: 'units', over: 'household' },
    sql: placesSql,
  },
  {
    ...{ field: 'rules', over: 'household' },
    sql: ({ rules }, { bind, today }) =>
      `h.id in (select e.household_id from enrolments e join benefit_rules rule on rule.id = e.benefit_rule_id
        where e.status = 'active' and rule.code = any(${bind(rules)}::text[])
          and e.cohort_start <= ${bind(today)}::date and (e.cohort_end is null or e.cohort_end >= ${bind(today)}::date))`,
  },
  {
    ...{ field: 'waves', over: 'household' },
    sql: wavesSql,
  },
  {
    ...{ field: 'distributions', over: 'household' },
    sql: ({ distributions }, { bind }) =>
      gatheringSql('distributions', distributionReminders, bind(distributions)),
  },
  {
    ...{ field: 'sessions', over: 'household' },
    sql: ({ sessions }, { bind }) =>
      gatheringSql('support_sessions', sessionReminders, bind(sessions)),
  },
  {
    ...{ field: 'sex', over: 'household' },
    sql: ({ sex }, { bind }) => `h.recipient_sex = ${bind(sex)}`,
  },
  {
    ...{ field: 'households', over: 'household' },
    sql: ({ households }, { bind }) =>
      `h.household_number = any(${bind(households)}::text[])`,
  },
  {
    ...{ field: 'languages', over: 'phone' },
    sql: ({ languages }, { bind }) =>
      `r.locale = any(${bind(languages)}::text[])`,
  },
  { ...{ field: 'standing', over: 'phone' }, sql: standingSql },
  {
    ...{ field: 'failedIn', over: 'phone' },
    sql: ({ failedIn }, { bind }) =>
      `r.household_id in (select household_id from campaign_recipients where campaign_id = ${bind(failedIn)}::integer)
       and r.msisdn in (select msisdn from messages where purpose = 'campaign.message'
         and subject_id = ${bind(failedIn)}::integer and state = 'failed')`,
  },
  {
    ...{ field: 'toldIn', over: 'phone' },
    sql: ({ toldIn }, { bind }) =>
      `r.household_id in (select household_id from campaign_recipients where campaign_id = ${bind(toldIn)}::integer)
       and r.msisdn in (${toldBySql(bind(toldIn))})`,
  },
  {
    ...{ field: 'change', over: 'phone' },
    sql: ({ change }, { bind, subject }) =>
      change === undefined || subject === undefined
        ? undefined
        : `r.msisdn not in (${remindedSql(subject, change, bind)})`,
  },
];

/** Villages lie in no unit of the table: a household is in one of the units or in one of the villages. */
function placesSql(
  { units = [], villages = [] }: Audience,
  { bind, today }: FilterGround,
): string | undefined {
  const ways: string[] = [];
  const of = (level: string): string[] =>
    units.filter((one) => one.level === level).map(({ code }) => code);
  const standing = (unit: string): string =>
    `${unit}.valid_from <= ${bind(today)}::date and (${unit}.valid_to is null or ${unit}.valid_to >= ${bind(today)}::date)`;
  const communes = of('commune');
  if (communes.length > 0)
    ways.push(`h.commune_code = any(${bind(communes)}::text[])`);
  for (const level of ['cercle', 'region'] as const) {
    if (of(level).length === 0) continue;
    const codes = bind(of(level));
    const cercles =
      level === 'cercle'
        ? `commune.parent_code = any(${codes}::text[])`
        : `commune.parent_code in (select cercle.code from territory_units cercle where cercle.level = 'cercle'
             and cercle.parent_code = any(${codes}::text[]) and ${standing('cercle')})`;
    ways.push(`h.commune_code in (select commune.code from territory_units commune
      where commune.level = 'commune' and ${cercles} and ${standing('commune')})`);
  }
  if (villages.length > 0)
    ways.push(`(h.commune_code, h.village_key) in (select * from unnest(
      ${bind(villages.map(({ commune }) => commune))}::text[], ${bind(villages.map(({ village }) => village))}::text[]))`);
  return ways.length === 0 ? undefined : `(${ways.join(' or ')})`;
}

function wavesSql(
  { waves, waveStates }: Audience,
  { bind }: FilterGround,
): string {
  const conditions = [
    `pay.status = 'planned'`,
    ...(waves === undefined ? [] : [`wave.code = any(${bind(waves)}::text[])`]),
    ...(waveStates === undefined
      ? [`wave.status not in ('planned', 'cancelled')`]
      : [`wave.status = any(${bind(waveStates)}::text[])`]),
  ];
  return `h.id in (select pay.household_id from payments pay join waves wave on wave.id = pay.wave_id
    where ${conditions.join(' and ')})`;
}

/** Whom a gathering concerns is for src/activities to say. */
function gatheringSql(
  table: string,
  source: ReminderSource,
  codes: string,
): string {
  const concerned = source.audienceSql[`${source.kind}.reminder` as never];
  return `h.id in (with due as (select gathering.id as subject_id, 0 as round,
      coalesce(gathering.new_date, gathering.date) as from_day, coalesce(gathering.new_date, gathering.date) as to_day
      from ${table} gathering where gathering.code = any(${codes}::text[]))
    select near.household_id from (${String(concerned)}) near)`;
}

function standingSql(
  { standing }: Audience,
  { bind, subject }: FilterGround,
): string | undefined {
  if (subject === undefined) return undefined;
  const told = (): string => toldOfSubjectSql(subject, bind);
  if (standing === 'told') return `r.msisdn in (${told()})`;
  if (standing === 'notTold')
    return `(r.msisdn is null or r.msisdn not in (${told()}))`;
  const id = bind(subject.id);
  return subject.kind === 'wave'
    ? `r.household_id in (select pay.household_id from payments pay where pay.wave_id = ${id}::integer
         and pay.status = 'planned' and not exists (select from receipts said where said.payment_id = pay.id))`
    : `not exists (select from ration_receipts said where said.distribution_id = ${id}::integer
         and said.household_id = r.household_id)`;
}
