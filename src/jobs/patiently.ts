import { connectDatabase, type Database } from '../runtime/database';
import { cutWhen } from './cut-when';

/**
 * Does work that may be long, on connections that wait for long statements and are cut when the process ends: it is
 * done again then.
 * @param connections how many at most
 */
export async function patiently<T>(
  databaseUrl: string,
  stopping: AbortSignal,
  work: (db: Database) => Promise<T>,
  connections = 2,
): Promise<T> {
  const db = connectDatabase(databaseUrl, {
    ...{ max: connections, connectTimeoutMs: 10_000, statementTimeoutMs: 0 },
  });
  const uncut = cutWhen(stopping, db);
  try {
    return await work(db);
  } finally {
    await db.close();
    uncut();
  }
}
