import { setTimeout as pause } from 'node:timers/promises';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { importFiles } from '../../src/exchange/import-files';
import { cutWhen } from '../../src/jobs/cut-when';
import { runEvery } from '../../src/jobs/run-every';
import { timetable } from '../../src/jobs/timetable';
import { fixedClock } from '../../src/runtime/clock';
import { connectDatabase } from '../../src/runtime/database';
import { createLogger } from '../../src/runtime/logger';
import { campaignDesk } from '../support/campaigns';
import { testDatabase, type TestDatabase } from '../support/database';
import { smsWording } from '../support/reminders';

const clock = fixedClock('2026-03-12T10:00:00Z');
const ROWS = 200;
let store: TestDatabase;
let folder: string;
let file: string;

beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  folder = mkdtempSync(path.join(tmpdir(), 'jigi-stopped-'));
  file = path.join(folder, 'menages.csv');
  const rows = Array.from(
    { length: ROWS },
    (_, at) => `H${at};ML010515;Koulouniko;Awa;Sissoko;2026-03-01T06:00:00Z`,
  );
  const header =
    'household_number;pcode;village;recipient_first_name;recipient_last_name;updated_at';
  writeFileSync(file, `${[header, ...rows].join('\n')}\n`);
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => store.close());

/** The timetable's job for this folder, and what it logged. */
function watching() {
  const lines: string[] = [];
  const log = createLogger({
    level: 'info',
    destination: { write: (line) => lines.push(line) },
  });
  const job = timetable({
    ...{ wording: smsWording, campaigns: campaignDesk(store.db) },
    ...{ db: store.db, clock, log, databaseUrl: store.url, importDir: folder },
    smsGateways: new Map(),
  }).find(({ name }) => name === 'take in register files');
  if (job === undefined) throw new Error('the folder is not watched');
  return { job, log, lines };
}

test('a watched folder is taken in on connections of its own', async () => {
  const { job } = watching();
  expect(await job.run(new AbortController().signal)).toBe(1);
  expect(existsSync(path.join(folder, 'done/menages.csv'))).toBe(true);
  expect(await store.db.prisma.household.count()).toBe(ROWS);
});

test('a stop does not wait for an import, and the file is taken in the next time', async () => {
  const { job, log, lines } = watching();
  const other = await store.db.pool.connect();
  const lock = `hashtextextended('jigi exchange import', 0)`;
  await other.query(`select pg_advisory_lock(${lock})`);
  const running = runEvery([{ ...job, everyMs: 1 }], log);
  await waiters(1);

  await running.stop();
  expect(lines.join('')).toContain('job given up');
  expect(lines.join('')).not.toContain('"level":"error"');
  expect(existsSync(file)).toBe(true);

  await other.query(`select pg_advisory_unlock(${lock})`);
  other.release();
  expect(await job.run(new AbortController().signal)).toBe(1);
  expect(await store.db.prisma.household.count()).toBe(ROWS);
});

test.each([1, 4, 5, 9])(
  'an import that is cut after piece %i fails, leaves no half-row, and can be done again',
  async (last) => {
    const desk = () => ({
      db: connectDatabase(store.url, { max: 6, statementTimeoutMs: 0 }),
      ...{ clock, warn: () => undefined },
    });
    const stopping = new AbortController();
    const cut = desk();
    cutWhen(stopping.signal, cut.db);
    let pieces = 0;
    await expect(
      importFiles(
        {
          ...{ ...cut, batchRows: 20, pieceBytes: 1024 },
          progress: () => {
            pieces += 1;
            if (pieces === last) stopping.abort();
          },
        },
        [file],
      ),
    ).rejects.toThrow();
    await cut.db.close();
    await atRest();
    const applied = await store.db.prisma.household.count();
    expect(applied).toBeLessThan(ROWS);

    const again = desk();
    const outcome = await importFiles(again, [file]);
    await again.db.close();
    expect(outcome).toMatchObject({
      summaries: [
        {
          read: ROWS,
          created: ROWS - applied,
          unchanged: applied,
          rejected: 0,
        },
      ],
    });
  },
);

/** Resolves once PostgreSQL is done with what it had been told before its connections were cut. */
async function atRest(): Promise<void> {
  const { pool } = store.db;
  for (;;) {
    const { rows } = await pool.query(
      `select 1 from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
    );
    if (rows.length === 0) return;
    await pause(5);
  }
}

/** Resolves once so many connections wait for the lock of imports. */
async function waiters(count: number): Promise<void> {
  const { pool } = store.db;
  for (;;) {
    const { rows } = await pool.query<{ waiting: number }>(
      `select count(*)::int as waiting from pg_locks
       where locktype = 'advisory' and not granted
         and database = (select oid from pg_database where datname = current_database())`,
    );
    if ((rows[0]?.waiting ?? 0) >= count) return;
  }
}
