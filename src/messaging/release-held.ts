import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { mayBecome } from './lifecycle';

/** Messages that one statement moves at most, so that it stays short. */
const atOnce = 5_000;

/** What moving by time needs. */
export interface TimeDeps {
  db: Pick<Database, 'pool'>;
  clock: Pick<Clock, 'now'>;
}

const release = `update messages m set state = 'queued', reason = null
  where m.id = any(array(select m.id from open_messages held join messages m using (id)
    where held.state = 'held' and m.state = 'held' and held.due_at <= $1 and held.expires_at > $1
    order by held.due_at, held.id limit ${atOnce} for update of m skip locked))
  and ${mayBecome('queued', 'm.state')}`;

/** Lets messages go that were held until now. @returns how many, and whether there may be more */
export async function releaseHeld(
  deps: TimeDeps,
): Promise<{ count: number; more: boolean }> {
  return moved(deps, release);
}

const expire = `update messages m set state = 'expired', reason = 'tooLate', settled_at = $1
  where ${mayBecome('expired', 'm.state')}
    and m.id = any(array(select late.id from open_messages open join messages late using (id)
      where open.state in ('held', 'queued') and open.expires_at <= $1 and late.state in ('held', 'queued')
      order by open.expires_at limit ${atOnce} for update of late skip locked))`;

/** Ends messages that it is too late for. @returns how many, and whether there may be more */
export async function expireLate(
  deps: TimeDeps,
): Promise<{ count: number; more: boolean }> {
  return moved(deps, expire);
}

async function moved(
  { db, clock }: TimeDeps,
  sql: string,
): Promise<{ count: number; more: boolean }> {
  const { rowCount } = await db.pool.query(sql, [clock.now()]);
  const count = rowCount ?? 0;
  return { count, more: count === atOnce };
}
