import type { Database } from '../runtime/database';
import type { OperatorLane } from '../messaging/operator-lane';

/** One line of a cost statement. */
export interface CostLine {
  /** YYYY-MM. */
  month: string;
  financing: string;
  operator: OperatorLane;
  messages: number;
  segments: number;
  costXof: number;
}

/**
 * What campaigns cost, by month, financing and network, from the messages that gateways took.
 * @param from first day, `to` the day after the last
 */
export async function costStatement(
  { pool }: Pick<Database, 'pool'>,
  { from, to }: { from: string; to: string },
): Promise<CostLine[]> {
  const { rows } = await pool.query<CostLine>(
    `select to_char(m.sent_at at time zone 'UTC', 'YYYY-MM') as month, coalesce(c.financing, '-') as financing,
       coalesce(m.operator, 'other') as operator, count(*)::integer as messages, sum(m.segments)::integer as segments,
       coalesce(sum(m.price_xof), 0)::float8 as "costXof"
     from campaigns c join messages m on m.subject_id = c.id and m.purpose = 'campaign.message'
     where m.sent_at >= $1::date and m.sent_at < $2::date
     group by 1, 2, 3 order by 1, 2, 3`,
    [from, to],
  );
  return rows;
}
