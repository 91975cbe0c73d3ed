import type { Database } from '../runtime/database';

/** How many callbacks of one kind the journal holds. */
export interface JournalCount {
  gateway: string;
  door: string;
  outcome: string;
  entries: number;
  bytes: number;
}

/** What the journal holds, by gateway, door and outcome. */
export async function journalCounts({
  pool,
}: Pick<Database, 'pool'>): Promise<JournalCount[]> {
  const { rows } = await pool.query<JournalCount>(
    `select gateway, door, outcome, count(*)::int as entries, sum(octet_length(body))::float8 as bytes
      from callback_entries group by gateway, door, outcome order by gateway, door, outcome`,
  );
  return rows;
}
