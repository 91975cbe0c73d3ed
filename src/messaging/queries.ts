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

const depth = `
  select class, state, count(*)::int as count, min(due_at) as oldest from open_messages group by class, state
  union all
  select m.class, m.state, count(*)::int, min(m.due_at) from messages m
    where m.id = any(array(select unnest(message_ids) from message_claims)) and m.state = 'sending'
    group by m.class, m.state`;

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
  { pool }: Pick<Database, 'pool'>,
  most: number,
): Promise<UnknownMessage[]> {
  const { rows } = await pool.query<UnknownMessage>(
    `select m.id, m.msisdn, m.purpose, m.reason, m.gateway, m.begun_at as "begunAt"
       from open_messages open join messages m using (id)
       where open.state = 'unknown' and m.state = 'unknown' order by open.id limit $1`,
    [most],
  );
  return rows;
}
