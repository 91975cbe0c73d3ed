import { busySql, dueWithinCapSql } from './daily-cap';
import type { MessageState } from './lifecycle';
import { refusalSql } from './may-write';
import { rulesOf, type ReminderRule } from './reminder-rules';
import type { ReminderSource } from './reminder-source';

/** States of a message whose reader may know what it says. */
const toldStates: readonly MessageState[] = [
  ...(['sending', 'sent', 'unknown', 'delivered'] as const),
];

/** Whether the reader of `messages m` may know what it says, if only from another message with the same words. */
const wasToldSql = `(m.state in (${quoted(toldStates)}) or (m.state = 'cancelled' and m.reason = 'superseded'))`;

/** A number newly chosen gets no days for so long: it may have been chosen by somebody else. */
const newNumberHours = 72;

/** What a phone chose and how it answers, over `l(msisdn, ...)`. */
const choicesJoin = `left join phones p on p.msisdn = l.msisdn
    left join unreachable_phones u on u.msisdn = l.msisdn and u.settled_at is null`;

const isNewSql = (link: string): string =>
  `(${link}.origin <> 'register' and ${link}.started_at > $3::timestamptz - interval '${newNumberHours} hours')`;

/** The phone in force of every household concerned: her own before another's, the newest first. */
function concernedSql(audience: string): string {
  return `audience as materialized (${audience}), reach as materialized (
    select a.subject_id, a.round, a.household_id, a.zone, a.way, h.sms_consent as consents,
      coalesce(p.locale, h.locale, $4::text) as asked, l.msisdn, p.sms_on,
      l.kind <> 'own' or exists (select from phone_links other where other.msisdn = l.msisdn
        and other.ended_at is null and other.household_id <> a.household_id) as shared,
      u.msisdn is not null or ${isNewSql('l')} as is_stale
    from audience a
    join households h on h.id = a.household_id
    left join lateral (select link.msisdn, link.kind, link.origin, link.started_at from phone_links link
      where link.household_id = a.household_id and link.ended_at is null
      order by link.kind = 'own' desc, link.started_at desc, link.id desc limit 1) l on true
    ${choicesJoin})`;
}

/** The phones that were told of an earlier date and are still linked to somebody. */
function toldSql({ kind, toldGroundSql }: ReminderSource): string {
  return `reach as materialized (
    select d.subject_id, d.round, null::integer as household_id, ground.zone, ground.way, l.consents,
      coalesce(p.locale, l.locale, $4::text) as asked, l.msisdn, p.sms_on, l.shared,
      u.msisdn is not null or l.is_new as is_stale
    from due d
    cross join lateral (select distinct m.msisdn from messages m where m.subject_id = d.subject_id
      and m.purpose in (${quoted(rulesOf(kind).map(({ purpose }) => purpose))})
      and m.round < d.round and ${wasToldSql}) t
    cross join lateral (${toldGroundSql}) ground
    cross join lateral (select t.msisdn, bool_or(home.sms_consent) as consents, min(home.locale) as locale,
        bool_or(link.kind <> 'own') or count(*) > 1 as shared, bool_and(${isNewSql('link')}) as is_new
      from phone_links link join households home on home.id = link.household_id
      where link.msisdn = t.msisdn and link.ended_at is null having count(*) > 0) l
    ${choicesJoin})`;
}

/**
 * SQL of whom plans reach: `judged`, one row a household (or a phone told before) with its text or why it gets none,
 * and `chosen`, one row a phone. $1 ids of plans, $2 texts as JSON, $3 the moment, $4 the language of those that
 * said none, $5 whether days are told.
 * @param lock of the plans, where they are written: whoever comes second waits, and finds them written
 * @throws Error for a rule that nobody can say whom it concerns
 */
export function reachSql(
  rule: ReminderRule,
  source: ReminderSource,
  lock: 'for update' | '' = '',
): string {
  const audience = source.audienceSql[rule.purpose];
  if (rule.to === 'concerned' && audience === undefined) {
    throw new Error(`nobody says whom ${rule.purpose} concerns`);
  }
  return `with due as materialized (
    select id, subject_id, round, from_day, to_day, expires_at from reminder_plans
    where id = any($1::integer[]) and status = 'planned' ${lock}),
  texts as materialized (select * from jsonb_to_recordset($2::jsonb) as one (asked text, shared boolean, zone text,
    consents boolean, way text, template text, locale text, text text, encoding text, segments smallint)),
  ${audience !== undefined && rule.to === 'concerned' ? concernedSql(audience) : toldSql(source)},
  judged as materialized (
    select one.*, ${refusalSql} as refusal
    from (select r.*, t.template, t.locale, t.text, t.encoding, t.segments, $5::boolean as tells_days
      from reach r left join texts t using (asked, shared, zone, consents, way)) one),
  chosen as materialized (
    select distinct on (j.msisdn, j.subject_id, j.round) j.* from judged j
    where j.refusal is null ${justMovedSql(rule)}
    order by j.msisdn, j.subject_id, j.round, j.zone, j.household_id)`;
}

/** Who heard of the date because it was moved to it need not hear again a day later. */
function justMovedSql({ unlessJustMoved }: ReminderRule): string {
  return unlessJustMoved === undefined
    ? ''
    : `and not exists (select from messages m where m.msisdn = j.msisdn and m.subject_id = j.subject_id
        and m.round = j.round and m.purpose = '${unlessJustMoved}'
        and (m.state in ('held', 'queued') or ${wasToldSql})
        and m.due_at > $3::timestamptz - interval '3 days')`;
}

/**
 * The statement that writes the messages of plans and their call list, and settles the plans. Words that would reach a
 * phone twice at once, of two waves in one window, reach it once. Parameters as
 * {@link reachSql}, and: $6 when they are due, $7 whether that is later because of the hour, $8 the class, $9 the reasons
 * for a visit.
 */
export function writeSql(rule: ReminderRule, source: ReminderSource): string {
  return `${reachSql(rule, source, 'for update')}, spoken as materialized (
    select c.*, d.expires_at, row_number() over same_words > 1 as is_repeated
    from chosen c join due d using (subject_id, round)
    window same_words as (partition by c.msisdn, c.text order by c.subject_id)),
  placed as materialized (
    select *, row_number() over (partition by msisdn order by is_repeated, subject_id) as place from spoken),
  busy as materialized (${busySql('select msisdn from placed', '$6::timestamptz', '$3::timestamptz')}),
  timed as materialized (
    select *, coalesce(free_at > expires_at, true) as is_late
    from (select placed.*, case when is_repeated then $6::timestamptz
      else ${dueWithinCapSql('busy.by_day', 'placed.place', '$6::timestamptz')} end as free_at
      from placed left join busy using (msisdn)) free),
  written as (
    insert into messages (purpose, subject_id, round, msisdn, class, template, locale, text, encoding, segments,
      state, reason, due_at, expires_at, written_at, settled_at)
    select '${rule.purpose}', subject_id, round, msisdn, $8::text, template, locale, text, encoding, segments,
      case when is_late then 'expired' when is_repeated then 'cancelled'
        when free_at > $6::timestamptz or $7::boolean then 'held' else 'queued' end,
      case when is_late then 'tooLate' when is_repeated then 'superseded'
        when free_at > $6::timestamptz then 'dailyCap' when $7::boolean then 'quietHours' end,
      case when is_late then least($6::timestamptz, expires_at) else free_at end, expires_at, $3::timestamptz,
      case when is_late or is_repeated then $3::timestamptz end
    from timed
    on conflict (msisdn, purpose, subject_id, round) do nothing
    returning subject_id, round, state),
  listed as (
    insert into call_list_entries (purpose, subject_id, round, household_id, reason, listed_at)
    select '${rule.purpose}', subject_id, round, household_id, reason, $3::timestamptz from (${visitsSql(rule, source)}) visit
    on conflict (household_id, purpose, subject_id, round) do nothing
    returning subject_id, round),
  done as (
    select d.id, coalesce(w.n, 0) as messages, coalesce(v.n, 0) as entries
    from due d
    left join (select subject_id, round, count(*) as n from written
      where state in ('held', 'queued') group by 1, 2) w using (subject_id, round)
    left join (select subject_id, round, count(*) as n from listed group by 1, 2) v using (subject_id, round))
  update reminder_plans plan set status = 'written', settled_at = $3::timestamptz,
    messages = done.messages, call_entries = done.entries
  from done where plan.id = done.id
  returning plan.messages, plan.call_entries as "callEntries"`;
}

/** Whoever was to be visited for an earlier date is to be visited again when it changes. */
function visitsSql({ to }: ReminderRule, { kind }: ReminderSource): string {
  return to === 'told'
    ? `select distinct on (e.household_id, d.subject_id, d.round) d.subject_id, d.round, e.household_id, e.reason
       from due d join call_list_entries e on e.subject_id = d.subject_id and e.round < d.round
         and e.purpose in (${quoted(rulesOf(kind).map(({ purpose }) => purpose))})
       where e.reason = any($9::text[])
       order by e.household_id, d.subject_id, d.round, e.id desc`
    : // Who wants no SMS on a phone of her own has chosen so; on another's phone somebody chose for her.
      `select subject_id, round, household_id, refusal as reason from judged
       where refusal = any($9::text[]) and (refusal <> 'optedOut' or shared)`;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
