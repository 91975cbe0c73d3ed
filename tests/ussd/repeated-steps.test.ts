import { memorySessionStore } from '../../src/ussd/memory-session-store';
import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { anIncrementalPhone, aPhone } from '../support/phone';
import { ussdHouse } from '../support/ussd-house';
import type { TestHouse } from '../support/ussd-house';

const own = '+22376123456';

let database: TestDatabase;
let house: TestHouse;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.truncateAll();
  house = ussdHouse(database.db);
  await aHousehold()
    .withCard('12345678', '90')
    .on(own)
    .owed({ window: ['2026-02-10', '2026-02-14'] })
    .owed({ amountXof: 45_000 })
    .save(database.db);
  await database.db.prisma.phone.create({
    data: { msisdn: own, locale: 'fr' },
  });
});
afterAll(() => database.close());

/** As after kill -9, or with an emptied Redis: the same service, its sessions gone. */
function withoutSessions(): TestHouse {
  return {
    ...house,
    store: memorySessionStore(() => house.clock.now().getTime()),
  };
}

/** The keys that lead from the menu to a filed request about the card. */
const filing = ['3', '2', '1', '5678', '3'];

test('a doubled step is answered with the screen of the first', async () => {
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('1', '5678');
  const shown = phone.screen;
  expect(await phone.send(phone.path)).toBe(shown);
  expect(await phone.type('1')).not.toBe(shown);
});

test('a call whose session is lost goes on at the right screen', async () => {
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('1', '5678');
  const expected = phone.screen;

  Object.assign(house, withoutSessions());
  expect(await phone.send(phone.path)).toBe(expected);
});

test('a request filed before its session was lost is not filed again', async () => {
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type(...filing);
  const reference = /\d\d \d\d \d\d \d\d/.exec(phone.screen)?.[0];

  Object.assign(house, withoutSessions());
  const replayed = await phone.send(phone.path);
  expect(replayed).toContain(reference);
  expect(await database.db.prisma.complaint.count()).toBe(1);
});

test('a wrong card of a lost session is not counted twice', async () => {
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('1', '0000', '1111');
  Object.assign(house, withoutSessions());
  expect(await phone.type('5678')).toContain('F CFA');
  expect(await database.db.prisma.wrongTry.count()).toBe(2);
});

test('the first call of a number survives the loss of its session', async () => {
  await database.db.prisma.phone.deleteMany();
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('2', '1');
  const expected = phone.screen;
  Object.assign(house, withoutSessions());
  expect(await phone.send(phone.path)).toBe(expected);
});

test('a shorter path that was not typed in this call is walked, and what it files is told', async () => {
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('3');
  // Two different replies reached us at once; the longer was kept, the caller goes on along the other.
  await phone.send('3*2123456');
  expect(await phone.send('3*2')).toContain('1 Carte');
  await phone.send('3*2*1');
  await phone.send('3*2*1*5678');
  expect(await phone.send('3*2*1*5678*3')).toContain('Demande enregistrée');
});

test('a reply that grows without a separator is another path, not a longer reply', async () => {
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('1');
  expect(await phone.send('10')).not.toContain('F CFA');
});

test('another number under the same session id meets nothing of the call', async () => {
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('1', '5678');
  house.clock.advance({ minutes: 11 });
  const thief = aPhone(house, '+22366000000');
  thief.join(phone);
  expect(await thief.send(phone.path)).not.toContain('F CFA');
});

test('a wrong key shows the same screen with one line more, and the call goes on', async () => {
  const phone = aPhone(house, own);
  const menu = await phone.dial();
  for (const key of ['8', 'x', '', '*', '77 77']) {
    const shown = await phone.type(key);
    expect(shown).toContain('1 Mon paiement');
    expect(shown).not.toBe(menu);
    expect(phone.open).toBe(true);
  }
  expect(await phone.type('5')).toContain('1 Un agent me rappelle');
});

test('what happens too late does not happen at all', async () => {
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type(...filing.slice(0, -1));
  const now = performance.now.bind(performance);
  const clock = jest.spyOn(performance, 'now');
  // The step begins at one moment, and is three seconds old whenever it is looked at again.
  clock.mockImplementationOnce(now);
  clock.mockImplementation(() => now() + 3_000);
  await phone.type(filing.at(-1) ?? '');
  clock.mockRestore();
  expect(phone.screen).toContain('Réessayez');
  expect(await database.db.prisma.complaint.count()).toBe(0);
  expect(await database.db.prisma.effectOnce.count()).toBe(0);
});

test('no table but that of complaints holds the number of a nameless request', async () => {
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('3', '4', '2', '4');
  const { reference } = await database.db.prisma.complaint.findFirstOrThrow();
  const tables = await database.db.pool.query<{ tablename: string }>(
    `select tablename from pg_tables where schemaname = 'public' and tablename <> 'complaints'`,
  );
  for (const { tablename } of tables.rows) {
    const rows = await database.db.pool.query(`select * from ${tablename}`);
    expect(JSON.stringify(rows.rows)).not.toContain(reference);
  }
});

describe('a gateway that tells one reply alone', () => {
  test('leads to the amount, and a doubled step changes nothing', async () => {
    const phone = anIncrementalPhone(house, own);
    await phone.dial();
    const shown = await phone.type('1', '5678');
    expect(shown).toContain('F CFA');
    expect(await phone.again()).toBe(shown);
  });

  test('a tail leads to its line of the menu', async () => {
    const phone = anIncrementalPhone(house, own);
    expect(await phone.dial('1')).toContain('4 derniers chiffres');
    expect(await phone.type('5678')).toContain('F CFA');
  });

  test('a lost call begins again, and its effects are its own', async () => {
    const phone = anIncrementalPhone(house, own);
    await phone.dial();
    const first = await phone.type('3', '2', '1', '2');
    Object.assign(house, withoutSessions());
    expect(await phone.type('x')).toContain('1 Mon paiement');
    const second = await phone.type('3', '3', '1', '2');
    expect(first).toContain('enregistrée');
    expect(second).toContain('enregistrée');
    const filed = await database.db.prisma.complaint.findMany({
      orderBy: { id: 'asc' },
    });
    expect(filed.map(({ subject }) => subject)).toEqual([
      'card.lost',
      'targeting.notListed',
    ]);
  });
});
