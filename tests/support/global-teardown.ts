import { rmSync } from 'node:fs';
import pg from 'pg';
import { runNames } from './test-server';

/** Stops the run's PostgreSQL, or drops the run's databases from a server that was given. */
// eslint-disable-next-line no-restricted-syntax -- Jest looks for the default export
export default async function tearDown(): Promise<void> {
  const run = globalThis.jigiTestRun;
  if (run === undefined) return;
  if (run.embedded === undefined) {
    await dropDatabases(run.serverUrl);
    return;
  }
  await run.embedded.server.release();
  rmSync(run.embedded.folder, { recursive: true, force: true });
}

async function dropDatabases(serverUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  const found = await admin.query<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1)',
    [runNames().prefix],
  );
  for (const { name } of found.rows)
    await admin.query(`drop database if exists ${name} with (force)`);
  await admin.end();
}
