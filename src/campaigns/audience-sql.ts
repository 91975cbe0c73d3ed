import { dailyCap } from '../messaging/daily-cap';
import { refusalSql } from '../messaging/may-write';
import type { IsoDay } from '../text/dates';
import type { Audience } from './audience';
import {
  audienceFilters,
  type Bind,
  type FilterGround,
} from './audience-filters';
import type { CampaignSubject } from './campaign-subject';
import type { ComposedRow } from './compose-campaign';

/** What an audience is looked for with. */
export interface AudienceQuestion {
  audience: Audience;
  subject: CampaignSubject | undefined;
  /** Every text by sort of phone; a sort without one gets no message. */
  rows: readonly ComposedRow[];
  /** The languages that a phone may have, the first one for those that said none. */
  locales: readonly [string, ...string[]];
  now: Date;
  /** The day on which messages would go: a number that has its share of that day gets none. */
  day: IsoDay;
}

/** A statement and its values. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** A number newly chosen gets no days for so long: it may have been chosen by somebody else. */
const newNumberHours = 72;

/** Households in whose zone a message says as little as may be: known through their waves, as for callers. */
export const insecureSql = `select pay.household_id from payments pay join waves wave on wave.id = pay.wave_id
  where pay.status = 'planned' and wave.zone_profile = 'insecure' and wave.status <> 'planned'`;

/** Numbers that have had their share of a day; those of an earlier day that have not gone yet go on this one. */
export const busySql = (day: string): string =>
  `select m.msisdn from messages m
   where m.due_at >= ${day}::date - 2 and m.due_at < ${day}::date + 1
     and m.class in ('reminder', 'campaign') and m.state not in ('cancelled', 'expired', 'failed')
     and (coalesce(m.sent_at, m.begun_at, greatest(m.due_at, ${day}::date)) at time zone 'UTC')::date = ${day}::date
   group by m.msisdn having count(*) >= ${dailyCap}`;

/** Puts values into a statement one after the other. @param after how many places are taken before them */
export function binding(after = 0): { bind: Bind; values: unknown[] } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${after + values.push(value)}` };
}

/**
 * SQL of everybody whom a campaign concerns, one row a household: `household_id`, `msisdn`, `locale`, `is_shared`, `zone`,
 * `consents`, `reason` (why it gets no message) and `is_first` (the message of its phone is written for it).
 * The rows of a phone that several share come together; the least is said on it.
 */
export function audienceSql(question: AudienceQuestion, bind: Bind): string {
  const { audience, locales, now, day } = question;
  const [locale] = locales;
  const instant = `${bind(now)}::timestamptz`;
  const ground: FilterGround = { ...question, bind, today: day };
  const by = (over: 'household' | 'phone'): string =>
    audienceFilters
      .filter((filter) => filter.over === over)
      .filter(({ field }) => isAsked(audience, field))
      .flatMap(({ sql }) => sql(audience, ground) ?? [])
      .map((condition) => ` and ${condition}`)
      .join('');
  return `with phone as materialized (
      select distinct on (h.id) h.id as household_id, h.status, h.sms_consent, h.locale, link.msisdn, link.kind,
        link.origin <> 'register' and link.started_at > ${instant} - interval '${newNumberHours} hours' as is_new
      from households h left join phone_links link on link.household_id = h.id and link.ended_at is null
      where h.status in ('active', 'suspended')${by('household')}
      order by h.id, link.kind = 'own' desc, link.started_at desc, link.id desc),
    crowd as materialized (
      select msisdn from phone_links where ended_at is null group by msisdn having count(*) > 1),
    insecure as materialized (${insecureSql} group by pay.household_id),
    insecure_phones as materialized (
      select l.msisdn from insecure join phone_links l using (household_id) where l.ended_at is null group by l.msisdn),
    busy as materialized (${busySql(bind(day))}),
    reach as (
      select l.household_id, l.status, l.msisdn, coalesce(p.locale, l.locale, ${bind(locale)}::text) as locale,
        l.msisdn is not null and (l.kind <> 'own' or crowd.msisdn is not null) as is_shared,
        case when insecure_phones.msisdn is not null or insecure.household_id is not null
          then 'insecure' else 'normal' end as zone,
        l.sms_consent as consents, p.sms_on, u.msisdn is not null or coalesce(l.is_new, false) as is_stale,
        busy.msisdn is not null as is_busy
      from phone l
      left join phones p on p.msisdn = l.msisdn
      left join unreachable_phones u on u.msisdn = l.msisdn and u.settled_at is null
      left join crowd on crowd.msisdn = l.msisdn
      left join insecure on insecure.household_id = l.household_id
      left join insecure_phones on insecure_phones.msisdn = l.msisdn
      left join busy on busy.msisdn = l.msisdn),
    judged as materialized (
      select one.household_id, one.msisdn, one.locale, one.is_shared, one.zone, one.consents,
        case when one.status = 'suspended' then 'suspended'
          else coalesce(${refusalSql}, case when one.is_busy then 'dailyCap' end) end as reason
      from (select r.*, ${sortsSql(question, ({ text }) => text !== undefined, 'true', 'null')} as text,
          ${sortsSql(question, ({ tells }) => tells, 'true', 'false')} as tells_days
        from reach r where true${by('phone')}) one)
    select household_id, msisdn, locale, is_shared, zone, consents, reason, reason is null as is_first
    from judged where not is_shared or reason is not null
    union all
    select household_id, msisdn, locale, is_shared, zone, consents, null,
      row_number() over (partition by msisdn order by consents, household_id) = 1
    from judged where is_shared and reason is null`;
}

/** One sort of phone, its text if it may get one, and whether that tells days. */
interface KnownSort {
  key: string;
  text: string | undefined;
  tells: boolean;
}

/** SQL over `reach r` of what holds of a phone by its sort; mostly it is the same for all, and nothing is compared. */
function sortsSql(
  { rows, locales }: AudienceQuestion,
  holds: (sort: KnownSort) => boolean,
  yes: string,
  no: string,
): string {
  const sorts = locales.flatMap((locale) =>
    [true, false].flatMap((shared) =>
      ['normal', 'insecure'].flatMap((zone) =>
        [true, false].map((consents): KnownSort => {
          const row = rows.find(
            (one) =>
              one.locale === locale &&
              one.shared === shared &&
              one.zone === zone &&
              one.consents === consents,
          );
          const key = `('${locale}', ${String(shared)}, '${zone}', ${String(consents)})`;
          return { key, text: row?.text, tells: row?.tells_days ?? false };
        }),
      ),
    ),
  );
  const those = sorts.filter(holds);
  if (those.length === sorts.length) return yes;
  if (those.length === 0) return no;
  return `case when (r.locale, r.is_shared, r.zone, r.consents) in (${those.map(({ key }) => key).join(', ')})
    then ${yes} else ${no} end`;
}

function isAsked(audience: Audience, field: keyof Audience): boolean {
  // A wave's state narrows as its code does; villages stand beside the units.
  if (field === 'waves')
    return audience.waves !== undefined || audience.waveStates !== undefined;
  if (field === 'units')
    return audience.units !== undefined || audience.villages !== undefined;
  return audience[field] !== undefined;
}
