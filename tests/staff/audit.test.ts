import { inTransaction } from '../../src/runtime/database';
import { recordAudit, type AuditedAct } from '../../src/staff/audit';
import { verifyAudit } from '../../src/staff/verify-audit';
import { scratchDatabase, type TestDatabase } from '../support/database';

let store: TestDatabase;

beforeAll(async () => {
  store = await scratchDatabase();
});

beforeEach(() => store.truncateAll());

afterAll(() => store.close());

const record = (...acts: AuditedAct[]) =>
  inTransaction(store.db, async (tx) => {
    for (const act of acts) await recordAudit(tx, act);
  });

const anAct = (n: number): AuditedAct => ({
  actor: `officer:${n}`,
  action: 'test.done',
  subject: `test:${n}`,
  details: { when: 'déjà « vu »', zeta: 1, a: true, count: 12.5 },
});

/** Changes the chain as somebody would who owns the server. */
async function tamper(sql: string): Promise<void> {
  await store.db.pool.query(
    `begin; set local session_replication_role = replica; ${sql}; commit`,
  );
}

async function chainOf(count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) await record(anAct(n));
}

test('acts are linked in the order in which they were committed, and the chain is whole', async () => {
  await record(anAct(1), anAct(2));
  await record({ actor: 'cli', action: 'test.bare' });
  const rows = await store.db.prisma.auditEntry.findMany({
    orderBy: { id: 'asc' },
  });
  expect(rows.map(({ id, subject }) => [id, subject])).toEqual([
    [1, 'test:1'],
    [2, 'test:2'],
    [3, ''],
  ]);
  expect(rows.map(({ previous }) => previous)).toEqual([
    '',
    ...rows.slice(0, 2).map(({ hash }) => hash),
  ]);
  expect(await verifyAudit(store.db)).toEqual({
    ...{ checked: 3, breach: undefined, lastHash: rows[2]?.hash },
    ...{ cutAfter: undefined, isExpectedMet: true },
  });
  expect(await store.db.prisma.auditDraft.count()).toBe(0);
});

test('an act that is taken back leaves no entry and no gap', async () => {
  await record(anAct(1));
  const failed = inTransaction(store.db, async (tx) => {
    await recordAudit(tx, anAct(2));
    throw new Error('taken back');
  });
  await expect(failed).rejects.toThrow('taken back');
  await record(anAct(3));
  expect(await verifyAudit(store.db)).toMatchObject({
    checked: 2,
    breach: undefined,
  });
});

test('many writers at once make one chain', async () => {
  // More would queue for a connection longer than a transaction waits for one on a busy machine.
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => record(anAct(10 * round + n))),
    );
  }
  expect(await verifyAudit(store.db)).toMatchObject({
    checked: 100,
    breach: undefined,
  });
});

test('a transaction that has recorded an act and goes on holds nobody up', async () => {
  await inTransaction(store.db, async (tx) => {
    await recordAudit(tx, anAct(1));
    // Would wait for ever, were the chain locked by now.
    await record(anAct(2));
    await recordAudit(tx, anAct(3));
  });
  const rows = await store.db.prisma.auditEntry.findMany({
    orderBy: { id: 'asc' },
  });
  expect(rows.map(({ subject }) => subject)).toEqual([
    ...['test:2', 'test:1', 'test:3'],
  ]);
  expect(await verifyAudit(store.db)).toMatchObject({ checked: 3 });
});

test.each([
  [
    'an altered row',
    `update audit_entries set actor = 'x' where id = 3`,
    { kind: 'altered', id: 3 },
  ],
  [
    'an altered detail',
    `update audit_entries set detail = detail || '{"count": 13}' where id = 3`,
    { kind: 'altered', id: 3 },
  ],
  [
    'an altered instant',
    `update audit_entries set happened_at = happened_at + interval '1 ms' where id = 3`,
    { kind: 'altered', id: 3 },
  ],
  [
    'a row taken out',
    'delete from audit_entries where id = 3',
    { kind: 'missing', id: 3 },
  ],
  [
    'the first rows taken out',
    'delete from audit_entries where id < 3',
    { kind: 'missing', id: 1 },
  ],
  [
    'a tail that was cut',
    'delete from audit_entries where id > 3',
    { kind: 'missing', id: 4 },
  ],
  ['all taken out', 'delete from audit_entries', { kind: 'missing', id: 1 }],
  [
    'a row written past the service',
    `insert into audit_entries (id, happened_at, actor, action, subject, detail, previous, hash)
     select 7, now(), 'x', 'y', '', '{}', hash, 'h' from audit_entries where id = 6`,
    { kind: 'altered', id: 7 },
  ],
])('%s is found and named', async (_what, sql, breach) => {
  await chainOf(6);
  await tamper(sql);
  const verdict = await verifyAudit(store.db);
  expect(verdict.breach).toEqual(breach);
});

test('a chain whose tail and head were both put back is shown by a hash noted before', async () => {
  await chainOf(4);
  const { lastHash } = await verifyAudit(store.db);
  await chainOf(2);
  expect(await verifyAudit(store.db, lastHash)).toMatchObject({
    isExpectedMet: true,
  });
  await tamper(`delete from audit_entries where id > 3;
    update audit_heads set (entry_id, hash) = (select id, hash from audit_entries where id = 3)`);
  expect(await verifyAudit(store.db, lastHash)).toMatchObject({
    ...{ breach: undefined, checked: 3, isExpectedMet: false },
  });
});

test('a chain longer than a page is read page by page', async () => {
  await inTransaction(
    store.db,
    (
      tx,
    ) => tx.$executeRaw`insert into audit_drafts (actor, action, subject, detail)
      select 'cli', 'test.done', n::text, '{}' from generate_series(1, 5003) n`,
    { timeoutMs: 20_000 },
  );
  await tamper(`update audit_entries set actor = 'x' where id = 5002`);
  expect(await verifyAudit(store.db)).toMatchObject({
    ...{ checked: 5001, breach: { kind: 'altered', id: 5002 } },
  });
}, 30_000);
