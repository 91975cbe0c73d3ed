import { fileComplaint } from '../../src/complaints/file-complaint';
import type { ComplaintRequest } from '../../src/complaints/file-complaint';
import { findComplaint } from '../../src/complaints/find-complaint';
import { hearComplainant } from '../../src/complaints/hear-complainant';
import type { Word } from '../../src/complaints/hear-complainant';
import { locateComplaint } from '../../src/complaints/locate-complaint';
import { drawReference, isReference } from '../../src/complaints/reference';
import { requestCallback } from '../../src/complaints/request-callback';
import { fixedClock } from '../../src/runtime/clock';
import { inTransaction } from '../../src/runtime/database';
import type { Tx } from '../../src/runtime/database';
import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { smsWording } from '../support/reminders';

let database: TestDatabase;
let clock = fixedClock('2026-03-12T10:00:00Z');
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  clock = fixedClock('2026-03-12T10:00:00Z');
  await database.truncateAll();
});
afterAll(() => database.close());

const aRequest: ComplaintRequest = {
  category: 'card',
  subject: 'card.lost',
  origin: 'ussd',
  respondBy: 'dial',
  anonymous: false,
  retaliation: false,
  locale: 'fr',
  proofLevel: 'L0',
  contactMsisdn: '+22376123456',
};

/** What a use case works with inside a transaction. */
const house = (tx: Tx) => ({ tx, clock, wording: smsWording });

function committed<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(database.db, work);
}

function filed(change: Partial<ComplaintRequest> = {}, draw?: () => string) {
  return committed((tx) =>
    fileComplaint(
      { ...house(tx), ...(draw === undefined ? {} : { draw }) },
      {
        ...aRequest,
        ...change,
      },
    ),
  );
}

test('a complaint is filed with its history and the delay of its category', async () => {
  const { complaintId, reference, dueOn } = await filed({
    communeCode: 'ML0105',
  });
  expect(dueOn).toBe('2026-03-19');
  expect(isReference(reference)).toBe(true);
  const complaint = await database.db.prisma.complaint.findUniqueOrThrow({
    where: { id: complaintId },
    include: { events: { orderBy: { id: 'asc' } } },
  });
  expect(complaint).toMatchObject({ category: 'C3', level: 'N2' });
  expect(complaint.events.map(({ toStatus }) => toStatus)).toEqual([
    'RECEIVED',
    'ACKNOWLEDGED',
  ]);
});

test('thanks are counted and closed at once', async () => {
  const { complaintId, dueOn } = await filed({
    category: 'thanks',
    subject: 'thanks.thanks',
  });
  expect(dueOn).toBeUndefined();
  const { status } = await database.db.prisma.complaint.findUniqueOrThrow({
    where: { id: complaintId },
  });
  expect(status).toBe('CLOSED_ACCEPTED');
});

test('a nameless complaint keeps no person, no payment and no hour', async () => {
  const householdId = await aHousehold().owed({}).save(database.db);
  const { id: paymentId } = await database.db.prisma.payment.findFirstOrThrow();
  const { complaintId } = await filed({
    anonymous: true,
    householdId,
    paymentId,
    proofLevel: 'L1',
  });
  const kept = await database.db.prisma.complaint.findUniqueOrThrow({
    where: { id: complaintId },
  });
  expect(kept).toMatchObject({
    householdId: null,
    contactMsisdn: null,
    paymentId: null,
    proofLevel: 'L0',
    respondBy: 'none',
    filedAt: new Date('2026-03-12T00:00:00Z'),
  });
});

test('a reference that is taken is drawn again', async () => {
  const draws = ['12345674', '12345674', '76543210'];
  await filed({}, () => '12345674');
  const { reference } = await filed({}, () => draws.shift() ?? '');
  expect(reference).toBe('76543210');
});

test('a thousand references are all different, eight digits and valid', () => {
  const drawn = Array.from({ length: 1000 }, () => drawReference());
  expect(new Set(drawn).size).toBeGreaterThan(990);
  expect(drawn.every(isReference)).toBe(true);
});

test('one wrong digit or two swapped ones are told as mistyped', () => {
  const reference = drawReference();
  for (let at = 1; at < 8; at += 1) {
    const wrong =
      reference.slice(0, at) +
      String((Number(reference[at]) + 1) % 10) +
      reference.slice(at + 1);
    expect(isReference(wrong)).toBe(false);
  }
});

const phoneKey = 'keyed hash of a phone';

function search(reference: string) {
  return committed((tx) => findComplaint({ tx, clock }, reference, phoneKey));
}

test('ten unknown references a day end following for that phone, until tomorrow', async () => {
  const { reference } = await filed();
  for (let at = 0; at < 10; at += 1) {
    expect((await search(drawReference())).kind).toBe('unknown');
  }
  expect((await search(reference)).kind).toBe('exhausted');
  clock.advance({ days: 1 });
  expect((await search(reference)).kind).toBe('found');
});

test('a mistyped reference costs nothing', async () => {
  for (let at = 0; at < 12; at += 1) {
    expect((await search('12345670')).kind).toBe('mistyped');
  }
});

let householdId = 0;

async function answered(): Promise<number> {
  householdId = await aHousehold().save(database.db);
  const { complaintId } = await filed({ householdId });
  await database.db.prisma.complaint.update({
    where: { id: complaintId },
    data: { status: 'ANSWER_PROPOSED', proposedAnswer: 'answer.cardReady' },
  });
  return complaintId;
}

function hear(complaintId: number, word: Word) {
  return committed((tx) =>
    hearComplainant(house(tx), { complaintId, householdId, word }),
  );
}

function stateOf(id: number) {
  return database.db.prisma.complaint.findUniqueOrThrow({ where: { id } });
}

test('an accepted answer closes the complaint, once', async () => {
  const id = await answered();
  expect((await hear(id, 'accept')).kind).toBe('done');
  expect(await stateOf(id)).toMatchObject({
    status: 'CLOSED_ACCEPTED',
    closedAt: clock.now(),
  });
  expect((await hear(id, 'accept')).kind).toBe('tooLate');
});

test('a refused answer goes one level up with a new delay, the second time to the nation', async () => {
  const id = await answered();
  clock.advance({ days: 5 });
  await hear(id, 'refuse');
  expect(await stateOf(id)).toMatchObject({
    status: 'APPEALED',
    level: 'N3',
    dueOn: new Date('2026-03-24'),
  });
  await database.db.prisma.complaint.update({
    where: { id },
    data: { status: 'ANSWER_PROPOSED' },
  });
  await hear(id, 'refuse');
  expect((await stateOf(id)).level).toBe('N5');
});

test('an appeal is heard for thirty days after the closing, not later', async () => {
  const id = await answered();
  await hear(id, 'accept');
  clock.advance({ days: 31 });
  expect((await hear(id, 'appeal')).kind).toBe('tooLate');
});

test.each(['DUPLICATE', 'OUT_OF_SCOPE', 'CLOSED_ACCEPTED', 'WITHDRAWN'])(
  'what she is told of an appeal against %s is what becomes of one',
  async (status) => {
    const id = await answered();
    const { reference } = await stateOf(id);
    await database.db.prisma.complaint.update({
      where: { id },
      data: { status, closedAt: clock.now(), duplicateOf: id + 1 },
    });
    const told = await search(reference);
    const heard = (await hear(id, 'appeal')).kind === 'done';
    expect(told).toMatchObject({ complaint: { mayAppeal: heard } });
    expect(heard).toBe(status !== 'WITHDRAWN');
    if (heard) expect((await stateOf(id)).duplicateOf).toBeNull();
  },
);

test('nobody speaks for another household', async () => {
  const id = await answered();
  householdId = await aHousehold().save(database.db);
  expect((await hear(id, 'accept')).kind).toBe('tooLate');
});

test('a commune told afterwards is kept with its place in the history', async () => {
  const { complaintId, reference } = await filed({ anonymous: true });
  clock.advance({ hours: 3 });
  await committed((tx) => locateComplaint({ tx, clock }, reference, 'C-1'));
  expect((await stateOf(complaintId)).communeCode).toBe('C-1');
  const last = await database.db.prisma.complaintEvent.findFirstOrThrow({
    where: { complaintId },
    orderBy: { id: 'desc' },
  });
  expect(last).toMatchObject({
    kind: 'located',
    happenedAt: new Date('2026-03-12T00:00:00Z'),
  });
});

test('how satisfied the complainant is, is asked once', async () => {
  const id = await answered();
  await hear(id, 'accept');
  expect((await hear(id, 'partly')).kind).toBe('done');
  expect((await hear(id, 'no')).kind).toBe('tooLate');
  expect((await stateOf(id)).satisfaction).toBe('partly');
});

test('history is appended and never edited', async () => {
  await filed();
  await expect(
    database.db.prisma.complaintEvent.updateMany({ data: { note: 'x' } }),
  ).rejects.toThrow(/append-only/);
});

test('asked for twice from one phone a call is one, moved, under its code; to many others it is refused', async () => {
  const ask = (slot: 'morning' | 'evening', msisdn: string, by = 'a phone') =>
    committed((tx) =>
      requestCallback({ tx, clock }, { msisdn, slot, locale: 'fr' }, by),
    );
  const calls = () =>
    database.db.prisma.callback.findMany({ orderBy: { id: 'asc' } });
  const [first] = await Promise.all([
    ask('morning', '+22376123456'),
    ask('morning', '+22376123456'),
  ]);
  const again = await ask('evening', '+22376123456');
  expect(again.code).toBe(first.code);
  expect(await calls()).toMatchObject([{ slot: 'evening' }]);
  // Another phone knows nothing of that code.
  await ask('evening', '+22376123456', 'another');
  expect(await calls()).toHaveLength(2);
  for (const last of [1, 2, 4, 5]) await ask('evening', `+2237000000${last}`);
  await expect(ask('evening', '+22370000003')).rejects.toThrow('many');
  await ask('morning', '+22370000002');
  await database.db.prisma.callback.updateMany({
    data: { closedAt: clock.now(), outcome: 'done' },
  });
  await ask('morning', '+22376123456');
  clock.advance({ days: 1 });
  await ask('evening', '+22370000003');
  expect(await calls()).toHaveLength(8);
});

test.each([
  ['morning', '2026-03-12T07:00:00Z', 'today'],
  ['morning', '2026-03-12T08:00:00Z', 'tomorrow'],
  ['evening', '2026-03-12T14:59:00Z', 'today'],
  ['evening', '2026-03-12T18:00:00Z', 'tomorrow'],
] as const)(
  'a call asked for the %s at %s is for %s',
  async (slot, at, when) => {
    clock.set(at);
    const promised = await committed((tx) =>
      requestCallback(
        { tx, clock },
        { msisdn: '+22376123456', slot, locale: 'fr' },
      ),
    );
    expect(promised.when).toBe(when);
    expect(promised.code).toMatch(/^\d\d$/);
  },
);
