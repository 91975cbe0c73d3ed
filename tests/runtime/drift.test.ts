import { execFile } from 'node:child_process';
import path from 'node:path';
import { scratchDatabase, type TestDatabase } from '../support/database';

let store: TestDatabase;

beforeEach(async () => {
  store = await scratchDatabase();
});

afterEach(() => store.close());

/** The schema engine is an ESM package, which a test cannot import: it runs as `npm run db:diff` does. */
function diff(): Promise<{ code: number; sql: string }> {
  const script = path.join(__dirname, '../../scripts/db-diff.cjs');
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [script, '--url', store.url],
      (_error, stdout) => {
        resolve({ code: child.exitCode ?? -1, sql: stdout });
      },
    );
  });
}

test('the migrations make the store that the schema describes', async () => {
  expect(await diff()).toEqual({ code: 0, sql: '' });
});

test('a column that the schema does not know is found', async () => {
  await store.db.pool.query('alter table waves add column strange text');
  const { code, sql } = await diff();
  expect(code).toBe(2);
  expect(sql).toContain('ALTER TABLE "waves" DROP COLUMN "strange"');
});

test('a missing index is found', async () => {
  await store.db.pool.query('drop index payments_wave_id_idx');
  const { code, sql } = await diff();
  expect(code).toBe(2);
  expect(sql).toContain('CREATE INDEX "payments_wave_id_idx"');
});
