import { askPhoneChange } from '../../src/messaging/ask-phone-change';
import { changeSmsChoice } from '../../src/messaging/change-sms-choice';
import { waveReminders } from '../../src/payments/wave-reminders';
import { fixedClock } from '../../src/runtime/clock';
import { inTransaction } from '../../src/runtime/database';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { reminderProgramme, smsWording } from '../support/reminders';

let database: TestDatabase;
const clock = fixedClock('2026-03-09T10:00:00Z');
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.truncateAll());
afterAll(() => database.close());

const phone = '+22370000001';

function ask(householdId: number, newMsisdn = '+22370000009') {
  return inTransaction(database.db, (tx) =>
    askPhoneChange(
      { tx, clock, wording: smsWording },
      { householdId, newMsisdn },
    ),
  );
}

const inbox = async () =>
  (await database.db.prisma.message.findMany({ orderBy: { id: 'asc' } })).map(
    ({ msisdn, template, state }) => [msisdn, template, state],
  );

test('the old number is told at once that another is asked for', async () => {
  await ask(await aHousehold().on(phone).save(database.db));
  expect(await inbox()).toEqual([[phone, 'phone.changeAsked.own', 'queued']]);
});

test('a shared number is told without whose household it is', async () => {
  const id = await aHousehold().on(phone).save(database.db);
  await aHousehold().on(phone).save(database.db);
  await ask(id);
  expect(await inbox()).toEqual([
    [phone, 'phone.changeAsked.shared', 'queued'],
  ]);
});

test('without an old number, or for the same one, there is nobody to tell', async () => {
  await ask(await aHousehold().save(database.db));
  await ask(await aHousehold().on(phone).save(database.db), phone);
  expect(await inbox()).toEqual([]);
  expect(await database.db.prisma.phoneChange.count()).toBe(2);
});

test('an old number that takes no SMS is visited', async () => {
  const householdId = await aHousehold().on(phone).save(database.db);
  await database.db.prisma.phone.create({
    data: { msisdn: phone, smsOn: false },
  });
  await ask(householdId);
  expect(await inbox()).toEqual([]);
  expect(await database.db.prisma.callListEntry.findMany()).toMatchObject([
    { householdId, purpose: 'phone.changeAsked', reason: 'optedOut' },
  ]);
});

/** A phone on which a message waits, of a wave that concerns the first household of it. */
async function waiting(kind: 'own' | 'relay'): Promise<number> {
  const id = await aHousehold()
    .on(phone, kind)
    .owed({ window: ['2026-03-12', '2026-03-16'] })
    .save(database.db);
  if (kind === 'relay') await aHousehold().on(phone, kind).save(database.db);
  await database.db.prisma.household.updateMany({ data: { smsConsent: true } });
  const programme = reminderProgramme(database.db, clock, [waveReminders]);
  await programme.plan();
  await programme.write();
  return id;
}

const stop = () =>
  inTransaction(database.db, (tx) =>
    changeSmsChoice({ tx, clock }, phone, false),
  );

test('SMS off takes back what waits; a second time it changes nothing', async () => {
  await waiting('own');
  await stop();
  await stop();
  expect(await inbox()).toEqual([
    [phone, 'payment.announced.card', 'cancelled'],
  ]);
  expect(await database.db.prisma.callListEntry.count()).toBe(0);
});

test("on a relay's phone the households that it would have told are listed for a visit", async () => {
  const householdId = await waiting('relay');
  await stop();
  expect(await inbox()).toEqual([
    [phone, 'payment.announced.shared', 'cancelled'],
  ]);
  expect(await database.db.prisma.callListEntry.findMany()).toMatchObject([
    { householdId, purpose: 'payment.announced', reason: 'optedOut' },
  ]);
});

test('SMS on brings nothing back that was taken back', async () => {
  await waiting('own');
  await stop();
  await inTransaction(database.db, (tx) =>
    changeSmsChoice({ tx, clock }, phone, true),
  );
  expect((await inbox()).map(([, , state]) => state)).toEqual(['cancelled']);
});
