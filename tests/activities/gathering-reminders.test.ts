import {
  distributionReminders,
  sessionReminders,
} from '../../src/activities/gathering-reminders';
import { fixedClock, type FixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold, type HouseholdBuilder } from '../support/factories';
import {
  reminderProgramme,
  type ReminderProgramme,
} from '../support/reminders';

let database: TestDatabase;
let clock: FixedClock;
let programme: ReminderProgramme;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.truncateAll();
  clock = fixedClock('2026-03-01T10:00:00Z');
  programme = reminderProgramme(database.db, clock, [
    sessionReminders,
    distributionReminders,
  ]);
});
afterAll(() => database.close());

const phone = (n: number) => `+2237000000${n}`;

async function save(household: HouseholdBuilder): Promise<number> {
  const id = await household.save(database.db);
  await database.db.prisma.household.update({
    where: { id },
    data: { smsConsent: true },
  });
  return id;
}

async function at(instant: string): Promise<string[]> {
  clock.set(instant);
  return (await programme.tick()).map(
    ({ msisdn, text }) => `${msisdn.slice(-1)} ${text}`,
  );
}

test('a session is recalled the day before, by its day alone', async () => {
  await save(aHousehold().on(phone(1)).meeting({ date: '2026-03-12' }));
  expect(await at('2026-03-11T08:59:00Z')).toEqual([]);
  expect(await at('2026-03-11T09:00:00Z')).toEqual([
    '1 Jigisèmèjiri: séance le 12/03. Heure et lieu: *384*55# menu 4.',
  ]);
  expect(await at('2026-03-12T09:00:00Z')).toEqual([]);
});

test('a distribution is recalled to households in which somebody is concerned, and says neither who nor what', async () => {
  await save(aHousehold().on(phone(1)).rationed({ date: '2026-03-12' }));
  await save(aHousehold().on(phone(2)));
  await database.db.pool.query(
    `update households set village_key = (select village_key from distributions), commune_code = 'TEST'`,
  );
  expect(await at('2026-03-11T09:00:00Z')).toEqual([
    '1 Jigisèmèjiri: distribution le 12/03. Prenez votre carte. Heure et lieu: *384*55# menu 4.',
  ]);
});

test('a child that has turned five years is not recalled any more', async () => {
  await save(aHousehold().on(phone(1)).rationed({ date: '2026-03-12' }));
  await database.db.pool.query(
    `update nutrition_eligibility set kind = 'CHILD', birth_month = '2021-03-01'`,
  );
  expect(await at('2026-03-11T09:00:00Z')).toEqual([]);
});

test('a gathering moved, put off or dropped reaches only those who were told', async () => {
  await save(aHousehold().on(phone(1)).meeting({ date: '2026-03-12' }));
  await at('2026-03-11T09:00:00Z');
  const { prisma } = database.db;
  const set = (data: object) => prisma.supportSession.updateMany({ data });
  await set({ status: 'postponed' });
  expect(await at('2026-03-11T12:00:00Z')).toEqual([
    "1 Jigisèmèjiri: la séance annoncée est reportée. Le nouveau jour n'est pas encore connu. Détail: *384*55# menu 4.",
  ]);
  await set({ newDate: new Date('2026-03-20') });
  expect(await at('2026-03-11T15:00:00Z')).toEqual([
    "1 Jigisèmèjiri: la séance change de jour, c'est le 20/03. Heure et lieu: *384*55# menu 4.",
  ]);
  expect(await at('2026-03-19T09:00:00Z')).toEqual([
    '1 Jigisèmèjiri: séance le 20/03. Heure et lieu: *384*55# menu 4.',
  ]);
  await set({ status: 'cancelled' });
  expect(await at('2026-03-19T10:00:00Z')).toEqual([
    "1 Jigisèmèjiri: la séance annoncée n'aura pas lieu. Détail: *384*55# menu 4.",
  ]);
});

test('in an insecure zone no day is sent: relays are asked to tell', async () => {
  const id = await save(
    aHousehold()
      .on(phone(1))
      .owed({ zone: 'insecure' })
      .meeting({ date: '2026-03-12' }),
  );
  expect(await at('2026-03-11T09:00:00Z')).toEqual([]);
  expect(await database.db.prisma.callListEntry.findMany()).toMatchObject([
    { householdId: id, purpose: 'session.reminder', reason: 'insecureZone' },
  ]);
});

test('a village is met by its code, whatever it is called', async () => {
  await save(aHousehold().on(phone(1)).meeting({ date: '2026-03-12' }));
  await save(aHousehold().on(phone(2)));
  await database.db.pool.query(
    `update households set village_code = 'V1', village_key = 'x'; update support_sessions set village_code = 'V1'`,
  );
  expect(await at('2026-03-11T09:00:00Z')).toHaveLength(2);
});
