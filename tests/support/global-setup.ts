import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import {
  joinOrStartPostgres,
  type EmbeddedPostgres,
} from '../../src/runtime/embedded-postgres';
import { migrate } from '../../src/runtime/migrate';
import { runningProgram } from '../../src/runtime/running-program';
import { runNames, withDatabaseName } from './test-server';

const FOLDER = 'jigi-test-';

/** What teardown needs; both run in Jest's own process. */
export interface TestRun {
  serverUrl: string;
  embedded?: { server: EmbeddedPostgres; folder: string };
}

declare global {
  var jigiTestRun: TestRun | undefined;
}

/** Starts one real PostgreSQL for the whole run (or uses DATABASE_URL) and migrates the template database once. */
// eslint-disable-next-line no-restricted-syntax -- Jest looks for the default export
export default async function setUp(): Promise<void> {
  const given = process.env['DATABASE_URL'];
  const run: TestRun =
    given === undefined || given === ''
      ? await startEmbedded()
      : { serverUrl: given };
  globalThis.jigiTestRun = run;
  process.env['JIGI_TEST_SERVER'] = run.serverUrl;
  process.env['JIGI_TEST_RUN'] = String(process.pid);
  const template = runNames().template;
  const admin = new pg.Client({ connectionString: run.serverUrl });
  await admin.connect();
  await admin.query(`drop database if exists ${template}`);
  await admin.query(`create database ${template}`);
  await admin.end();
  await migrate(withDatabaseName(run.serverUrl, template));
}

async function startEmbedded(): Promise<TestRun> {
  await sweepDeadRuns();
  const folder = mkdtempSync(path.join(tmpdir(), `${FOLDER}${process.pid}-`));
  const server = await joinOrStartPostgres({
    dataDir: folder,
    // Nothing here outlives the run: waiting for the disk would only cost time.
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
    },
  });
  return { serverUrl: server.url, embedded: { server, folder } };
}

/** A run that was killed leaves its server: stop it and clear its folder. */
async function sweepDeadRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(/^jigi-test-(\d+)-/.exec(name)?.[1]);
    if (!pid || runningProgram(pid) !== undefined) continue;
    const folder = path.join(tmpdir(), name);
    try {
      await (await joinOrStartPostgres({ dataDir: folder })).release();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
