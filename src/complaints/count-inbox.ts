import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import { type InboxReader, viewCondition } from './inbox';
import { type InboxView, inboxViews } from './inbox-views';
import { seenBy } from './visibility';

/** How many complaints each view of an account holds; what is closed is not counted. */
export type InboxCounts = Readonly<
  Record<Exclude<InboxView, 'closed'>, number>
>;

const counted = inboxViews.filter((view) => view !== 'closed');

/** Counts every open view of an account in one pass over what is open. */
export async function countInbox(
  { pool }: Pick<Database, 'pool'>,
  reader: InboxReader,
): Promise<InboxCounts> {
  const { bind, include, values } = boundValues();
  const counts = counted.map(
    (view) =>
      `count(*) filter (where ${viewCondition(bind, reader, view)})::int as "${view}"`,
  );
  const { rows } = await pool.query<InboxCounts>(
    `select ${counts.join(', ')} from complaints c
     where c.closed_at is null and ${include((from) => seenBy(reader.officer, from))}`,
    values,
  );
  const [first] = rows;
  if (first === undefined) throw new Error('a count answers one row');
  return first;
}
