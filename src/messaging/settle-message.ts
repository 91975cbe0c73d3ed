import type { Clock } from '../runtime/clock';
import { type Database, inTransaction, type Tx } from '../runtime/database';
import { noteReached } from '../register/note-reach';
import { recordAudit } from '../staff/audit';

/** What an officer may say of a message that nobody knows whether it arrived. */
export type Settlement = 'sent' | 'delivered' | 'failed';

/** How settling ended; `settled` when it was not unknown any more, in which state it then stands. */
export type Settled =
  { kind: 'done' } | { kind: 'notFound' } | { kind: 'settled'; state: string };

/**
 * Settles a message by an officer's word; never by sending it again. Told to the audit chain. A phone that it reached
 * is known as reached, and leaves the list of those that nobody reaches.
 * @param actor the account, such as `cli`
 */
export async function settleMessage(
  { db, clock }: { db: Pick<Database, 'prisma'>; clock: Pick<Clock, 'now'> },
  id: number,
  to: Settlement,
  actor: string,
): Promise<Settled> {
  return inTransaction(db, async (tx) => {
    const isFinal = to !== 'sent';
    const { count } = await tx.message.updateMany({
      where: { id, state: 'unknown' },
      data: {
        state: to,
        reason: to === 'failed' ? 'byOfficer' : null,
        ...(isFinal ? { settledAt: clock.now() } : { sentAt: clock.now() }),
      },
    });
    if (count === 1) {
      if (to === 'delivered') await noteDelivered(tx, id, clock.now());
      await recordAudit(tx, {
        ...{ actor, action: 'message.settled', subject: `message:${id}` },
        details: { state: to },
      });
      return { kind: 'done' };
    }
    const found = await tx.message.findUnique({
      where: { id },
      select: { state: true },
    });
    return found === null
      ? { kind: 'notFound' }
      : { kind: 'settled', state: found.state };
  });
}

async function noteDelivered(tx: Tx, id: number, now: Date): Promise<void> {
  const { msisdn, begunAt } = await tx.message.findUniqueOrThrow({
    where: { id },
    select: { msisdn: true, begunAt: true },
  });
  const on = (begunAt ?? now).toISOString().slice(0, 10);
  await noteReached(tx, { msisdn, on });
  await tx.unreachablePhone.updateMany({
    where: { msisdn, settledAt: null },
    data: { settledAt: now },
  });
}
