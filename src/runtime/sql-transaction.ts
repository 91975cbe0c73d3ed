import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { isGivenUp, type Database } from './database';

/** A connection inside a transaction, for hot and bulk SQL. */
export type SqlTx = Pick<pg.PoolClient, 'query'>;

const ATTEMPTS = 3;

/**
 * Runs statements in one transaction, without Prisma; done again, at most twice, when PostgreSQL gave it up in
 * favour of another. A connection on which anything failed is closed, not lent again.
 */
export async function inSqlTransaction<T>(
  { pool }: Pick<Database, 'pool'>,
  work: (tx: SqlTx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isGivenUp(error)) throw error;
      await pause(10 + Math.random() * 40);
    }
  }
}

async function once<T>(
  pool: pg.Pool,
  work: (tx: SqlTx) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const done = await work(client);
    await client.query('commit');
    client.release();
    return done;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
