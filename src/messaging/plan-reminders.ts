import type { PoolClient } from 'pg';

import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { cancelSql } from './cancel-messages';
import { nextDecent } from './quiet-hours';
import { rulesOf, type Moment } from './reminder-rules';
import type { ReminderSource } from './reminder-source';

/** What planning did. */
export interface Planned {
  /** New reminders to come. */
  planned: number;
  /** Reminders that will not come, because their date changed. */
  cancelled: number;
}

/**
 * Compares what is planned with the dates as they stand now: plans what is missing, takes back what speaks of
 * another date. Doing it again changes nothing, and two that do it wait for each other.
 * @param db one that waits for long statements
 */
export async function planReminders(
  { db, clock }: { db: Pick<Database, 'pool'>; clock: Clock },
  sources: readonly ReminderSource[],
): Promise<Planned> {
  const client = await db.pool.connect();
  let broken = true;
  try {
    await client.query('begin');
    await client.query(
      `select pg_advisory_xact_lock(hashtextextended('jigi plan reminders', 0))`,
    );
    const total = { planned: 0, cancelled: 0 };
    for (const source of sources) {
      const { planned, cancelled } = await planSource(client, clock, source);
      total.planned += planned;
      total.cancelled += cancelled;
    }
    await client.query('commit');
    broken = false;
    return total;
  } finally {
    // A connection in a failed transaction is closed, not lent again.
    client.release(broken);
  }
}

async function planSource(
  client: PoolClient,
  clock: Clock,
  source: ReminderSource,
): Promise<Planned> {
  const { kind } = source;
  const [now, today] = [clock.now(), clock.today()];
  const purposes = rulesOf(kind).map(({ purpose }) => purpose);
  if (source.movable) {
    await client.query(newRoundsSql(source), [today, kind, now]);
  }
  const current = [currentSql(source), source.movable ? kind : today] as const;
  const cancelled = await client.query(cancelPlansSql(current[0]), [
    ...[current[1], purposes, now],
  ]);
  await client.query(supersededSql(current[0]), [current[1], purposes, now]);
  const planned = await client.query(newPlansSql(current[0]), [
    ...[current[1], JSON.stringify(ruleRows(source)), now, nextDecent(now)],
    today,
  ]);
  return {
    planned: planned.rowCount ?? 0,
    cancelled: cancelled.rowCount ?? 0,
  };
}

/** A subject of which something else is known than before begins another round. */
function newRoundsSql({ factsSql }: ReminderSource): string {
  return `with facts as materialized (${factsSql}), latest as (
    select distinct on (subject_id) * from reminder_rounds where kind = $2 order by subject_id, round desc)
  insert into reminder_rounds (kind, subject_id, round, state, from_day, to_day, seen_at)
  select $2, f.subject_id, coalesce(l.round + 1, 0), f.state, f.from_day, f.to_day, $3::timestamptz
  from facts f left join latest l using (subject_id)
  where l.subject_id is null
    or (f.state, f.from_day, f.to_day) is distinct from (l.state, l.from_day, l.to_day)
  on conflict (kind, subject_id, round) do nothing`;
}

/** The round of each subject that holds; $1 is the kind of those whose rounds are counted, today for the others. */
function currentSql({ movable, factsSql }: ReminderSource): string {
  return movable
    ? `select distinct on (subject_id) subject_id, round, state, from_day, to_day
       from reminder_rounds where kind = $1 order by subject_id, round desc`
    : factsSql;
}

/** Why what speaks of an earlier round does not go. */
const supersededReason = `case when c.state = 'cancelled' then 'subjectCancelled' else 'moved' end`;

function cancelPlansSql(current: string): string {
  return `with current as materialized (${current})
  update reminder_plans p set status = 'cancelled', settled_at = $3::timestamptz,
    reason = coalesce((select ${supersededReason} from current c where c.subject_id = p.subject_id limit 1), 'moved')
  where p.status = 'planned' and p.rule = any($2::text[])
    and not exists (select from current c where c.subject_id = p.subject_id and c.round = p.round)`;
}

function supersededSql(current: string): string {
  return `with current as materialized (${current})
  ${cancelSql(
    `m.purpose = any($2::text[])
     and exists (select from current c where c.subject_id = m.subject_id)
     and not exists (select from current c where c.subject_id = m.subject_id and c.round = m.round)`,
    `(select ${supersededReason} from current c where c.subject_id = m.subject_id limit 1)`,
    '$3::timestamptz',
  )}`;
}

/** Only a later round has anybody who was told before; what is over is not planned any more. */
function newPlansSql(current: string): string {
  return `with current as materialized (${current}), coming as (
    select r.rule, c.subject_id, c.round, c.from_day, c.to_day,
      case when r.due is null then $4::timestamptz else greatest(${momentSql('r.due')}, $4::timestamptz) end as due_at,
      ${momentSql('r.expires')} as expires_at
    from current c join jsonb_to_recordset($2::jsonb) as r
      (rule text, state text, least_round integer, due jsonb, expires jsonb)
      on r.state = c.state and c.round >= r.least_round)
  insert into reminder_plans (rule, subject_id, round, from_day, to_day, due_at, expires_at, status, planned_at)
  select rule, subject_id, round, from_day, to_day, due_at, expires_at, 'planned', $3::timestamptz
  from coming where expires_at > $3::timestamptz and expires_at >= due_at
  on conflict (rule, subject_id, round) do nothing`;
}

/** SQL of a {@link Moment}, over the days of `c`; $5 is today. */
function momentSql(moment: string): string {
  const count = (name: string) => `coalesce((${moment} ->> '${name}')::int, 0)`;
  return `((case ${moment} ->> 'from' when 'firstDay' then c.from_day when 'lastDay' then c.to_day else $5::date end
    + make_interval(months => ${count('months')}))::date
    + make_interval(days => ${count('days')}, hours => ${count('hour')})) at time zone 'UTC'`;
}

interface RuleRow {
  rule: string;
  state: string;
  least_round: number;
  due: Moment | null;
  expires: Moment;
}

function ruleRows({ kind, movable }: ReminderSource): RuleRow[] {
  return rulesOf(kind).map(({ purpose, state, to, due, expires }) => ({
    ...{ rule: purpose, state, due: due ?? null, expires },
    // The round of a subject that has one date is its day.
    least_round: movable && to === 'told' ? 1 : 0,
  }));
}
