import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { aPhone } from '../support/phone';
import { ussdHouse } from '../support/ussd-house';

const own = '+22376123456';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.truncateAll());
afterAll(() => database.close());

async function speaksFrench(msisdn: string): Promise<void> {
  await database.db.prisma.phone.create({ data: { msisdn, locale: 'fr' } });
}

test('a beneficiary reaches her amount in three screens and five digits', async () => {
  await aHousehold()
    .withCard('12345678', '90')
    .on(own)
    .owed({})
    .save(database.db);
  await speaksFrench(own);
  const phone = aPhone(ussdHouse(database.db), own);

  await phone.dial();
  await phone.type('1', '5678');

  expect(phone.screens).toHaveLength(3);
  expect(phone.screen).toContain('30 000 F CFA');
  expect(phone.screen).toContain('Mairie de Kita-Ouest');
});

test('the first dial adds one screen, in both languages at once', async () => {
  const phone = aPhone(ussdHouse(database.db), own);
  expect(await phone.dial()).toContain('Bamanankan');
  expect(await phone.type('1')).toContain('Jigisèmèjiri');
  expect(await aPhone(ussdHouse(database.db), own).dial()).toBe(phone.screen);
});

test('a card from any phone opens dates and place, never an amount', async () => {
  await aHousehold().withCard('12345678', '90').owed({}).save(database.db);
  await speaksFrench(own);
  const phone = aPhone(ussdHouse(database.db), own);
  await phone.dial();
  await phone.type('1', '12345678 90');
  expect(phone.screen).toContain('Mairie de Kita-Ouest');
  expect(phone.screen).not.toContain('30 000');
});
