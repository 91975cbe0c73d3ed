import type { Clock } from '../runtime/clock';
import { inTransaction, type Database } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import type { InboundMeaning } from './inbound-meaning';

/** An SMS that waits for a person. */
export interface InboxItem {
  id: number;
  msisdn: string;
  meaning: InboundMeaning;
  text: string;
  receivedAt: Date;
}

/** What reading and closing need; `actor` stands in the audit chain. */
export interface InboxDesk {
  db: Database;
  clock: Clock;
  actor: string;
}

/** SMS that are shown at once: those behind them come when these are off the list. */
export const mostShown = 200;

/** The SMS that wait, oldest first, {@link mostShown} of them. That any were read is recorded. */
export async function readInbox({
  db,
  actor,
}: InboxDesk): Promise<InboxItem[]> {
  return inTransaction(db, async (tx) => {
    const rows = await tx.inboundSms.findMany({
      where: { handledAt: null },
      orderBy: { id: 'asc' },
      take: mostShown,
    });
    if (rows.length > 0)
      await recordAudit(tx, {
        ...{ actor, action: 'inbound.read', details: { count: rows.length } },
      });
    return rows.map(({ id, msisdn, meaning, text, receivedAt }) => ({
      ...{ id, msisdn, text: text ?? '', receivedAt },
      // A check of the table keeps to these words.
      meaning: meaning as InboundMeaning,
    }));
  });
}

/** How many SMS wait for a person. */
export function countInboxItems({
  prisma,
}: Pick<Database, 'prisma'>): Promise<number> {
  return prisma.inboundSms.count({ where: { handledAt: null } });
}

/** Takes SMS off the list: somebody has seen to them. @returns the numbers that are on no list */
export async function closeInbox(
  { db, clock, actor }: InboxDesk,
  ids: readonly number[],
): Promise<number[]> {
  return inTransaction(db, async (tx) => {
    const closed = await tx.inboundSms.updateManyAndReturn({
      where: { id: { in: [...ids] }, handledAt: null },
      data: { handledAt: clock.now(), handledBy: actor },
      select: { id: true },
    });
    for (const { id } of closed)
      await recordAudit(tx, {
        ...{ actor, action: 'inbound.done', subject: `inbound:${id}` },
      });
    const done = new Set(closed.map(({ id }) => id));
    return ids.filter((id) => !done.has(id));
  });
}
