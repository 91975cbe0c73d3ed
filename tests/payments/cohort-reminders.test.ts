import { cohortReminders } from '../../src/payments/cohort-reminders';
import { fixedClock, type FixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
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
  programme = reminderProgramme(database.db, clock, [cohortReminders]);
});
afterAll(() => database.close());

async function enrolled(msisdn: string, from: string, to: string | null) {
  const id = await aHousehold().on(msisdn).enrolled(from, to).save(database.db);
  await database.db.prisma.household.update({
    where: { id },
    data: { smsConsent: true },
  });
  return id;
}

async function at(instant: string): Promise<string[]> {
  clock.set(instant);
  return (await programme.tick()).map(
    ({ msisdn, purpose }) => `${msisdn.slice(-1)} ${purpose}`,
  );
}

test('the end of a participation is told three months and one month before, without its date', async () => {
  await enrolled('+22370000001', '2023-07-01', '2026-06-30');
  expect(await at('2026-03-30T08:00:00Z')).toEqual([]);
  expect(await at('2026-03-30T09:00:00Z')).toEqual([
    '1 benefit.endsInThreeMonths',
  ]);
  expect(await at('2026-05-30T09:00:00Z')).toEqual([
    '1 benefit.endsInOneMonth',
  ]);
  expect(await at('2026-06-30T09:00:00Z')).toEqual([]);
  const { text } = await database.db.prisma.message.findFirstOrThrow({
    orderBy: { id: 'asc' },
  });
  expect(text).toBe(
    "Jigisèmèjiri: une information sur la durée de votre aide vous attend: *384*55# menu 1. Pour parler à quelqu'un: menu 5.",
  );
});

test('without a date of its own a participation lasts as long as its rule says', async () => {
  await enrolled('+22370000001', '2023-07-01', null);
  expect(await at('2026-03-30T09:00:00Z')).toEqual([
    '1 benefit.endsInThreeMonths',
  ]);
});

test('one that ends later than planned is told by its new date only', async () => {
  await enrolled('+22370000001', '2023-07-01', '2026-06-30');
  expect(await programme.plan()).toEqual({ planned: 0, cancelled: 0 });
  clock.set('2026-03-20T09:00:00Z');
  expect(await programme.plan()).toEqual({ planned: 2, cancelled: 0 });
  await database.db.prisma.enrolment.updateMany({
    data: { cohortEnd: new Date('2026-07-10') },
  });
  expect(await programme.plan()).toEqual({ planned: 2, cancelled: 2 });
  expect(await at('2026-03-30T09:00:00Z')).toEqual([]);
  expect(await at('2026-04-10T09:00:00Z')).toEqual([
    '1 benefit.endsInThreeMonths',
  ]);
});
