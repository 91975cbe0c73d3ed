import { fileComplaint } from '../../src/complaints/file-complaint';
import { locateComplaint } from '../../src/complaints/locate-complaint';
import {
  namelessPerWeek,
  spendNameless,
} from '../../src/complaints/nameless-limit';
import { stirNameless } from '../../src/complaints/stir-nameless';
import { forgetOldTraces } from '../../src/jobs/forget';
import { fixedClock } from '../../src/runtime/clock';
import { inTransaction } from '../../src/runtime/database';
import { keyedHash } from '../../src/runtime/keyed-hash';
import { testDatabase, type TestDatabase } from '../support/database';
import { smsWording } from '../support/reminders';
import { lockIsWaitedFor } from '../support/waited-lock';

let store: TestDatabase;
let clock = fixedClock('2026-03-12T10:00:00Z');
const hashKey = 'a hash key for tests, long enough to be one';

beforeAll(async () => {
  store = await testDatabase();
});

beforeEach(async () => {
  clock = fixedClock('2026-03-12T10:00:00Z');
  await store.truncateAll({ anew: true });
});

afterAll(() => store.close());

const spend = (msisdn: string) =>
  inTransaction(store.db, (tx) =>
    spendNameless({ tx, clock, hashKey }, msisdn),
  );

function file(anonymous: boolean) {
  return inTransaction(store.db, (tx) =>
    fileComplaint(
      { tx, clock, wording: smsWording },
      {
        ...{ category: 'conduct', subject: 'conduct.agent', origin: 'ussd' },
        ...{ respondBy: anonymous ? 'none' : 'call', anonymous },
        ...{ retaliation: false, locale: 'fr', proofLevel: 'L0' },
        contactMsisdn: '+22376123456',
      },
    ),
  );
}

/** Rows as a dump would tell them. */
async function asKept(table: string): Promise<Record<string, unknown>[]> {
  const { rows } = await store.db.pool.query<Record<string, unknown>>(
    `select * from ${table} order by ctid`,
  );
  return rows;
}

test('a number files five requests a week without a name, another number is not held back, and Monday begins anew', async () => {
  for (let n = 0; n < namelessPerWeek; n += 1)
    expect(await spend('+22376123456')).toBe(true);
  expect(await spend('+22376123456')).toBe(false);
  expect(await spend('+22370000001')).toBe(true);
  clock.set('2026-03-15T23:59:00Z');
  expect(await spend('+22376123456')).toBe(false);
  clock.set('2026-03-16T00:00:00Z');
  expect(await spend('+22376123456')).toBe(true);
});

test('ten requests at once count as ten', async () => {
  const spent = await Promise.all(
    Array.from({ length: 10 }, () => spend('+22376123456')),
  );
  expect(spent.filter(Boolean)).toHaveLength(namelessPerWeek);
});

/** As the limit does under this salt: numbers of one bucket are found by trying. */
const bucketOf = (salt: string, msisdn: string) =>
  Buffer.from(
    keyedHash(hashKey, `nameless ${salt}`, msisdn),
    'base64url',
  ).readUInt16BE();

/** The first number of which this holds. */
function numberWhere(holds: (msisdn: string) => boolean): string {
  for (let n = 0; ; n += 1) {
    const msisdn = `+223${String(60_000_000 + n)}`;
    if (holds(msisdn)) return msisdn;
  }
}

const withSalts = (salts: Record<string, string>) =>
  store.db.prisma.namelessKey.createMany({
    data: Object.entries(salts).map(([week, salt]) => ({
      week: new Date(week),
      salt,
    })),
  });

test('what is kept of a number is shared with others: two of one bucket spend one count', async () => {
  await withSalts({ '2026-03-09': 'one' });
  const first = '+22376123456';
  const twin = numberWhere(
    (msisdn) => bucketOf('one', msisdn) === bucketOf('one', first),
  );
  expect(twin).not.toBe(first);
  for (let n = 0; n < namelessPerWeek; n += 1)
    expect(await spend(n % 2 === 0 ? first : twin)).toBe(true);
  expect(await spend(first)).toBe(false);
  expect(await spend(twin)).toBe(false);
  const kept = await asKept('nameless_limits');
  expect(kept).toHaveLength(1);
  expect(Object.keys(kept[0] ?? {}).sort()).toEqual([
    ...['bucket', 'filed', 'week'],
  ]);
  expect(JSON.stringify(kept)).not.toContain('76123456');
});

test('no week knows the bucket of another', async () => {
  await withSalts({ '2026-03-09': 'one', '2026-03-16': 'two' });
  // One number in 65 536 has the same by chance.
  const moving = numberWhere(
    (msisdn) => bucketOf('one', msisdn) !== bucketOf('two', msisdn),
  );
  await spend(moving);
  clock.advance({ days: 7 });
  await spend(moving);
  const kept = await asKept('nameless_limits');
  expect(kept.map(({ bucket }) => bucket)).toEqual([
    ...[bucketOf('one', moving), bucketOf('two', moving)],
  ]);
});

test('the key of a week is destroyed after thirty days, and the counts with it', async () => {
  await spend('+22376123456');
  clock.set('2026-04-07T23:59:00Z');
  await forgetOldTraces({ db: store.db, clock });
  expect(await asKept('nameless_keys')).toHaveLength(1);
  clock.set('2026-04-08T00:00:00Z');
  await forgetOldTraces({ db: store.db, clock });
  expect(await asKept('nameless_keys')).toEqual([]);
  expect(await asKept('nameless_limits')).toEqual([]);
});

test('row numbers of nameless requests are drawn, and the history keeps its order', async () => {
  await file(false);
  const { complaintId, reference } = await file(true);
  await inTransaction(store.db, (tx) =>
    locateComplaint({ tx, clock }, reference, 'ML0105'),
  );
  await file(false);
  const { prisma } = store.db;
  const events = await prisma.complaintEvent.findMany({
    where: { complaintId },
    orderBy: { id: 'asc' },
  });
  expect(events.map(({ kind }) => kind)).toEqual(['filed', 'moved', 'located']);
  expect(
    [complaintId, ...events.map(({ id }) => id)].every((id) => id < 0),
  ).toBe(true);
  // No counted number is passed over either: a gap would tell as much.
  const named = await prisma.complaint.findMany({
    where: { anonymous: false },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  expect(named.map(({ id }) => id)).toEqual([1, 2]);
});

test('nameless requests stand in no order, after all that has a minute, and none in its own transaction', async () => {
  for (let n = 0; n < 24; n += 1) await file(n % 2 === 0);
  for (let n = 0; n < 24; n += 1) await spend(`+223761234${String(10 + n)}`);
  const before = {
    complaints: await asKept('complaints'),
    events: await asKept('complaint_events'),
    limits: await asKept('nameless_limits'),
  };
  // How many there are while the day goes on is not told: the log has minutes.
  expect(await stirNameless({ db: store.db, clock })).toBe(0);
  const after = await asKept('complaints');
  const sorted = (rows: Record<string, unknown>[]) =>
    rows.map((row) => JSON.stringify(row)).sort();
  expect(sorted(after)).toEqual(sorted(before.complaints));
  expect(sorted(await asKept('complaint_events'))).toEqual(
    sorted(before.events),
  );
  expect(sorted(await asKept('nameless_limits'))).toEqual(
    sorted(before.limits),
  );
  const nameless = (rows: Record<string, unknown>[]) =>
    rows.filter((row) => row['anonymous'] === true).map((row) => row['id']);
  // One order in 479 million is the one they came in.
  expect(nameless(after)).not.toEqual(nameless(before.complaints));
  const { rows } = await store.db.pool.query(
    `select count(distinct writer)::int as n from (
       select xmin::text as writer from complaints where anonymous
       union all select xmin::text from complaint_events where id < 0
       union all select xmin::text from nameless_limits
       union all select xmin::text from nameless_keys) seen`,
  );
  expect(rows).toEqual([{ n: 1 }]);
});

test('a count that is committed while counts are stirred is still there', async () => {
  await spend('+22376123456');
  clock.advance({ days: 1 });
  const other = await store.db.pool.connect();
  try {
    await other.query('begin');
    await other.query('update nameless_limits set filed = 2');
    await other.query(
      `insert into nameless_limits select week, (bucket + 1) % 65536, 1 from nameless_limits`,
    );
    const stirring = stirNameless({ db: store.db, clock });
    await lockIsWaitedFor(store.db, 'with gone');
    await other.query('commit');
    await stirring;
  } finally {
    other.release();
  }
  const kept = await asKept('nameless_limits');
  expect(kept.map(({ filed }) => filed).sort()).toEqual([1, 2]);
});

test('a day is stirred until it has ended, once more then, and every day that ended while the service was down', async () => {
  const stir = () => stirNameless({ db: store.db, clock });
  const writers = async () =>
    (
      await store.db.pool.query<{ writer: string }>(
        `select xmin::text as writer from complaints`,
      )
    ).rows;
  await file(true);
  expect(await stir()).toBe(0);
  clock.advance({ days: 1 });
  expect(await stir()).toBe(1);
  const settled = await writers();
  expect(await stir()).toBe(0);
  expect(await writers()).toEqual(settled);
  await file(true);
  clock.advance({ days: 20 });
  await file(true);
  expect(await stir()).toBe(1);
  // What was dated before midnight may be committed after it.
  clock.set('2026-04-03T00:59:00Z');
  expect(await stir()).toBe(0);
  clock.set('2026-04-03T01:00:00Z');
  expect(await stir()).toBe(1);
});

test('a place that is told while requests are stirred is kept', async () => {
  const { reference } = await file(true);
  await spend('+22376123456');
  clock.advance({ days: 1 });
  const other = await store.db.pool.connect();
  try {
    await other.query('begin');
    await other.query('update nameless_limits set filed = 2');
    const stirring = stirNameless({ db: store.db, clock });
    await lockIsWaitedFor(store.db, 'with gone');
    const locating = inTransaction(store.db, (tx) =>
      locateComplaint({ tx, clock }, reference, 'ML0105'),
    );
    await lockIsWaitedFor(store.db, 'select pg_advisory_xact_lock_shared');
    await other.query('commit');
    await Promise.all([stirring, locating]);
  } finally {
    other.release();
  }
  expect(await asKept('complaints')).toMatchObject([
    { reference, commune_code: 'ML0105' },
  ]);
});
