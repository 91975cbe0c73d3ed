import { busySql, dueWithinCapSql } from '../../src/messaging/daily-cap';
import { testDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.truncateAll());
afterAll(() => database.close());

const phone = '+22370000001';
let serial = 0;

/** `days` of already counted messages: the day each is due on, with its class and state. */
async function written(day: string, itsClass = 'reminder', state = 'queued') {
  serial += 1;
  await database.db.pool.query(
    `insert into messages (purpose, subject_id, msisdn, class, template, locale, text, encoding, segments, state, reason,
       due_at, expires_at, written_at, settled_at)
     values ('p', $1, $2, $3, 't', 'fr', 'x', 'gsm7', 1, $4, 'x', $5::date + time '09:00', $5::date + 9, now(),
       case when $4 in ('cancelled', 'delivered') then now() end)`,
    [serial, phone, itsClass, state, day],
  );
}

async function dueOf(due: string, place = 1): Promise<Date | undefined> {
  const { rows } = await database.db.pool.query<{ due: Date }>(
    `select ${dueWithinCapSql('by_day', '$2::integer', '$3::timestamptz')} as due
     from (select) one left join (${busySql('select $1::text', '$3::timestamptz', '$3::timestamptz')}) busy on true`,
    [phone, place, due],
  );
  return rows[0]?.due;
}

test('the third message of a day goes, the fourth waits for the morning', async () => {
  await written('2026-03-12');
  await written('2026-03-12', 'campaign', 'delivered');
  expect(await dueOf('2026-03-12T09:00:00Z')).toEqual(
    new Date('2026-03-12T09:00:00Z'),
  );
  await written('2026-03-12');
  expect(await dueOf('2026-03-12T09:00:00Z')).toEqual(
    new Date('2026-03-13T07:30:00Z'),
  );
});

test('replies, notices of complaints and what was taken back do not count', async () => {
  await written('2026-03-12', 'reply');
  await written('2026-03-12', 'complaint');
  await written('2026-03-12', 'reminder', 'cancelled');
  await written('2026-03-12');
  await written('2026-03-12');
  expect(await dueOf('2026-03-12T09:00:00Z')).toEqual(
    new Date('2026-03-12T09:00:00Z'),
  );
});

test('a morning that is full already is passed over', async () => {
  for (const day of ['2026-03-12', '2026-03-13'])
    for (let n = 0; n < 3; n += 1) await written(day);
  expect(await dueOf('2026-03-12T09:00:00Z')).toEqual(
    new Date('2026-03-14T07:30:00Z'),
  );
});

test('what still waits since yesterday counts today', async () => {
  for (let n = 0; n < 3; n += 1) await written('2026-03-11');
  expect(await dueOf('2026-03-12T09:00:00Z')).toEqual(
    new Date('2026-03-13T07:30:00Z'),
  );
});

test('of several that are written at once, those beyond the third spill over', async () => {
  await written('2026-03-12');
  await written('2026-03-13');
  const goes = await Promise.all(
    [1, 2, 3, 4, 5].map((place) => dueOf('2026-03-12T09:00:00Z', place)),
  );
  expect(goes).toEqual([
    ...[9, 9].map((hour) => new Date(Date.UTC(2026, 2, 12, hour))),
    ...[13, 13, 14].map((day) => new Date(Date.UTC(2026, 2, day, 7, 30))),
  ]);
});
