import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { inSqlTransaction } from '../runtime/sql-transaction';
import { listUnreachable, type Unreachable } from './unreachable';

/** A number that was written to for so many days, and of which nothing was heard meanwhile, counts as silent. */
export const SILENT_DAYS = 180;

/**
 * Numbers written to since long and heard of by nothing: no delivery, no SMS, no choice in a menu, no proof of a card.
 * Silence is counted from the first message that was left without an answer. Where an operator's gateway reports no
 * deliveries at all, silence tells nothing, and nobody is listed.
 */
const silentSql = `
  with heard as (
    select k.msisdn, greatest(p.reached_on, p.locale_chosen_at, p.sms_chosen_at, max(k.verified_at),
        (select max(i.received_at) from inbound_sms i where i.msisdn = k.msisdn)) as last_heard
      from phone_links k left join phones p on p.msisdn = k.msisdn
      where k.ended_at is null
        and not exists (select from unreachable_phones u where u.msisdn = k.msisdn and u.settled_at is null)
      group by k.msisdn, p.msisdn
  ), reporting as (
    select distinct gateway, operator from messages where state = 'delivered' and settled_at >= $1
  )
  select h.msisdn, min(m.begun_at)::date as since from heard h
    join messages m on m.msisdn = h.msisdn and m.state in ('sent', 'unknown', 'failed')
      and m.begun_at > coalesce(h.last_heard, '-infinity')
    join reporting r on r.gateway = m.gateway and r.operator is not distinct from m.operator
    where coalesce(h.last_heard, '-infinity') < $1
    group by h.msisdn having min(m.begun_at) <= $1`;

/** Links of a number that ended, or were proved anew, since it came onto the list. */
const overSql = `
  update unreachable_phones u set settled_at = $1 where u.settled_at is null and (
    not exists (select from phone_links k where k.msisdn = u.msisdn and k.ended_at is null)
    or exists (select from phone_links k where k.msisdn = u.msisdn and k.ended_at is null
      and k.verified_at::date > u.since))`;

/**
 * Brings the list of numbers that nobody reaches up to date: silent ones come onto it; those that are nobody's any
 * more, or whose holder proved her card since, leave it. @returns how many came or went
 */
export async function listSilent(deps: {
  db: Pick<Database, 'pool'>;
  clock: Clock;
}): Promise<number> {
  const now = deps.clock.now();
  const before = new Date(now.getTime() - SILENT_DAYS * 86_400_000);
  return inSqlTransaction(deps.db, async (tx) => {
    const over = await tx.query(overSql, [now]);
    const { rows } = await tx.query<Unreachable>(silentSql, [before]);
    const listed = await listUnreachable(tx, 'silent', rows, now);
    return listed + (over.rowCount ?? 0);
  });
}
