import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../src/runtime/database';

/** Waits until a statement waits for another's lock. @param words with which it begins; any, where none are given */
export async function lockIsWaitedFor(
  { pool }: Pick<Database, 'pool'>,
  words = '',
): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `select from pg_stat_activity where datname = current_database()
         and wait_event_type = 'Lock' and ltrim(query, E' \\n') ilike $1`,
      [`${words}%`],
    );
    if (rowCount !== 0) return;
    await pause(5);
  }
}
