import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from '../runtime/database';

/** A name that no other sender has, nor this program after a restart. */
export function newSenderName(): string {
  return `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
}

/** Tells the others that this sender lives. */
export async function seeSender(
  { pool }: Pick<Database, 'pool'>,
  sender: string,
): Promise<void> {
  await pool.query(
    `insert into senders (name, seen_at) values ($1, clock_timestamp())
     on conflict (name) do update set seen_at = excluded.seen_at`,
    [sender],
  );
}

/** A sender takes its leave, and with it those that left without a word long ago. */
export async function forgetSender(
  { pool }: Pick<Database, 'pool'>,
  sender: string,
): Promise<void> {
  await pool.query(
    `delete from senders where name = $1 or seen_at < clock_timestamp() - interval '1 day'`,
    [sender],
  );
}
