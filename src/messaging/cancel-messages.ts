import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import type { Purpose } from './purposes';
import type { reasons } from './reasons';

/** Why messages are not to go. */
export type CancelReason = (typeof reasons.cancelled)[number];

/**
 * SQL that takes back what has not gone. A message that a sender holds may still be given back by it: it is
 * made to expire, so that it goes now or never.
 * @param which SQL of a condition over `messages m`
 * @param reason SQL of why
 * @param now SQL of the moment
 */
export function cancelSql(which: string, reason: string, now: string): string {
  return `update messages m set
    state = case when m.state = 'sending' then m.state else 'cancelled' end,
    reason = case when m.state = 'sending' then m.reason else ${reason} end,
    settled_at = case when m.state = 'sending' then null else ${now} end,
    expires_at = case when m.state = 'sending' then greatest(m.due_at, least(m.expires_at, ${now})) else m.expires_at end
  where m.state in ('held', 'queued', 'sending') and ${which}`;
}

/** Takes back what was written of one subject and has not gone. @returns how many messages that were */
export function cancelMessages(
  { tx, clock }: { tx: Tx; clock: Clock },
  about: {
    purposes: readonly Purpose[];
    subjectId: number;
    reason: CancelReason;
  },
): Promise<number> {
  const { purposes, subjectId, reason } = about;
  return tx.$executeRawUnsafe(
    cancelSql(
      'm.purpose = any($1::text[]) and m.subject_id = $2::integer',
      '$3::text',
      '$4::timestamptz',
    ),
    purposes,
    subjectId,
    reason,
    clock.now(),
  );
}
