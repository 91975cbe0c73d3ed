import { createSealing } from '../../src/runtime/sealing';
import { memorySessionStore } from '../../src/ussd/memory-session-store';
import { wholeCall } from '../support/counted-phones';
import { testDatabase, type TestDatabase } from '../support/database';
import {
  sessionSecret,
  ussdHouse,
  type TestHouse,
} from '../support/ussd-house';
import { ussdLine, type UssdLine } from '../support/ussd-line';
import { aVillage, type Villager } from '../support/village';

const callers = 30;
let database: TestDatabase;
let house: TestHouse;
/** A second process over the same store; steps come to either. */
let other: TestHouse;
let line: UssdLine;
let people: readonly Villager[];

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.truncateAll();
  people = await aVillage(database.db, callers);
  // Today as the village has it: its payment is open.
  house = ussdHouse(database.db, { at: new Date().toISOString() });
  other = { ...house, sealing: createSealing([sessionSecret]) };
  line = await ussdLine([house, other], callers);
});
afterEach(() => line.close());
afterAll(() => database.close());

/** The path of every step of a whole call. */
function pathsOf(person: Villager): { path: string; reads: RegExp }[] {
  const [, ...typed] = wholeCall(person);
  return [
    { path: '', reads: /1 Mon paiement/ },
    ...typed.map(({ reads }, at) => ({
      reads,
      path: typed
        .slice(0, at + 1)
        .map(({ type }) => type)
        .join('*'),
    })),
  ];
}

test('experiment 9: every callback twice, at once and again a second later: three times the same answer, one request', async () => {
  for (const person of people) {
    const call = line.phones.call(person.msisdn);
    for (const { path, reads } of pathsOf(person)) {
      const [one, two] = await Promise.all([call.send(path), call.send(path)]);
      house.clock.advance({ minutes: 1 / 60 });
      const three = await call.send(path);
      expect([two, three]).toEqual([one, one]);
      expect(one).toMatch(reads);
    }
  }
  expect(await database.db.prisma.complaint.count()).toBe(callers);
  expect(await database.db.prisma.wrongTry.count()).toBe(0);
});

test('experiment 9: a step that comes again after its session is lost is answered alike, and files nothing', async () => {
  const [person] = people;
  if (person === undefined) throw new Error('nobody lives here');
  const call = line.phones.call(person.msisdn);
  for (const { path } of pathsOf(person)) await call.send(path);
  const last = pathsOf(person).at(-1)?.path ?? '';
  const shown = await call.send(last);
  house.store = other.store = memorySessionStore();
  expect(await call.send(last)).toBe(shown);
  expect(await database.db.prisma.complaint.count()).toBe(1);
});

test('experiment 10: a step skipped, so that the text grows by two replies: the right screen, wherever it is skipped', async () => {
  for (const person of people) {
    const paths = pathsOf(person);
    const skipped = 1 + (person.serial % (paths.length - 2));
    const call = line.phones.call(person.msisdn);
    for (const [at, { path, reads }] of paths.entries()) {
      if (at !== skipped) expect(await call.send(path)).toMatch(reads);
    }
  }
  expect(await database.db.prisma.complaint.count()).toBe(callers);
});

test('experiment 10: steps that come out of order: every late one is shown where the call stands, and takes nothing back', async () => {
  for (const person of people) {
    const paths = pathsOf(person);
    const call = line.phones.call(person.msisdn);
    for (const [at, { path, reads }] of paths.entries()) {
      const shown = await call.send(path);
      expect(shown).toMatch(reads);
      const late = paths[person.serial % (at + 1)]?.path ?? '';
      expect(await call.send(late)).toBe(shown);
    }
  }
  expect(await database.db.prisma.complaint.count()).toBe(callers);
});

test('experiment 10: two replies at once in two orders: both calls end at the screen of the longer path', async () => {
  for (const person of people) {
    const [, , card] = pathsOf(person);
    const call = line.phones.call(person.msisdn);
    await call.dial();
    await Promise.all([call.send(card?.path ?? ''), call.send('1')]);
    expect(await call.send(card?.path ?? '')).toMatch(card?.reads ?? /-/);
  }
});

test('experiment 11: a new session whose text is a tail: its line of the menu, the rest ignored, and the call goes on', async () => {
  // The sessions have been kept for long enough to know that this one is new.
  house.clock.advance({ minutes: 11 });
  const [person] = people;
  if (person === undefined) throw new Error('nobody lives here');
  const screens = { '1': /4 derniers/, '2': /4 derniers/, '3': /1 / };
  for (const [tail, reads] of Object.entries(screens)) {
    expect(await line.phones.call(person.msisdn).send(tail)).toMatch(reads);
  }
  const call = line.phones.call(person.msisdn);
  const shown = await call.send(`1*${person.digits}`);
  expect(shown).toMatch(/4 derniers/);
  expect(shown).not.toContain('F CFA');
  expect(await call.send(`1*${person.digits}*${person.digits}`)).toContain(
    person.amount,
  );
  expect(await line.phones.call(person.msisdn).send('7*7*7')).toMatch(
    /^CON [^]*1 Mon paiement/,
  );
});
