import { testDatabase, type TestDatabase } from '../support/database';

let store: TestDatabase;

beforeAll(async () => {
  store = await testDatabase();
});

beforeEach(async () => {
  await store.truncateAll();
  await store.db.pool.query(
    `insert into audit_entries (happened_at, actor, action, subject, detail, previous, hash)
     values (now(), 'system', 'start', 'service', '{}', '', 'h')`,
  );
});

afterAll(() => store.close());

const run = (statement: string) => store.db.pool.query(statement);

async function count(): Promise<unknown> {
  const found = await run('select count(*)::int as n from audit_entries');
  return found.rows[0];
}

test.each([
  'payment_results',
  'receipts',
  'ration_receipts',
  'complaint_events',
  'audit_entries',
  'household_views',
])('%s may only be added to', async (table) => {
  const found = await run(
    `select count(*)::int as n from pg_trigger where tgrelid = '${table}'::regclass and not tgisinternal and tgenabled = 'O'`,
  );
  expect(found.rows).toEqual([{ n: 2 }]);
});

test.each([
  `update audit_entries set actor = 'other'`,
  'delete from audit_entries',
  'truncate audit_entries',
])('"%s" is refused', async (statement) => {
  await expect(run(statement)).rejects.toThrow(
    /audit_entries is append-only: \w+ refused/,
  );
  expect(await count()).toEqual({ n: 1 });
});

test('retention may delete, in its own transaction only', async () => {
  await run(
    `begin; set local jigi.retention = 'on'; delete from audit_entries; rollback`,
  );
  await expect(run('delete from audit_entries')).rejects.toThrow(/append-only/);
  await run(
    `begin; set local jigi.retention = 'on'; delete from audit_entries; commit`,
  );
  expect(await count()).toEqual({ n: 0 });
});

test('retention may not rewrite', async () => {
  const client = await store.db.pool.connect();
  await client.query(`begin; set local jigi.retention = 'on'`);
  await expect(
    client.query(`update audit_entries set actor = 'other'`),
  ).rejects.toThrow(/append-only/);
  await client.query('rollback');
  client.release();
});

test.each([
  [`note = 'other'`, false],
  [`note = null, actor = 'system'`, false],
  ['note = null', true],
])(
  'of a history retention may blank the note, and nothing else: %s',
  async (change, may) => {
    await run(
      `insert into complaints (id, event_id, reference, category, subject, status, level, origin, respond_by, locale, proof_level, filed_at)
       values (1, 'c', '12345674', 'C2', 's', 'RECEIVED', 'N2', 'ussd', 'dial', 'fr', 'L0', now());
     insert into complaint_events (complaint_id, kind, to_status, actor, note, happened_at)
       values (1, 'filed', 'RECEIVED', 'complainant', 'told', now())`,
    );
    const client = await store.db.pool.connect();
    await client.query(`begin; set local jigi.retention = 'on'`);
    const changed = await client
      .query(`update complaint_events set ${change}`)
      .then(
        () => true,
        () => false,
      );
    await client.query('rollback');
    client.release();
    expect(changed).toBe(may);
    await expect(
      run('update complaint_events set note = null'),
    ).rejects.toThrow(/append-only/);
  },
);
