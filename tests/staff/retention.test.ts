import { fixedClock } from '../../src/runtime/clock';
import { inTransaction } from '../../src/runtime/database';
import { recordAudit } from '../../src/staff/audit';
import { countOver, retain } from '../../src/staff/retain';
import { endedBefore, retentionRules } from '../../src/staff/retention-rules';
import { verifyAudit } from '../../src/staff/verify-audit';
import { scratchDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { writeAudit } from '../support/written-audit';

let store: TestDatabase;
const clock = fixedClock('2026-03-12T10:00:00Z');

beforeAll(async () => {
  store = await scratchDatabase();
});

beforeEach(async () => {
  clock.set('2026-03-12T10:00:00Z');
  await store.truncateAll();
});

afterAll(() => store.close());

const run = (batch = 1000) =>
  retain({ db: store.db, clock, actor: 'cli', batch });

async function rowsOf(table: string): Promise<number> {
  const { rows } = await store.db.pool.query<{ n: number }>(
    `select count(*)::int as n from ${table}`,
  );
  return rows[0]?.n ?? 0;
}

/** A household with a row in every table that hangs on one, all of 2026. */
async function everything(): Promise<void> {
  const householdId = await aHousehold()
    .withCard('90001201', '47')
    .on('+22360000001')
    .owed({ result: 'paid' })
    .enrolled('2023-01-01', '2026-01-31')
    .rationed({ date: '2026-03-01' })
    .meeting({ date: '2026-03-01' })
    .working(10, 1500, ['2026-03-01', '2026-03-05'])
    .granted('paid', 100_000)
    .save(store.db);
  await store.db.pool.query(
    `insert into receipts (event_id, payment_id, answer, proof_level, channel, answered_at)
       select 'r', id, 'RECEIVED', 'L1', 'ussd', '2026-03-12' from payments;
     insert into ration_receipts (event_id, distribution_id, household_id, answer, proof_level, answered_at)
       select 'n', id, ${householdId}, 'RECEIVED', 'L1', '2026-03-12' from distributions;
     insert into phones (msisdn, locale, locale_chosen_at) values ('+22360000001', 'bm', '2026-03-12');
     insert into register_corrections (event_id, household_id, field, opened_at, settled_at)
       values ('k', ${householdId}, 'locale', '2026-03-12', '2026-03-12');
     insert into phone_changes (event_id, household_id, new_msisdn, requested_at, status, decided_at, decided_by)
       values ('p', ${householdId}, '+22360000002', '2026-03-12', 'refused', '2026-03-12', 'officer:1');
     insert into complaints (event_id, reference, category, subject, status, level, origin, respond_by, locale,
         household_id, contact_msisdn, payment_id, proof_level, filed_at, closed_at, named_key, named_text)
       select 'c', '12345674', 'C2', 'payment.amount', 'CLOSED_ACCEPTED', 'N2', 'ussd', 'call', 'fr',
         ${householdId}, '+22360000001', id, 'L1', '2026-03-01', '2026-03-12', 'agent:A7', 'Le guichetier' from payments;
     insert into complaint_questions (complaint_id, kind, code, asked_by, asked_at)
       select id, 'yesNo', 'question.cardInHand', 1, '2026-03-12' from complaints;
     insert into complaint_links (first_id, second_id, kind, linked_by, linked_at)
       select id, id + 7, 'related', 1, '2026-03-12' from complaints;
     insert into complaint_events (complaint_id, kind, from_status, to_status, actor, note, happened_at)
       select id, 'rated', 'CLOSED_ACCEPTED', 'CLOSED_ACCEPTED', 'complainant', 'yes', '2026-03-12' from complaints;
     insert into callbacks (event_id, msisdn, slot, locale, spoken_code, requested_at, call_on)
       values ('b', '+22360000001', 'morning', 'fr', '12', '2026-03-12', '2026-03-12');
     insert into effects_once (key, answer, happened_at) values ('e', '""', '2026-03-12');
     insert into wrong_tries (kind, phone_key, tried_at, effect_key) values ('card', 'p', '2026-03-12', 'e');
     insert into call_ends (session_key, gateway, status, ended_at) values ('s', 'g', 'completed', '2026-03-12');
     insert into nameless_keys values ('2026-03-09', 'salt');
     insert into nameless_limits values ('2026-03-09', 1, 1);
     insert into import_runs (file_name, sha256, kind, rows_read, created, updated, unchanged, stale, rejected, started_at, finished_at)
       values ('f', 'h', 'waves', 0, 0, 0, 0, 0, 0, '2026-03-12', '2026-03-12');
     insert into staff_accounts (login, full_name, role, locale, state, created_at, disabled_at)
       values ('kita', 'Awa Keïta', 'cercleOfficer', 'fr', 'disabled', '2026-01-01', '2026-03-12');
     insert into staff_recovery_codes (account_id, code_hash) select id, 'h' from staff_accounts;
     insert into staff_sessions (account_id, token_hash, stage, address_class, address_key, started_at, seen_at)
       select id, 'h', 'full', '41.73.98.x', 'k', '2026-03-12', '2026-03-12' from staff_accounts;
     insert into staff_links (account_id, token_hash, kind, made_at, expires_at)
       select id, 'h', 'reset', '2026-03-12', '2026-03-12' from staff_accounts;
     insert into staff_sign_in_tries (kind, login_key, address_key, tried_at) values ('password', 'l', 'a', '2026-03-12');
     insert into household_views (account_id, household_id, reason, because, viewed_at)
       select id, ${householdId}, 'control', 'r', '2026-03-12' from staff_accounts;
     insert into campaigns (title, kind, state, audience, texts, ceiling_xof, failure_percent, life_hours, created_at)
       values ('c', 'announcement', 'draft', '{}', '{}', 1, 20, 72, '2026-03-12');
     insert into campaign_events (campaign_id, kind, from_state, to_state, detail, happened_at)
       select id, 'drafted', 'draft', 'draft', '{}', '2026-03-12' from campaigns;
     insert into campaign_recipients (campaign_id, household_id, locale, is_shared, zone, consents, reason, is_first)
       select id, ${householdId}, 'fr', false, 'normal', true, 'noPhone', false from campaigns;
     insert into message_counts (subject_id, operator, state, messages, segments, price_xof, counted_at)
       select id, 'orange', 'sent', 1, 1, 15, '2026-03-12' from campaigns;
     insert into message_gates (subject_id, is_open, changed_at) select id, false, '2026-03-12' from campaigns;
     update nutrition_eligibility set valid_to = '2026-03-12';
     update waves set window_end = '2026-03-12'`,
  );
}

const tables = [
  ...new Set(
    retentionRules.flatMap(({ steps }) => steps.map(({ table }) => table)),
  ),
];

async function filled(): Promise<string[]> {
  const left: string[] = [];
  for (const table of tables) if ((await rowsOf(table)) > 0) left.push(table);
  return left.sort();
}

test.each([
  ['2026-03-12T02:00:00Z', []],
  ['2026-03-12T04:00:00Z', ['effects_once']],
  ['2026-04-08T12:00:00Z', ['nameless_keys', 'nameless_limits']],
  ['2026-03-13T10:00:00Z', ['staff_sign_in_tries']],
  [
    '2026-04-12T00:00:00Z',
    ['call_ends', 'staff_links', 'staff_sessions', 'wrong_tries'],
  ],
  ['2026-06-11T00:00:00Z', ['callbacks']],
  ['2026-06-13T00:00:00Z', ['nutrition_eligibility']],
  ['2027-03-13T00:00:00Z', ['phone_changes', 'register_corrections']],
  ['2028-03-02T00:00:00Z', ['support_sessions']],
  [
    '2028-03-13T00:00:00Z',
    [
      ...['campaign_events', 'campaign_recipients', 'campaigns', 'import_runs'],
      ...['message_counts', 'message_gates'],
    ],
  ],
])('at %s exactly %j are gone, beside what went before', async (at, gone) => {
  await everything();
  clock.set(new Date(new Date(at).getTime() - 86_400_000));
  await run();
  const before = await filled();
  clock.set(at);
  await run();
  expect(await filled()).toEqual(before.filter((t) => !gone.includes(t)));
  expect(gone.filter((table) => !before.includes(table))).toEqual([]);
});

test('twelve months after its end a link goes, and with the last one what the phone chose', async () => {
  await everything();
  await aHousehold().on('+22360000001').save(store.db);
  const end = (n: number, at: string) =>
    store.db.pool.query(
      `update phone_links set ended_at = $2
      where id = (select id from phone_links order by id offset $1 limit 1)`,
      [n, at],
    );
  await end(0, '2026-03-12');
  clock.set('2027-03-13T00:00:00Z');
  await run();
  expect([await rowsOf('phone_links'), await rowsOf('phones')]).toEqual([1, 1]);
  await end(0, '2027-03-13');
  clock.set('2028-03-12T00:00:00Z');
  await run();
  expect([await rowsOf('phone_links'), await rowsOf('phones')]).toEqual([1, 1]);
  clock.set('2028-03-14T00:00:00Z');
  await run();
  expect([await rowsOf('phone_links'), await rowsOf('phones')]).toEqual([0, 0]);
});

test('two years after closing a request keeps no person, and its history no note; three more and it is gone', async () => {
  await everything();
  clock.set('2028-03-13T00:00:00Z');
  await run();
  const { rows } = await store.db.pool.query(
    `select household_id, contact_msisdn, payment_id, note, subject, named_key, named_text
     from complaints c join complaint_events e on e.complaint_id = c.id`,
  );
  expect(rows).toEqual([
    {
      ...{ household_id: null, contact_msisdn: null, payment_id: null },
      ...{ note: null, subject: 'payment.amount' },
      ...{ named_key: null, named_text: null },
    },
  ]);
  clock.set('2031-03-13T00:00:00Z');
  await run();
  for (const table of ['complaints', 'complaint_questions', 'complaint_links'])
    expect(await rowsOf(table)).toBe(0);
});

test('five years after the last of its participation nothing is left of a household, and not a day before', async () => {
  await everything();
  clock.set('2031-03-11T00:00:00Z');
  await run();
  expect(await rowsOf('households')).toBe(1);
  expect(await rowsOf('receipts')).toBe(1);
  clock.set('2031-03-13T00:00:00Z');
  await run();
  // The phone's own choice stays a year after its last link, which has just gone; the distribution has nothing on it any more.
  await run();
  expect(await filled()).toEqual([]);
});

test('a household that takes part without an end stays', async () => {
  await aHousehold()
    .on('+22360000001')
    .enrolled('2023-01-01', null)
    .save(store.db);
  await store.db.pool.query(
    'update benefit_rules set duration_months = null, monthly_amount_xof = 15000',
  );
  clock.set('2050-01-01T00:00:00Z');
  await run();
  expect(await rowsOf('households')).toBe(1);
});

test('a dry run counts what a run would take, and changes nothing', async () => {
  await everything();
  clock.set('2028-03-13T00:00:00Z');
  const before = await filled();
  const counted = await countOver({ db: store.db, clock });
  expect(await filled()).toEqual(before);
  expect(await rowsOf('audit_entries')).toBe(0);
  expect(await run()).toEqual({ kind: 'done', value: counted });
  expect(counted.filter(({ rows }) => rows > 0).length).toBeGreaterThan(10);
});

test('a run that is stopped goes on with the next, batch by batch, each told to the audit chain', async () => {
  await store.db.pool.query(
    `insert into callbacks (event_id, msisdn, slot, locale, spoken_code, requested_at, call_on)
     select n::text, '+22360000001', 'morning', 'fr', '12', '2025-01-01', '2025-01-01' from generate_series(1, 25) n`,
  );
  await run(10);
  const entries = await store.db.prisma.auditEntry.findMany();
  expect(entries.map(({ detail }) => detail)).toEqual([
    ...[{ callbacks: 10 }, { callbacks: 10 }, { callbacks: 5 }],
  ]);
  expect(entries[0]).toMatchObject({ actor: 'cli', action: 'retention.done' });
  expect(entries[0]?.subject).toBe('retention:call');
});

test('a line that fails is named at the end, and holds up neither the other lines nor the audit chain', async () => {
  await everything();
  await store.db.pool.query(
    `create table holds_a_callback (id int references callbacks (id));
     insert into holds_a_callback select id from callbacks`,
  );
  try {
    await inTransaction(store.db, async (tx) => {
      for (const action of ['test.done', 'test.done'])
        await recordAudit(tx, { actor: 'cli', action });
    });
    clock.set('2040-01-01T00:00:00Z');
    await expect(run()).rejects.toThrow(/pour: Rappels demandés\. Le reste/);
    expect(await filled()).toEqual(['callbacks', 'distributions', 'phones']);
    const trimmed = await store.db.prisma.auditEntry.count({
      where: { action: 'audit.trimmed' },
    });
    expect(trimmed).toBe(1);
  } finally {
    await store.db.pool.query('drop table holds_a_callback');
  }
});

test('no row that leaves is looked for in a whole table: every reference has an index that begins with it', async () => {
  const { rows } = await store.db.pool.query<{ lacking: string }>(
    `select format('%s.%s', c.conrelid::regclass, a.attname) as lacking
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.confrelid = any($1::text[]::regclass[])
       and not exists (select from pg_index i
         where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1] and i.indpred is null)`,
    [tables],
  );
  expect(rows).toEqual([]);
});

test('two programs never retain at once', async () => {
  await store.db.pool.query(
    `insert into import_runs (file_name, sha256, kind, rows_read, created, updated, unchanged, stale, rejected, started_at, finished_at)
     values ('f', 'h', 'waves', 0, 0, 0, 0, 0, 0, '2020-01-01', '2020-01-01')`,
  );
  const both = await Promise.all([run(), run()]);
  expect(both.map(({ kind }) => kind).sort()).toEqual(['busy', 'done']);
});

test('the audit chain loses its oldest entries, is whole from there on, and says so', async () => {
  const record = (subject: string) =>
    inTransaction(store.db, (tx) =>
      recordAudit(tx, { actor: 'cli', action: 'test.done', subject }),
    );
  await writeAudit(store.db, Array<string>(7).fill('2015-03-12T08:00:00.000Z'));
  await record('young');
  clock.set('2020-03-12T08:00:00.000Z');
  await run();
  expect(await rowsOf('audit_entries')).toBe(8);

  clock.set(new Date());
  await run(3);
  const verdict = await verifyAudit(store.db);
  expect(verdict.breach).toBeUndefined();
  expect(verdict.cutAfter?.id).toBeGreaterThanOrEqual(6);

  await store.db.pool.query(
    `begin; set local session_replication_role = replica;
     delete from audit_entries where id = (select min(id) from audit_entries); commit`,
  );
  expect((await verifyAudit(store.db)).breach?.kind).toBe('missing');
});

test('a month ends on its last day', () => {
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  expect(endedBefore(at('2026-05-31'), { months: 3 })).toEqual(
    at('2026-02-28'),
  );
  expect(endedBefore(at('2028-02-29'), { years: 5 })).toEqual(at('2023-02-28'));
  expect(endedBefore(at('2026-03-12'), { hours: 24 })).toEqual(
    at('2026-03-11'),
  );
});
