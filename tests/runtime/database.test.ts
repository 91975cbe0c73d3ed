import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  connectDatabase,
  inTransaction,
  type Database,
} from '../../src/runtime/database';
import { joinOrStartPostgres } from '../../src/runtime/embedded-postgres';
import { readPostmaster } from '../../src/runtime/postmaster-file';
import {
  scratchDatabase,
  testDatabase,
  type TestDatabase,
} from '../support/database';

let store: TestDatabase;

beforeAll(async () => {
  store = await testDatabase();
});

beforeEach(() => store.truncateAll());

afterAll(() => store.close());

function aRule(db: Pick<Database, 'prisma'>, code: string) {
  return db.prisma.benefitRule.create({
    data: {
      code,
      programme: 'Jigisèmèjiri',
      financing: 'IDA',
      nameFr: 'Transfert',
      monthlyAmountXof: 10_000,
      validFrom: new Date('2026-03-29'),
    },
  });
}

test('a day read by SQL is its text, read by Prisma its midnight in UTC', async () => {
  await aRule(store.db, 'R1');
  const bySql = await store.db.pool.query(
    'select valid_from, valid_to from benefit_rules',
  );
  const byPrisma = await store.db.prisma.benefitRule.findFirst({
    select: { validFrom: true, validTo: true },
  });
  expect(bySql.rows).toEqual([{ valid_from: '2026-03-29', valid_to: null }]);
  expect(byPrisma).toEqual({
    validFrom: new Date('2026-03-29T00:00:00Z'),
    validTo: null,
  });
});

test('days are those of Bamako whatever the server is set to', async () => {
  const scratch = await scratchDatabase({ migrated: false });
  await scratch.db.pool.query(
    `do $$ begin execute format('alter database %I set timezone to %L', current_database(), 'Asia/Tokyo'); end $$`,
  );
  const later = connectDatabase(scratch.url, { max: 1 });
  const { rows } = await later.pool.query<{ day: string }>(
    `select (timestamptz '2026-03-29T18:00Z')::date as day`,
  );
  await later.close();
  await scratch.close();
  expect(rows).toEqual([{ day: '2026-03-29' }]);
});

test('an instant read by SQL is a Date, a list of days stays text', async () => {
  const found = await store.db.pool.query(
    `select timestamptz '2026-03-29T10:00Z' as at, array[date '2026-03-29'] as days, array[1, 2] as counts`,
  );
  expect(found.rows).toEqual([
    {
      at: new Date('2026-03-29T10:00:00Z'),
      days: ['2026-03-29'],
      counts: [1, 2],
    },
  ]);
});

test('a transaction that fails leaves nothing', async () => {
  await expect(
    inTransaction(store.db, async (tx) => {
      await aRule({ prisma: tx as Database['prisma'] }, 'R1');
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await store.db.prisma.benefitRule.count()).toBe(0);
});

describe.each([
  [
    'through Prisma',
    (code: string) =>
      (tx: Parameters<Parameters<typeof inTransaction>[1]>[0]) =>
        tx.benefitRule.update({ where: { code }, data: { nameFr: 'changed' } }),
  ],
  [
    'through SQL',
    (code: string) =>
      (tx: Parameters<Parameters<typeof inTransaction>[1]>[0]) =>
        tx.$executeRaw`update benefit_rules set name_fr = 'changed' where code = ${code}`,
  ],
])('two transactions in each other’s way %s', (_name, change) => {
  test('both succeed: the one given up is done again', async () => {
    await aRule(store.db, 'R1');
    await aRule(store.db, 'R2');
    let tries = 0;
    let bothBegan: (() => void) | undefined;
    const meeting = new Promise<void>((resolve) => {
      bothBegan = resolve;
    });
    const swap = (first: string, second: string) =>
      inTransaction(
        store.db,
        async (tx) => {
          await change(first)(tx);
          tries += 1;
          if (tries === 2) bothBegan?.();
          await meeting;
          await change(second)(tx);
        },
        { timeoutMs: 10_000 },
      );
    await Promise.all([swap('R1', 'R2'), swap('R2', 'R1')]);
    expect(tries).toBe(3);
  });
});

test('a transaction that is always given up ends after three tries', async () => {
  let tries = 0;
  await expect(
    inTransaction(store.db, async (tx) => {
      tries += 1;
      await tx.$executeRaw`do $$ begin raise sqlstate '40001'; end $$`;
    }),
  ).rejects.toThrow();
  expect(tries).toBe(3);
});

test('a broken rule is not tried again', async () => {
  await aRule(store.db, 'R1');
  let tries = 0;
  await expect(
    inTransaction(store.db, async (tx) => {
      tries += 1;
      await aRule({ prisma: tx as Database['prisma'] }, 'R1');
    }),
  ).rejects.toThrow();
  expect(tries).toBe(1);
});

test('a slow statement is ended', async () => {
  const db = connectDatabase(store.url, {
    max: 1,
    connectTimeoutMs: 5000,
    statementTimeoutMs: 200,
  });
  await expect(db.pool.query('select pg_sleep(5)')).rejects.toThrow(
    /statement timeout/,
  );
  expect((await db.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await db.close();
});

test('nobody waits long for a connection that others hold', async () => {
  const db = connectDatabase(store.url, { max: 1, connectTimeoutMs: 1500 });
  const held = await db.pool.connect();
  await expect(db.pool.query('select 1')).rejects.toThrow(/timeout/);
  held.release();
  await db.close();
});

describe('when the server', () => {
  let dataDir: string;
  let db: Database;
  let lost: Error[];
  let release: () => Promise<void>;

  beforeEach(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'jigi-database-'));
    lost = [];
    await open();
  });

  afterEach(async () => {
    await db.close();
    await release();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function open(): Promise<void> {
    const server = await joinOrStartPostgres({ dataDir });
    release = () => server.release();
    db = connectDatabase(server.url, {
      max: 3,
      // Enough for a machine with much else to do.
      connectTimeoutMs: 3000,
      statementTimeoutMs: 1000,
      onLostConnection: (error) => lost.push(error),
    });
  }

  const serverPid = () =>
    readPostmaster(path.join(dataDir, 'postgres'))?.pid ?? 0;

  test('goes away, calls fail at once, idle and busy connections alike, and the process lives', async () => {
    const busy = await db.pool.connect();
    try {
      await Promise.all([
        db.pool.query('select 1'),
        db.prisma.$queryRaw`select 1`,
      ]);
      const running = busy.query('select pg_sleep(60)');
      const idleLost = new Promise((resolve) => db.pool.once('error', resolve));
      process.kill(serverPid(), 'SIGQUIT');
      await expect(running).rejects.toThrow();
      await idleLost;
    } finally {
      busy.release(true);
    }
    await expect(db.pool.query('select 1')).rejects.toThrow();
    await expect(db.prisma.$queryRaw`select 1`).rejects.toThrow();
    await expect(
      inTransaction(db, (tx) => tx.$queryRaw`select 1`),
    ).rejects.toThrow();
    expect(lost.length).toBeGreaterThan(0);
  });

  test('says nothing any more, calls fail soon, and go well when it speaks again', async () => {
    await db.pool.query('select 1');
    const pid = serverPid();
    const backend = await db.pool.query<{ pid: number }>(
      'select pg_backend_pid() as pid',
    );
    const frozen = [pid, backend.rows[0]?.pid ?? 0];
    for (const each of frozen) process.kill(each, 'SIGSTOP');
    await expect(db.pool.query('select 1')).rejects.toThrow(/timeout/);
    await expect(db.pool.query('select 1')).rejects.toThrow(/timeout/);
    for (const each of frozen) process.kill(each, 'SIGCONT');
    expect((await db.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('restarts, the same pool serves on', async () => {
    const address = new URL(String(db.pool.options.connectionString));
    await db.pool.query('select 1');
    await release();
    const again = await joinOrStartPostgres({
      dataDir,
      settings: { port: address.port },
    });
    release = () => again.release();
    expect((await db.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(
      await inTransaction(db, (tx) => tx.$queryRaw`select 1 as one`),
    ).toEqual([{ one: 1 }]);
  });
});
