import { createSealing } from '../../src/runtime/sealing';
import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { aPhone } from '../support/phone';
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

test('a call of an older version of its flow begins again, says so once, and goes on', async () => {
  const { store, sealing } = house;
  const context = `ussd ${own}`;
  let isOld = true;
  const phone = aPhone(
    {
      ...house,
      store: {
        ...store,
        async load(sessionKey, callerKey) {
          const loaded = await store.load(sessionKey, callerKey);
          const session =
            loaded.session && sealing.decrypt(context, loaded.session);
          if (!session || !isOld) {
            return loaded;
          }
          isOld = false;
          const aged = session.replace('"version":1', '"version":0');
          return { ...loaded, session: sealing.encrypt(context, aged) };
        },
      },
    },
    own,
  );
  const menu = await phone.dial();
  const restarted = await phone.type('1');
  expect(restarted).toContain('1 Mon paiement');
  expect(restarted).not.toBe(menu);
  expect(await phone.type('1')).toContain('4 derniers chiffres');
});

test('a call whose seal cannot be opened any more begins again, says so, and goes on', async () => {
  // A store that has been up for longer than any call takes no lost call for granted.
  house.clock.advance({ minutes: 11 });
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('1');
  house.sealing = createSealing(['another secret, long enough to be one']);
  expect(await phone.type('5678')).toContain('repris au début');
  expect(phone.screen).toContain('1 Mon paiement');
  expect(await phone.send(phone.path)).toContain('repris au début');
  expect(await phone.type('1', '5678')).toContain('F CFA');
  expect(await phone.type('00', '5')).toContain('1 Un agent me rappelle');
});

test('a call that cannot be opened asks for the language of a number that has none', async () => {
  await database.db.prisma.phone.deleteMany();
  house.clock.advance({ minutes: 11 });
  const phone = aPhone(house, own);
  await phone.dial();
  house.sealing = createSealing(['another secret, long enough to be one']);
  expect(await phone.type('1')).toContain('Bamanankan');
  expect(await phone.type('2')).toContain('1 Mon paiement');
});

test.each([
  ['one line', () => '{"shape":1}'],
  ['another text altogether', () => 'shape=1\nseq=2'],
  ['no position', () => '{}\n{"shape":1}'],
  [
    'an older shape',
    (text: string) => text.replace(/"shape":\d+/, '"shape":1'),
  ],
])(
  'a call that another release wrote begins again, says so, and goes on: %s',
  async (_form, written) => {
    const { store, sealing } = house;
    const context = `ussd ${own}`;
    house.clock.advance({ minutes: 11 });
    house.store = {
      ...store,
      save: (kept) =>
        store.save({
          ...kept,
          value: sealing.encrypt(
            context,
            written(sealing.decrypt(context, kept.value) ?? ''),
          ),
        }),
    };
    const phone = aPhone(house, own);
    await phone.dial();
    house.store = store;
    expect(await phone.type('1')).toContain('repris au début');
    expect(await phone.type('1')).toContain('4 derniers chiffres');
  },
);
