import { connectDatabase } from '../../src/runtime/database';
import type { Database } from '../../src/runtime/database';
import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { freePort } from '../support/free-port';
import { aPhone } from '../support/phone';
import { ussdHouse } from '../support/ussd-house';

const own = '+22376123456';

let database: TestDatabase;
let away: Database;
beforeAll(async () => {
  database = await testDatabase();
  away = connectDatabase(
    `postgresql://nobody:nothing@127.0.0.1:${await freePort()}/nowhere`,
    { max: 2, connectTimeoutMs: 500 },
  );
});
beforeEach(() => database.truncateAll());
afterAll(async () => {
  await database.close();
  await away.close();
});

test('a dial without the database ends kindly in both languages', async () => {
  const phone = aPhone(ussdHouse(away), own);
  expect(await phone.dial()).toMatch(/Réessayez[^]+Segin/);
  expect(phone.open).toBe(false);
});

test('a step without the database ends kindly in the language of the caller', async () => {
  await database.db.prisma.phone.create({
    data: { msisdn: own, locale: 'bm' },
  });
  const house = ussdHouse(database.db);
  const phone = aPhone(house, own);
  await phone.dial();
  house.db = away;
  const said = await phone.type('1', '5678');
  expect(said).toContain('Segin');
  expect(said).not.toContain('Réessayez');
  expect(phone.open).toBe(false);
});

test('a request is never called recorded unless it is', async () => {
  await database.db.prisma.phone.create({
    data: { msisdn: own, locale: 'fr' },
  });
  const house = ussdHouse(database.db);
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('3', '2', '1', '9');
  house.db = away;
  expect(await phone.type('3')).not.toContain('enregistrée');

  house.db = database.db;
  expect(await phone.send(phone.path)).toContain('enregistrée');
  expect(await database.db.prisma.complaint.count()).toBe(1);
});

test('steps that need no database go on without it', async () => {
  await database.db.prisma.phone.create({
    data: { msisdn: own, locale: 'fr' },
  });
  const house = ussdHouse(database.db);
  const phone = aPhone(house, own);
  await phone.dial();
  house.db = away;
  expect(await phone.type('5', '3')).toContain('20 22 16 15');
});
