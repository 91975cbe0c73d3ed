import { menuFigures } from '../../src/ussd/count-screens';
import { screenTally } from '../../src/ussd/screen-tally';
import { testDatabase, type TestDatabase } from '../support/database';
import { aPhone } from '../support/phone';
import { ussdHouse } from '../support/ussd-house';

let store: TestDatabase;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(() => store.truncateAll());
afterAll(() => store.close());

const msisdn = '+22376123456';

test('screens are counted by day, with where callers leave; what is written twice adds up, a store that is away loses nothing', async () => {
  await store.db.prisma.phone.create({ data: { msisdn, locale: 'fr' } });
  const house = ussdHouse(store.db);
  const tally = screenTally(house);
  const counting = { ...house, tally };
  const call = async (...keys: string[]) => {
    const phone = aPhone(counting, msisdn);
    await phone.dial();
    await phone.type(...keys);
    await phone.send(phone.path);
  };
  await call('3');
  await call();
  await tally.write();
  await call();
  const broken = screenTally({
    clock: house.clock,
    db: {
      pool: Object.create(store.db.pool, {
        query: { value: () => Promise.reject(new Error('away')) },
      }) as typeof store.db.pool,
    },
  });
  broken.note({
    screen: 'main.menu',
    locale: 'fr',
    isDial: true,
    isEnd: false,
  });
  await expect(broken.write()).rejects.toThrow('away');
  await expect(broken.write()).rejects.toThrow('away');
  await tally.write();
  expect(await tally.write()).toBe(0);
  const figures = await menuFigures(store.db, {
    from: '2026-03-01',
    to: '2026-04-01',
  });
  expect(figures.calls).toEqual([
    { day: '2026-03-12', locale: 'fr', calls: 3 },
  ]);
  // A request is not counted, nor that a key led to it.
  expect(figures.screens).toEqual([
    { screen: 'main.menu', shown: 3, answered: 0, ended: 0 },
  ]);
});
