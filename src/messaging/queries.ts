import type { Database } from '../runtime/database';
import type { MessageClass } from './message-class';
import type { MessageState } from './lifecycle';

/** What waits of a class in one state. */
export interface QueueDepth {
  class: MessageClass;
  state: MessageState;
  count: number;
  /** When the first of them should have gone; of those that are held, the first that will go. */
  oldest: Date;
}

// Each state by its own index: the table keeps two years, the queue a day.
const depth = ['held', 'queued', 'sending', 'unknown']
  .map(
    (
      state,
    ) => `select class, state, count(*)::int as count, min(due_at) as oldest
      from messages where state = '${state}' group by class, state`,
  )
  .join(' union all ');

/** How much waits, by class and state; of what is settled, nothing. */
export async function queueDepth({
  pool,
}: Pick<Database, 'pool'>): Promise<QueueDepth[]> {
  return (await pool.query<QueueDepth>(depth)).rows;
}

/** How a gateway stands. */
export interface GatewayRow {
  gateway: string;
  failures: number;
  openUntil: Date | null;
  pausedAt: Date | null;
  pausedReason: string | null;
  slowMs: number | null;
}

/** Every gateway of which anything is known. */
export async function gatewayRows({
  prisma,
}: Pick<Database, 'prisma'>): Promise<GatewayRow[]> {
  return prisma.gatewayState.findMany({
    select: {
      ...{ gateway: true, failures: true, openUntil: true },
      ...{ pausedAt: true, pausedReason: true, slowMs: true },
    },
    orderBy: { gateway: 'asc' },
  });
}

/** A message that nobody knows whether it arrived. */
export interface UnknownMessage {
  id: number;
  msisdn: string;
  purpose: string;
  reason: string | null;
  gateway: string | null;
  begunAt: Date | null;
}

/** The oldest messages that wait for their delivery report, or for an officer. */
export async function unknownMessages(
  { prisma }: Pick<Database, 'prisma'>,
  most: number,
): Promise<UnknownMessage[]> {
  return prisma.message.findMany({
    where: { state: 'unknown' },
    select: {
      ...{ id: true, msisdn: true, purpose: true },
      ...{ reason: true, gateway: true, begunAt: true },
    },
    orderBy: { id: 'asc' },
    take: most,
  });
}
