import { recordReceipt } from '../../src/payments/record-receipt';
import { waveReminders } from '../../src/payments/wave-reminders';
import { fixedClock, type FixedClock } from '../../src/runtime/clock';
import { inTransaction } from '../../src/runtime/database';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold, type PaymentStory } from '../support/factories';
import {
  reminderProgramme,
  type ReminderProgramme,
  type SeenSms,
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
  programme = reminderProgramme(database.db, clock, [waveReminders]);
});
afterAll(() => database.close());

const phone = (n: number) => `+2237000000${n}`;
const window: [string, string] = ['2026-03-12', '2026-03-16'];

/** A household that agreed to SMS, on its own phone unless told. */
async function household(
  on: Parameters<ReturnType<typeof aHousehold>['on']> | [],
  payment: PaymentStory = {},
  consents = true,
): Promise<number> {
  const [msisdn, kind] = on;
  const begun = aHousehold();
  const linked = msisdn === undefined ? begun : begun.on(msisdn, kind);
  const id = await linked
    .owed({ wave: 'W', window, ...payment })
    .save(database.db);
  await database.db.prisma.household.update({
    where: { id },
    data: { smsConsent: consents },
  });
  return id;
}

const told = (seen: readonly SeenSms[]) =>
  seen.map(({ msisdn, template }) => `${msisdn.slice(-1)} ${template}`);

async function at(instant: string): Promise<string[]> {
  clock.set(instant);
  return told(await programme.tick());
}

const visits = async () =>
  (
    await database.db.prisma.callListEntry.findMany({
      orderBy: { householdId: 'asc' },
    })
  ).map(({ householdId, purpose, reason }) => [householdId, purpose, reason]);

const setWave = (data: object) =>
  database.db.prisma.wave.update({ where: { code: 'W' }, data });

test('a window is announced three days before, told open on its first day, and asked after on the fifth', async () => {
  await household([phone(1)]);
  expect(await at('2026-03-09T07:59:00Z')).toEqual([]);
  expect(await at('2026-03-09T08:00:00Z')).toEqual([
    '1 payment.announced.card',
  ]);
  expect(await at('2026-03-11T18:00:00Z')).toEqual([]);
  expect(await at('2026-03-12T08:00:00Z')).toEqual([
    '1 payment.available.card',
  ]);
  expect(await at('2026-03-17T09:00:00Z')).toEqual([
    '1 payment.unconfirmed.own',
  ]);
  expect(await at('2026-03-30T09:00:00Z')).toEqual([]);
});

test('what is to come stands in the plan before it goes, and planning again changes nothing', async () => {
  await household([phone(1)]);
  expect(await programme.plan()).toEqual({ planned: 3, cancelled: 0 });
  expect(await programme.plan()).toEqual({ planned: 0, cancelled: 0 });
  const plans = await database.db.prisma.reminderPlan.findMany({
    orderBy: { dueAt: 'asc' },
  });
  expect(plans.map(({ rule, dueAt }) => [rule, dueAt.toISOString()])).toEqual([
    ['payment.announced', '2026-03-09T08:00:00.000Z'],
    ['payment.available', '2026-03-12T08:00:00.000Z'],
    ['payment.unconfirmed', '2026-03-17T09:00:00.000Z'],
  ]);
});

test('two workers at once write every message once', async () => {
  await household([phone(1)]);
  await household([phone(2)]);
  clock.set('2026-03-09T08:00:00Z');
  await Promise.all([programme.plan(), programme.plan()]);
  const written = await Promise.all([programme.write(), programme.write()]);
  expect(written.map(({ messages }) => messages).sort()).toEqual([0, 2]);
  expect(await database.db.prisma.message.count()).toBe(2);
});

test('a wave that its provider has not accepted is not spoken of', async () => {
  await household([phone(1)], { waveStatus: 'planned' });
  expect(await programme.plan()).toEqual({ planned: 0, cancelled: 0 });
  await setWave({ status: 'accepted' });
  expect(await programme.plan()).toEqual({ planned: 3, cancelled: 0 });
});

test('history is left alone, and a window that is open already is told open', async () => {
  await household([phone(1)], {
    wave: 'OLD',
    window: ['2026-01-12', '2026-01-16'],
    waveStatus: 'closed',
  });
  await household([phone(2)], { window: ['2026-02-27', '2026-03-05'] });
  expect(await at('2026-03-01T10:00:00Z')).toEqual([
    '2 payment.available.card',
  ]);
});

test('one neutral message goes to a shared phone, and a wallet asks for no card', async () => {
  for (let n = 0; n < 3; n += 1) await household([phone(1), 'relay']);
  await household([phone(2)]);
  await household([phone(2)]);
  await household([phone(3)], { wave: 'X', modality: 'wallet' });
  expect(await at('2026-03-09T08:00:00Z')).toEqual([
    '1 payment.announced.shared',
    '2 payment.announced.shared',
    '3 payment.announced.plain',
  ]);
});

test('whoever gets no message is put on the call list with the reason', async () => {
  const silenced = await household([phone(1), 'relay']);
  const herOwnChoice = await household([phone(2)]);
  const unasked = await household([phone(3)], {}, false);
  const stale = await household([phone(4)]);
  const phoneless = await household([]);
  const { prisma } = database.db;
  await prisma.phone.createMany({
    data: [phone(1), phone(2)].map((msisdn) => ({ msisdn, smsOn: false })),
  });
  await prisma.unreachablePhone.create({
    data: {
      ...{ eventId: 'e', msisdn: phone(4), reason: 'failed' },
      since: new Date('2026-02-01'),
    },
  });
  expect(await at('2026-03-09T08:00:00Z')).toEqual([]);
  expect(await visits()).toEqual([
    [silenced, 'payment.announced', 'optedOut'],
    [unasked, 'payment.announced', 'noConsent'],
    [stale, 'payment.announced', 'stale'],
    [phoneless, 'payment.announced', 'noPhone'],
  ]);
  expect(herOwnChoice).toBeGreaterThan(0);
  // It names no day: a number that may be a stranger's can be asked.
  expect(await at('2026-03-17T09:00:00Z')).toEqual([
    '4 payment.unconfirmed.own',
  ]);
});

test('in an insecure zone a window is announced, nothing is broadcast on the day, and relays are asked to tell', async () => {
  const there = await household([phone(1)], { zone: 'insecure' });
  expect(await at('2026-03-09T08:00:00Z')).toEqual([
    '1 payment.announced.card',
  ]);
  expect(await at('2026-03-12T08:00:00Z')).toEqual([]);
  expect(await visits()).toEqual([
    [there, 'payment.available', 'insecureZone'],
  ]);
});

test('a suspended household is not told of a payment, nor one taken off the list', async () => {
  const suspended = await household([phone(1)]);
  const removed = await household([phone(2)]);
  const { prisma } = database.db;
  await prisma.household.update({
    where: { id: suspended },
    data: { status: 'suspended' },
  });
  await prisma.payment.updateMany({
    where: { householdId: removed },
    data: { status: 'removed' },
  });
  expect(await at('2026-03-09T08:00:00Z')).toEqual([]);
});

test('a wave put off before anybody was told is told to nobody; its new date is announced in time', async () => {
  await household([phone(1)]);
  await programme.tick();
  await setWave({ status: 'postponed' });
  expect(await at('2026-03-02T10:00:00Z')).toEqual([]);
  await setWave({
    newWindowStart: new Date('2026-03-20'),
    newWindowEnd: new Date('2026-03-24'),
  });
  expect(await at('2026-03-03T10:00:00Z')).toEqual([]);
  expect(await at('2026-03-09T08:00:00Z')).toEqual([]);
  expect(await at('2026-03-17T08:00:00Z')).toEqual([
    '1 payment.announced.card',
  ]);
  expect(await at('2026-03-20T08:00:00Z')).toEqual([
    '1 payment.available.card',
  ]);
});

test('a postponement is told at once, in decent hours, to exactly those who were told', async () => {
  await household([phone(1)]);
  await at('2026-03-09T08:00:00Z');
  await household([phone(2)]);
  const phoneless = await household([]);
  await database.db.prisma.callListEntry.create({
    data: {
      ...{ purpose: 'payment.announced', subjectId: 1, reason: 'noPhone' },
      ...{ householdId: phoneless, listedAt: clock.now() },
    },
  });
  await setWave({ status: 'postponed' });
  expect(await at('2026-03-10T20:00:00Z')).toEqual([]);
  expect(await at('2026-03-11T07:30:00Z')).toEqual(['1 payment.postponed.own']);
  expect(await visits()).toContainEqual([
    ...[phoneless, 'payment.postponed', 'noPhone'],
  ]);
  expect(await at('2026-03-12T08:00:00Z')).toEqual([]);
});

test('a moved date is told to those who were told, then announced to all as any other', async () => {
  await household([phone(1)]);
  await at('2026-03-09T08:00:00Z');
  await household([phone(2)]);
  await setWave({
    status: 'postponed',
    newWindowStart: new Date('2026-03-20'),
    newWindowEnd: new Date('2026-03-24'),
  });
  clock.set('2026-03-10T10:00:00Z');
  expect((await programme.tick()).map(({ text }) => text)).toEqual([
    "Jigisèmèjiri: le paiement change de dates. C'est du 20/03 au 24/03. Vos droits ne changent pas. Détail: *384*55# menu 1.",
  ]);
  expect(await at('2026-03-17T08:00:00Z')).toEqual([
    '1 payment.announced.card',
    '2 payment.announced.card',
  ]);
});

test('who has just heard of the new date is not told of it twice', async () => {
  await household([phone(1)]);
  await at('2026-03-09T08:00:00Z');
  await setWave({
    status: 'postponed',
    newWindowStart: new Date('2026-03-13'),
    newWindowEnd: new Date('2026-03-17'),
  });
  expect(await at('2026-03-10T10:00:00Z')).toEqual(['1 payment.moved.own']);
});

test('a wave that was moved keeps its new days when it is announced and opened on them', async () => {
  await household([phone(1)]);
  await at('2026-03-09T08:00:00Z');
  await setWave({
    status: 'postponed',
    newWindowStart: new Date('2026-03-25'),
    newWindowEnd: new Date('2026-03-29'),
  });
  expect(await at('2026-03-09T10:00:00Z')).toEqual(['1 payment.moved.own']);
  await setWave({ status: 'announced' });
  expect(await at('2026-03-12T08:00:00Z')).toEqual([]);
  await setWave({ status: 'open' });
  expect(await at('2026-03-25T08:00:00Z')).toEqual([
    ...['1 payment.available.card'],
  ]);
});

test('a cancelled wave takes back what has not gone and tells those who were told', async () => {
  await household([phone(1)]);
  await at('2026-03-09T08:00:00Z');
  const { prisma } = database.db;
  await household([phone(2)]);
  await prisma.message.create({
    data: {
      ...{ purpose: 'payment.announced', subjectId: 1, msisdn: phone(2) },
      ...{ class: 'reminder', template: 't', locale: 'fr', text: 'x' },
      ...{ encoding: 'gsm7', segments: 1, state: 'held', reason: 'dailyCap' },
      ...{ dueAt: new Date('2026-03-11'), expiresAt: new Date('2026-03-12') },
      writtenAt: clock.now(),
    },
  });
  await setWave({ status: 'cancelled' });
  expect(await at('2026-03-10T10:00:00Z')).toEqual(['1 payment.cancelled.own']);
  const held = await prisma.message.findFirst({ where: { msisdn: phone(2) } });
  expect(held).toMatchObject({
    state: 'cancelled',
    reason: 'subjectCancelled',
  });
  expect(
    await prisma.reminderPlan.count({ where: { status: 'planned' } }),
  ).toBe(0);
  expect(await at('2026-03-17T09:00:00Z')).toEqual([]);
});

test('dates that come and go are each told once', async () => {
  await household([phone(1)]);
  await at('2026-03-09T08:00:00Z');
  const there = {
    status: 'postponed',
    newWindowStart: new Date('2026-03-25'),
    newWindowEnd: new Date('2026-03-29'),
  };
  await setWave(there);
  expect(await at('2026-03-09T10:00:00Z')).toEqual(['1 payment.moved.own']);
  const back = { newWindowStart: null, newWindowEnd: null };
  await setWave({ status: 'announced', ...back });
  expect(await at('2026-03-09T11:00:00Z')).toEqual(['1 payment.moved.own']);
  await setWave(there);
  expect(await at('2026-03-10T10:00:00Z')).toEqual(['1 payment.moved.own']);
  expect(await at('2026-03-10T11:00:00Z')).toEqual([]);
});

test('who has answered is not asked, and a shared phone is asked while one of its households is silent', async () => {
  const answered = await household([phone(1)]);
  const [first] = [await household([phone(2), 'relay'])];
  await household([phone(2), 'relay']);
  await database.db.pool.query(
    `insert into receipts (event_id, payment_id, answer, proof_level, channel, answered_at)
     select 'e' || id, id, 'RECEIVED', 'L1', 'ussd', now() from payments where household_id = any($1)`,
    [[answered, first]],
  );
  expect(await at('2026-03-17T09:00:00Z')).toEqual([
    '2 payment.unconfirmed.shared',
  ]);
});

test('an answer takes back the question that waits, unless another household of the phone is silent', async () => {
  const households = [
    await household([phone(1), 'family']),
    await household([phone(1), 'family']),
  ];
  await programme.plan();
  clock.set('2026-03-17T09:00:00Z');
  await programme.write();
  const { prisma } = database.db;
  for (const [answered, state] of [
    [0, 'queued'],
    [1, 'cancelled'],
  ] as const) {
    const householdId = households[answered] ?? 0;
    const { id: paymentId } = await prisma.payment.findFirstOrThrow({
      where: { householdId },
    });
    await inTransaction(database.db, (tx) =>
      recordReceipt(
        { tx, clock },
        {
          ...{ householdId, paymentId, answer: 'RECEIVED' },
          ...{ askedForMoney: false, channel: 'ussd', proofLevel: 'L1' },
        },
      ),
    );
    const asked = await prisma.message.findFirst({
      where: { purpose: 'payment.unconfirmed' },
    });
    expect(asked?.state).toBe(state);
  }
});

test('the fourth message of a day waits for the morning', async () => {
  for (const day of [16, 17, 18, 19])
    await household([phone(1), 'relay'], {
      wave: `TO-${day}`,
      window: ['2026-03-12', `2026-03-${day}`],
    });
  expect(await at('2026-03-09T08:00:00Z')).toHaveLength(3);
  expect(await at('2026-03-09T18:00:00Z')).toEqual([]);
  expect(await at('2026-03-10T07:30:00Z')).toEqual([
    '1 payment.announced.shared',
  ]);
});

test('two waves in one window reach a phone in one message, and the end of either is told', async () => {
  await household([phone(1), 'relay'], { wave: 'W' });
  await household([phone(1), 'relay'], { wave: 'X' });
  expect(await at('2026-03-09T08:00:00Z')).toEqual([
    '1 payment.announced.shared',
  ]);
  await database.db.prisma.wave.update({
    where: { code: 'X' },
    data: { status: 'cancelled' },
  });
  expect(await at('2026-03-10T08:00:00Z')).toEqual([
    '1 payment.cancelled.shared',
  ]);
});

test('a phone reads the language that it chose, and days with a year when it is another', async () => {
  await household([phone(1)], { window: ['2026-12-30', '2027-01-04'] });
  await database.db.prisma.phone.create({
    data: { msisdn: phone(1), locale: 'bm' },
  });
  clock.set('2026-12-27T08:00:00Z');
  expect((await programme.tick()).map(({ text }) => text)).toEqual([
    'Jigisèmèjiri: i ka wari bèna di 30/12 fo 04/01/2027. Na ni i ka karti ye. Kunnafoni: *384*55# menu 1. Sara tè. Kana i ka gundo nimòrò fò mògò si ye.',
  ]);
});
