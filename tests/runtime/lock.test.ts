import { connectDatabase, type Database } from '../../src/runtime/database';
import { withLock } from '../../src/runtime/lock';
import { testDatabase, type TestDatabase } from '../support/database';

let store: TestDatabase;
let other: Database;

beforeAll(async () => {
  store = await testDatabase();
  // A second program on the same store.
  other = connectDatabase(store.url, { max: 2, connectTimeoutMs: 10_000 });
});

afterAll(async () => {
  await other.close();
  await store.close();
});

const quick = () => Promise.resolve('done');

test('while one works, another is told that it is busy, and later gets its turn', async () => {
  const first = await withLock(store.db, 'import', async () => {
    expect(await withLock(other, 'import', quick)).toEqual({ kind: 'busy' });
    expect(await withLock(other, 'export', quick)).toEqual({
      kind: 'done',
      value: 'done',
    });
    return 7;
  });
  expect(first).toEqual({ kind: 'done', value: 7 });
  expect(await withLock(other, 'import', quick)).toMatchObject({
    kind: 'done',
  });
});

test('work that fails gives the lock back', async () => {
  await expect(
    withLock(store.db, 'import', () => Promise.reject(new Error('no'))),
  ).rejects.toThrow('no');
  expect(await withLock(other, 'import', quick)).toMatchObject({
    kind: 'done',
  });
});

test('a program whose connection dies gives the lock back', async () => {
  await expect(
    withLock(other, 'import', () =>
      store.db.pool.query(
        `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database =
         (select oid from pg_database where datname = current_database())`,
      ),
    ),
  ).rejects.toThrow();
  expect(await withLock(store.db, 'import', quick)).toMatchObject({
    kind: 'done',
  });
});
