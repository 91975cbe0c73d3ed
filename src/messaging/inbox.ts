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

/** How long whoever took an SMS off the list may put it back, in milliseconds. */
const regretMs = 24 * 60 * 60 * 1000;

/** SMS that may be put back, at most so many. */
const mostClosed = 5;

/** An SMS that somebody took off the list. */
export type ClosedItem = Pick<InboxItem, 'id' | 'msisdn' | 'receivedAt'>;

/** What this actor took off the list within a day, the last first: one of them may have been a slip. Their texts are not read. */
export function readClosed(desk: InboxDesk): Promise<ClosedItem[]> {
  return desk.db.prisma.inboundSms.findMany({
    where: closedLately(desk),
    orderBy: [{ handledAt: 'desc' }, { id: 'desc' }],
    take: mostClosed,
    select: { id: true, msisdn: true, receivedAt: true },
  });
}

/** Puts an SMS back on the list that this actor took off it within a day. @returns whether it did */
export async function reopenInbox(
  desk: InboxDesk,
  id: number,
): Promise<boolean> {
  const { db, actor } = desk;
  return inTransaction(db, async (tx) => {
    const { count } = await tx.inboundSms.updateMany({
      where: { id, ...closedLately(desk) },
      data: { handledAt: null, handledBy: null },
    });
    if (count === 1)
      await recordAudit(tx, {
        ...{ actor, action: 'inbound.reopened', subject: `inbound:${id}` },
      });
    return count === 1;
  });
}

function closedLately({ clock, actor }: InboxDesk) {
  const since = new Date(clock.now().getTime() - regretMs);
  return { handledBy: actor, handledAt: { gt: since } };
}
