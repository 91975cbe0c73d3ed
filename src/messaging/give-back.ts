import type { Database } from '../runtime/database';
import type { Claimant } from './claim-due';
import type { ClaimedMessage } from './claimed-message';
import { mayBecome } from './lifecycle';

/** A sender that has not been seen for so long is gone. */
export const GONE_AFTER_MS = 15_000;

/** Messages that one statement gives back at most, so that it stays short. */
const atOnce = 5_000;

// Seconds of the store, not of the service's calendar: a demo that moves its clock loses no sender.
const gone = (
  sender: string,
): string => `not exists (select from senders where senders.name = ${sender}
  and senders.seen_at > clock_timestamp() - make_interval(secs => $1 / 1000.0))`;

// Both moves start from `sending`, and each row takes the one that its request leaves to it.
const giveBackGone = `update messages m
  set state = case when m.begun_at is null then 'queued' else 'unknown' end, reason = 'senderGone'
  where ${mayBecome('queued', 'm.state')} and ${mayBecome('unknown', 'm.state')}
    and m.id = any(array(select held.id from messages held
      where held.id = any(array(select unnest(message_ids) from message_claims c where ${gone('c.sender')}))
        and held.state = 'sending' and ${gone('held.claimed_by')}
      limit ${atOnce} for update of held skip locked))`;

/**
 * Gives back what senders hold that are no longer seen: what no request has carried goes again, what one may have
 * carried is unknown, and stays so until its delivery report comes or an officer decides.
 * @returns how many
 */
export async function giveBackGoneSenders(
  { pool }: Pick<Database, 'pool'>,
  goneAfterMs = GONE_AFTER_MS,
): Promise<number> {
  const { rowCount } = await pool.query(giveBackGone, [goneAfterMs]);
  return rowCount ?? 0;
}

const giveBackOwn = `update messages m
  set state = 'queued', reason = null, claimed_at = null, claimed_by = null
  where m.claimed_by = $1 and m.state = 'sending' and m.begun_at is null`;

/** SQL of all that the sender in $1 ever claimed and may still hold. */
const claimedByIt = `array(select unnest(message_ids) from message_claims where sender = $1)`;

/** Gives back some of what this sender holds, before any request. @returns how many */
export async function giveBack(
  { pool }: Pick<Database, 'pool'>,
  sender: string,
  ids: readonly number[],
): Promise<number> {
  const { rowCount } = await pool.query(`${giveBackOwn} and m.id = any($2)`, [
    sender,
    ids,
  ]);
  return rowCount ?? 0;
}

/**
 * Gives back what has no way for the moment, so that it is not looked at again at once.
 * @param forMs until it is due again
 */
export async function putOff(
  { db, clock, sender }: Claimant,
  ids: readonly number[],
  forMs: number,
): Promise<void> {
  if (ids.length === 0) return;
  await db.pool.query(
    `update messages m set state = 'queued', reason = null, claimed_at = null, claimed_by = null,
       due_at = least($3::timestamptz + make_interval(secs => $4 / 1000.0), m.expires_at)
     where m.claimed_by = $1 and m.state = 'sending' and m.begun_at is null and m.id = any($2)`,
    [sender, ids, clock.now(), forMs],
  );
}

/** Gives back all that this sender holds and no request has carried, known to it or not. @returns how many */
export async function giveBackAll(
  { pool }: Pick<Database, 'pool'>,
  sender: string,
): Promise<number> {
  const { rowCount } = await pool.query(
    `${giveBackOwn} and m.id = any(${claimedByIt})`,
    [sender],
  );
  return rowCount ?? 0;
}

const takeBack = `update messages m set state = 'queued', reason = null, claimed_at = null, claimed_by = null,
  begun_at = null, attempts = m.attempts - (m.begun_at is not null)::int
  where m.claimed_by = $1 and m.state = 'sending'`;

/** Takes back all that one claim began, where its answer was lost: none of it was sent. */
export async function takeBackClaim(
  { pool }: Pick<Database, 'pool'>,
  sender: string,
  instant: Date,
): Promise<void> {
  await pool.query(
    `${takeBack} and m.claimed_at = $2 and m.begun_at = $2 and m.id = any(${claimedByIt})`,
    [sender, instant],
  );
}

/**
 * Takes back messages of requests that were never made, though the store may have written down that they begin: the
 * answer of the store was lost. Of its claim alone: what was given back meanwhile, and claimed again, is under way.
 */
export async function takeBackUnsent(
  { pool }: Pick<Database, 'pool'>,
  sender: string,
  messages: readonly ClaimedMessage[],
): Promise<void> {
  await pool.query(
    `${takeBack} and m.id = any($2) and (m.id, m.claimed_at) in (select * from unnest($2::int[], $3::timestamptz[]))`,
    [
      sender,
      messages.map(({ id }) => id),
      messages.map(({ claimedAt }) => claimedAt),
    ],
  );
}

const forgetOver = `delete from message_claims c where (c.sender = $2 or ${gone('c.sender')})
  and not exists (select from unnest(c.message_ids) one (id) cross join lateral
    (select from messages m where m.id = one.id and m.state = 'sending' limit 1) held)`;

/** Forgets claims of this sender, and of those that are gone, of which nothing is under way any more. */
export async function forgetOverClaims(
  { pool }: Pick<Database, 'pool'>,
  sender: string,
  goneAfterMs = GONE_AFTER_MS,
): Promise<void> {
  await pool.query(forgetOver, [goneAfterMs, sender]);
}
