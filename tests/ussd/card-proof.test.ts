import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { aPhone } from '../support/phone';
import type { Phone } from '../support/phone';
import { ussdHouse } from '../support/ussd-house';
import type { TestHouse } from '../support/ussd-house';

const own = '+22376123456';
const other = '+22366123456';
const relay = '+22365000001';

let database: TestDatabase;
let house: TestHouse;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.truncateAll();
  house = ussdHouse(database.db);
  await database.db.prisma.phone.createMany({
    data: [own, other, relay].map((msisdn) => ({ msisdn, locale: 'fr' })),
  });
});
afterAll(() => database.close());

const amount = '30 000 F CFA';
const locked = 'Réessayez dans 30 minutes';
const lockedToday = 'Réessayez demain';

/** Dials and tries cards one after the other in one call. */
async function tries(phone: Phone, ...cards: string[]): Promise<string> {
  await phone.dial();
  return phone.type('1', ...cards);
}

async function aLinkedHousehold(): Promise<void> {
  await aHousehold()
    .withCard('12345678', '90')
    .on(own)
    .owed({})
    .save(database.db);
}

test('the third wrong card from a number locks that number for thirty minutes', async () => {
  await aLinkedHousehold();
  const phone = aPhone(house, own);
  expect(await tries(phone, '0000', '1111')).toContain('Pas trouvé');
  expect(await phone.type('2222')).toContain(locked);
  expect(await tries(aPhone(house, own), '5678')).toContain(locked);

  house.clock.advance({ minutes: 31 });
  expect(await tries(aPhone(house, own), '5678')).toContain(amount);
});

test('the sixth wrong card in a day locks the number until tomorrow', async () => {
  await aLinkedHousehold();
  await tries(aPhone(house, own), '0000', '1111', '2222');
  house.clock.advance({ minutes: 31 });
  await tries(aPhone(house, own), '0000', '1111', '2222');
  expect(await tries(aPhone(house, own), '5678')).toContain(lockedToday);

  house.clock.advance({ days: 1 });
  expect(await tries(aPhone(house, own), '5678')).toContain(amount);
});

test('a lock outlives the service that counted', async () => {
  await aLinkedHousehold();
  await tries(aPhone(house, own), '0000', '1111', '2222');
  const restarted = ussdHouse(database.db);
  expect(await tries(aPhone(restarted, own), '5678')).toContain(locked);
});

test('guesses made at the same moment are counted one after the other', async () => {
  await aLinkedHousehold();
  const guesses = Array.from({ length: 40 }, (_, at) =>
    String(5_660 + at).padStart(4, '0'),
  );
  const screens = await Promise.all(
    guesses.map((digits) => tries(aPhone(house, own), digits)),
  );
  expect(await database.db.prisma.wrongTry.count()).toBeLessThanOrEqual(3);
  expect(
    screens.filter((screen) => screen.includes(amount)).length,
  ).toBeLessThanOrEqual(1);
});

test('a card tried three times from other numbers is locked for them and not for its own', async () => {
  await aLinkedHousehold();
  for (const msisdn of ['+22371000001', '+22371000002', '+22371000003']) {
    await database.db.prisma.phone.create({ data: { msisdn, locale: 'fr' } });
    await tries(aPhone(house, msisdn), '1234567811');
  }
  expect(await tries(aPhone(house, other), '1234567890')).toContain(locked);
  expect(await tries(aPhone(house, own), '1234567890')).toContain(amount);
});

test('a phone without a link hears of four digits what a wrong card hears', async () => {
  await aLinkedHousehold();
  const linked = aPhone(house, own);
  const unlinked = aPhone(house, other);
  await tries(linked, '0000');
  await tries(unlinked, '5678');
  expect(unlinked.screens).toEqual(linked.screens);
});

test('two households of one phone that share four digits are told apart by the full card', async () => {
  await aHousehold()
    .withCard('11115678', '01')
    .on(own)
    .owed({ amountXof: 30_000 })
    .save(database.db);
  await aHousehold()
    .withCard('22225678', '02')
    .on(own)
    .owed({ amountXof: 45_000 })
    .save(database.db);
  const phone = aPhone(house, own);
  const asked = await tries(phone, '5678');
  expect(asked).not.toContain('F CFA');
  expect(await phone.type('2222567802')).toContain('45 000 F CFA');
});

test('a right card writes nothing and forgives nothing', async () => {
  await aLinkedHousehold();
  const phone = aPhone(house, own);
  await tries(phone, '0000', '1111');
  expect(await tries(aPhone(house, own), '5678')).toContain(amount);
  expect(await database.db.prisma.wrongTry.count()).toBe(2);
  expect(await tries(aPhone(house, own), '2222')).toContain(locked);
});

test('a repeated step counts its wrong card once', async () => {
  await aLinkedHousehold();
  const phone = aPhone(house, own);
  await tries(phone, '0000');
  await Promise.all([phone.send(phone.path), phone.send(phone.path)]);
  expect(await database.db.prisma.wrongTry.count()).toBe(1);
});

test('proof holds for one call: the next one asks again', async () => {
  await aLinkedHousehold();
  await tries(aPhone(house, own), '5678');
  const next = aPhone(house, own);
  await next.dial();
  expect(await next.type('1')).not.toContain('F CFA');
});

test('nothing that a call wrote holds a card or an open number', async () => {
  await aLinkedHousehold();
  await tries(aPhone(house, other), '1234567811');
  const rows = await database.db.pool.query('select * from wrong_tries');
  expect(JSON.stringify(rows.rows)).not.toMatch(/12345678|66123456/);
  expect(house.lines.join('')).not.toMatch(/12345678|66123456/);
});

test('a locked screen does not ask to type again', async () => {
  await aLinkedHousehold();
  const phone = aPhone(house, own);
  const shown = await tries(phone, '0000', '1111', '2222');
  expect(await phone.type('5678')).toBe(shown);
});
