import type { Database } from './database';

/** What became of work under a lock: done, or not begun because another program is at it. */
export type Locked<T> = { kind: 'done'; value: T } | { kind: 'busy' };

/**
 * Runs `work` unless another program, on any machine, runs work under the same name. The lock lives with one
 * connection: PostgreSQL frees it when the program dies.
 */
export async function withLock<T>(
  { pool }: Pick<Database, 'pool'>,
  name: string,
  work: () => Promise<T>,
): Promise<Locked<T>> {
  const client = await pool.connect();
  let freed = false;
  try {
    const answer = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [`jigi ${name}`],
    );
    if (answer.rows[0]?.taken !== true) {
      freed = true;
      return { kind: 'busy' };
    }
    const value = await work();
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [
      `jigi ${name}`,
    ]);
    freed = true;
    return { kind: 'done', value };
  } finally {
    // A connection that may still hold the lock is closed, not lent again.
    client.release(!freed);
  }
}
