import { createSealing } from '../../src/runtime/sealing';
import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { aPhone } from '../support/phone';
import { ussdHouse } from '../support/ussd-house';
import type { TestHouse } from '../support/ussd-house';

const own = '+22376123456';
const relay = '+22376999999';

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
    .on(relay, 'relay')
    .owed({})
    .save(database.db);
  await database.db.prisma.phone.createMany({
    data: [own, relay].map((msisdn) => ({ msisdn, locale: 'fr' })),
  });
});
afterAll(() => database.close());

const offer = '1 Continuer';

/** A call that is cut after these replies. */
async function cutAfter(msisdn: string, ...replies: string[]): Promise<string> {
  const phone = aPhone(house, msisdn);
  await phone.dial();
  return replies.length === 0 ? phone.screen : phone.type(...replies);
}

test('after a cut at the card question, a redial offers to go on, and does', async () => {
  const cut = await cutAfter(own, '1');
  const redial = aPhone(house, own);
  expect(await redial.dial()).toContain(offer);
  expect(await redial.type('1')).toBe(cut);
  expect(await redial.type('5678')).toContain('30 000 F CFA');
});

test('the menu can be chosen instead', async () => {
  await cutAfter(own, '1');
  const redial = aPhone(house, own);
  await redial.dial();
  expect(await redial.type('2')).toContain('1 Mon paiement');
});

test.each([
  ['at the first menu there is nothing to go on with', []],
  ['after a proof of identity', ['1', '5678']],
  ['in a request', ['3', '2', '1']],
  ['while asking to be called', ['5', '1']],
  ['after a wrong card', ['1', '0000']],
])('no offer: %s', async (_when, replies) => {
  await cutAfter(own, ...replies);
  expect(await aPhone(house, own).dial()).not.toContain(offer);
});

test('no offer on a phone that others hold too', async () => {
  await cutAfter(relay, '1');
  expect(await aPhone(house, relay).dial()).not.toContain(offer);
});

test('no offer after ten minutes', async () => {
  await cutAfter(own, '1');
  house.clock.advance({ minutes: 11 });
  expect(await aPhone(house, own).dial()).not.toContain(offer);
});

test('no offer, and no excuse, when the last call cannot be opened any more', async () => {
  await cutAfter(own, '1');
  house.sealing = createSealing(['another secret, long enough to be one']);
  const menu = await aPhone(house, own).dial();
  expect(menu).toContain('1 Mon paiement');
  expect(menu).not.toMatch(/Continuer|repris/);
});

test('no offer after a call that ended by itself', async () => {
  await cutAfter(own, '1', '0', '0');
  expect(await aPhone(house, own).dial()).not.toContain(offer);
});

describe('a published tail', () => {
  beforeEach(() => {
    // A store that has been up for longer than any call forgets nothing.
    house.clock.advance({ minutes: 11 });
  });

  test.each([
    ['1', '4 derniers chiffres'],
    ['2', '4 derniers chiffres'],
    ['3', 'Votre demande'],
    ['4', '4 derniers chiffres'],
  ])('*%s# leads to its line of the menu', async (tail, expected) => {
    const phone = aPhone(house, own);
    expect(await phone.dial(tail)).toContain(expected);
    expect(await phone.type('0')).toContain('1 Mon paiement');
  });

  test.each(['5', '6', '7', '0', 'x'])(
    '*%s# shows the menu: no tail leads to a counsellor or a setting',
    async (tail) => {
      expect(await aPhone(house, own).dial(tail)).toContain('1 Mon paiement');
    },
  );

  test('carries no card: what follows its first digit is ignored', async () => {
    const phone = aPhone(house, own);
    expect(await phone.dial('1*5678')).not.toContain('F CFA');
    expect(await phone.type('5678')).toContain('30 000 F CFA');
  });

  test('of a number without a language asks for it, also from a store too young to remember', async () => {
    await database.db.prisma.phone.deleteMany();
    house = ussdHouse(database.db);
    const phone = aPhone(house, own);
    expect(await phone.dial('1')).toContain('Bamanankan');
    expect(await phone.type('2')).toContain('4 derniers chiffres');
  });

  test('on a first dial leads on once the language is chosen', async () => {
    await database.db.prisma.phone.deleteMany();
    const phone = aPhone(house, own);
    expect(await phone.dial('3')).toContain('Bamanankan');
    expect(await phone.type('2')).toContain('Votre demande');
  });
});
