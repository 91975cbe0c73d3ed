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
  const ask = async (call: string) => {
    const answer = await client.query<{ yes: boolean }>(
      `select ${call}(hashtextextended($1, 0)) as yes`,
      [`jigi ${name}`],
    );
    return answer.rows[0]?.yes === true;
  };
  let held = true;
  try {
    held = await ask('pg_try_advisory_lock');
    if (!held) return { kind: 'busy' };
    const value = await work();
    held = !(await ask('pg_advisory_unlock'));
    return { kind: 'done', value };
  } catch (error) {
    if (held) held = !(await ask('pg_advisory_unlock').catch(() => false));
    throw error;
  } finally {
    // A connection that may still hold the lock is closed, not lent again.
    client.release(held);
  }
}
