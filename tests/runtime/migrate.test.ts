import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '../../src/runtime/migrate';
import { scratchDatabase, type TestDatabase } from '../support/database';

let store: TestDatabase;
let folder: string;

beforeEach(async () => {
  store = await scratchDatabase({ migrated: false });
  folder = mkdtempSync(path.join(tmpdir(), 'jigi-migrations-'));
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, sql: string): string {
  mkdirSync(path.join(folder, name), { recursive: true });
  const file = path.join(folder, name, 'migration.sql');
  writeFileSync(file, sql);
  return file;
}

async function book() {
  const found = await store.db.pool.query<Record<string, unknown>>(
    'select * from _prisma_migrations order by migration_name',
  );
  return found.rows;
}

test('all migrations of the package are applied once', async () => {
  const names = readdirSync(path.join(__dirname, '../../prisma/migrations'), {
    withFileTypes: true,
  })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  expect(await migrate(store.url)).toEqual(names);
  expect(await migrate(store.url)).toEqual([]);
});

test('a migration is recorded as Prisma Migrate does', async () => {
  const file = write('20260101000000_one', 'create table one (); -- é');
  await migrate(store.url, folder);
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  const [entry, ...others] = await book();
  expect(others).toEqual([]);
  expect(entry).toMatchObject({
    checksum: sha256,
    migration_name: '20260101000000_one',
    logs: null,
    rolled_back_at: null,
    applied_steps_count: 1,
  });
  expect(entry?.['id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(entry?.['started_at']).toBeInstanceOf(Date);
  expect(entry?.['finished_at']).toBeInstanceOf(Date);
});

test('programs that start together apply each migration once', async () => {
  write('20260101000000_one', 'create table one (); select pg_sleep(0.05)');
  write('20260102000000_two', 'create table two ()');
  const applied = await Promise.all(
    [1, 2, 3, 4].map(() => migrate(store.url, folder)),
  );
  expect(applied.flat().sort()).toEqual([
    '20260101000000_one',
    '20260102000000_two',
  ]);
  expect(await book()).toHaveLength(2);
});

test('a migration that fails leaves nothing, and those before it stay', async () => {
  write('20260101000000_one', 'create table one ()');
  write('20260102000000_two', 'create table two (); select no_such_column');
  await expect(migrate(store.url, folder)).rejects.toThrow(
    'migration 20260102000000_two failed',
  );
  expect(await book()).toHaveLength(1);
  const two = await store.db.pool.query(`select to_regclass('two') as found`);
  expect(two.rows).toEqual([{ found: null }]);
});

test('a migration that cannot be recorded is not applied', async () => {
  write(
    '20260101000000_one',
    'create table one (); alter table _prisma_migrations rename to elsewhere',
  );
  await expect(migrate(store.url, folder)).rejects.toThrow(/failed/);
  const one = await store.db.pool.query(`select to_regclass('one') as found`);
  expect(one.rows).toEqual([{ found: null }]);
});

test('a migration edited after it was applied is refused', async () => {
  const file = write('20260101000000_one', 'create table one ()');
  await migrate(store.url, folder);
  appendFileSync(file, '\n');
  await expect(migrate(store.url, folder)).rejects.toThrow(
    /20260101000000_one a été modifiée/,
  );
});

test('a database newer than this version is refused', async () => {
  write('20260101000000_one', 'create table one ()');
  await migrate(store.url, folder);
  renameSync(
    path.join(folder, '20260101000000_one'),
    path.join(folder, '20260101000000_other'),
  );
  await expect(migrate(store.url, folder)).rejects.toThrow(
    /connaît la migration 20260101000000_one/,
  );
});

test('a migration that another tool left half done is refused', async () => {
  write('20260101000000_one', 'create table one ()');
  await migrate(store.url, folder);
  await store.db.pool.query('update _prisma_migrations set finished_at = null');
  await expect(migrate(store.url, folder)).rejects.toThrow(
    /a commencé sans finir/,
  );
});
