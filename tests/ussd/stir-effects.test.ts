import { stirEffects } from '../../src/ussd/stir-effects';
import { memorySessionStore } from '../../src/ussd/memory-session-store';
import { testDatabase, type TestDatabase } from '../support/database';
import { aPhone } from '../support/phone';
import { ussdHouse } from '../support/ussd-house';

let store: TestDatabase;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(() => store.truncateAll());
afterAll(() => store.close());

test('effects are written anew together once, and a step of theirs that is walked again is answered alike', async () => {
  const house = ussdHouse(store.db);
  const phone = aPhone(house, '+22376123456');
  await phone.dial();
  await phone.type('2', '3', '4', '3', '4');
  expect(phone.screen).toContain('Demande enregistrée.');
  const { screen, path } = phone;
  expect(await stirEffects(store.db)).toBe(2);
  expect(await stirEffects(store.db)).toBe(0);

  const forgetful = { ...house, store: memorySessionStore() };
  const again = aPhone(forgetful, '+22376123456');
  again.join(phone);
  expect(await again.send(path)).toBe(screen);
  expect(await store.db.prisma.complaint.count()).toBe(1);
});

test('a step that comes while effects are written anew happens once', async () => {
  const house = ussdHouse(store.db);
  const phone = aPhone(house, '+22376123456');
  await phone.dial();
  await phone.type('2', '3', '4', '3');
  const last = `${phone.path}*4`;
  const [one, other] = await Promise.all([
    phone.send(last),
    phone.send(last),
    ...Array.from({ length: 10 }, () => stirEffects(store.db)),
  ]);
  expect(other).toBe(one);
  expect(await store.db.prisma.complaint.count()).toBe(1);
});
