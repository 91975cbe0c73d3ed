import { fixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';
import { households, importBench, type ImportBench } from './import-texts';

const clock = fixedClock('2026-03-12T08:00:00Z');
let store: TestDatabase;
let bench: ImportBench;

beforeAll(async () => {
  store = await testDatabase();
});

beforeEach(async () => {
  await store.truncateAll();
  clock.set('2026-03-12T08:00:00Z');
  bench = importBench(store.db, clock, { batchRows: 2, pieceBytes: 100 });
});

afterEach(() => {
  bench.remove();
});

afterAll(async () => {
  await store.close();
});

async function links(): Promise<unknown[]> {
  return store.db.prisma.phoneLink.findMany({
    orderBy: { id: 'asc' },
    select: { msisdn: true, kind: true, origin: true, endedAt: true },
  });
}

async function corrections(): Promise<unknown[]> {
  return store.db.prisma.registerCorrection.findMany({
    orderBy: { id: 'asc' },
    select: {
      field: true,
      registerValue: true,
      chosenValue: true,
      settledAt: true,
    },
  });
}

async function householdId(): Promise<number> {
  const found = await store.db.prisma.household.findFirstOrThrow();
  return found.id;
}

test('a changed phone ends the old link and begins a new one', async () => {
  bench.write('h.csv', households({}));
  bench.write(
    'new.csv',
    households({ phone: '60100009', updated: '2026-03-02T06:00:00Z' }),
  );
  await bench.import('h.csv');
  await bench.import('new.csv');
  const register = { kind: 'own', origin: 'register' };
  expect(await links()).toEqual([
    { ...register, msisdn: '+22360100001', endedAt: clock.now() },
    { ...register, msisdn: '+22360100009', endedAt: null },
  ]);
  await bench.import('new.csv');
  expect(await links()).toHaveLength(2);
});

test('an unchanged phone keeps its link when the rest of the row changes', async () => {
  bench.write('h.csv', households({}));
  bench.write(
    'new.csv',
    households({ village: 'Madila', updated: '2026-03-02T06:00:00Z' }),
  );
  await bench.import('h.csv');
  await store.db.prisma.phoneLink.updateMany({
    data: { endedAt: clock.now() },
  });
  await bench.import('new.csv');
  // Staff ended it: the register's silence does not bring it back.
  expect(await links()).toHaveLength(1);
});

test('a number chosen with the staff stays; the difference is opened once and settled when they agree', async () => {
  bench.write('h.csv', households({}));
  await bench.import('h.csv');
  await store.db.prisma.phoneLink.updateMany({
    data: { endedAt: clock.now() },
  });
  await store.db.prisma.phoneLink.create({
    data: {
      householdId: await householdId(),
      ...{ msisdn: '+22360100077', kind: 'own', origin: 'staff' },
      startedAt: clock.now(),
    },
  });
  bench.write(
    'third.csv',
    households({ phone: '60100088', updated: '2026-03-03T06:00:00Z' }),
  );
  await bench.import('third.csv');
  await bench.import('third.csv');
  expect(await links()).toEqual([
    expect.objectContaining({ msisdn: '+22360100001' }),
    expect.objectContaining({ msisdn: '+22360100077', endedAt: null }),
  ]);
  const phone = { field: 'phone', chosenValue: '+22360100077' };
  expect(await corrections()).toEqual([
    { ...phone, registerValue: '+22360100088', settledAt: null },
  ]);
  bench.write(
    'agreed.csv',
    households({ phone: '60100077', updated: '2026-03-04T06:00:00Z' }),
  );
  await bench.import('agreed.csv');
  expect(await corrections()).toEqual([
    { ...phone, registerValue: '+22360100088', settledAt: clock.now() },
  ]);
});

test('language and SMS chosen on the phone stay, and no file lifts an opt-out', async () => {
  await store.db.prisma.phone.create({
    data: {
      ...{ msisdn: '+22360100001', locale: 'bm', smsOn: false },
      ...{ localeChosenAt: clock.now(), smsChosenAt: clock.now() },
    },
  });
  bench.write('h.csv', households({ language: 'fr', consent: 'yes' }));
  await bench.import('h.csv');
  await bench.import('h.csv');
  expect(await store.db.prisma.phone.findFirstOrThrow()).toMatchObject({
    locale: 'bm',
    smsOn: false,
  });
  expect(await corrections()).toEqual([
    {
      field: 'locale',
      registerValue: 'fr',
      chosenValue: 'bm',
      settledAt: null,
    },
    {
      field: 'sms_consent',
      registerValue: 'yes',
      chosenValue: 'no',
      settledAt: null,
    },
  ]);
});

test("a relay's choice is not that of the households it serves", async () => {
  await store.db.prisma.phone.create({
    data: { msisdn: '+22360100001', locale: 'bm', smsOn: false },
  });
  bench.write('h.csv', households({ owner: 'relay' }));
  await bench.import('h.csv');
  expect(await corrections()).toEqual([]);
});
