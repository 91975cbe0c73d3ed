import type { Database } from '../runtime/database';
import type { MessageState } from './lifecycle';
import type { OperatorLane } from './operator-lane';

/** How many messages of a campaign stand in one state on one network, and what they cost so far. */
export interface MessageSum {
  operator: OperatorLane;
  state: MessageState;
  messages: number;
  segments: number;
  priceXof: number;
}

/** What became of a campaign's messages: a sum over some rows, however many messages there are. */
export async function messageSums(
  { pool }: Pick<Database, 'pool'>,
  campaignId: number,
): Promise<MessageSum[]> {
  const { rows } = await pool.query<MessageSum>(
    `select operator, state, sum(messages)::integer as messages, sum(segments)::integer as segments,
       sum(price_xof)::float8 as "priceXof"
     from message_counts where subject_id = $1 group by operator, state having sum(messages) <> 0
     order by operator, state`,
    [campaignId],
  );
  return rows;
}

/** Messages of a campaign that left a sender in the last minute, by the store's clock. */
export async function goneInLastMinute(
  { pool }: Pick<Database, 'pool'>,
  campaignId: number,
): Promise<number> {
  const { rows } = await pool.query<{ gone: number }>(
    `select greatest(0, coalesce(sum(messages), 0))::integer as gone from message_counts
     where subject_id = $1 and counted_at > clock_timestamp() - interval '1 minute'
       and state in ('sent', 'delivered', 'failed', 'unknown')`,
    [campaignId],
  );
  return rows[0]?.gone ?? 0;
}

/** Adds up what is older than two minutes, so that a campaign keeps some rows and not one for each statement. @returns rows that went */
export async function gatherCounts({
  pool,
}: Pick<Database, 'pool'>): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `with many as (select subject_id from message_counts group by subject_id having count(*) > 200),
     taken as (delete from message_counts where subject_id in (select subject_id from many)
         and counted_at < clock_timestamp() - interval '2 minutes'
       returning subject_id, operator, state, messages, segments, price_xof, counted_at),
     kept as (insert into message_counts (subject_id, operator, state, messages, segments, price_xof, counted_at)
       select subject_id, operator, state, sum(messages), sum(segments), sum(price_xof), max(counted_at)
       from taken group by subject_id, operator, state)
     select count(*)::integer as count from taken`,
  );
  return rows[0]?.count ?? 0;
}
