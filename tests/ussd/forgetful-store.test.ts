import { memorySessionStore } from '../../src/ussd/memory-session-store';
import type { SessionStore } from '../../src/ussd/session-store';
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
beforeEach(async () => {
  await database.truncateAll();
  await aHousehold()
    .withCard('12345678', '90')
    .on(own)
    .owed({})
    .save(database.db);
  await database.db.prisma.phone.create({
    data: { msisdn: own, locale: 'fr' },
  });
});
afterAll(() => database.close());

/** A store that is too slow to be read at some moments, and keeps all the same. */
function slowStore(): SessionStore & { isSlow: boolean } {
  const store = memorySessionStore();
  return {
    isSlow: false,
    save: (kept) => store.save(kept),
    load(sessionKey, callerKey) {
      return this.isSlow
        ? Promise.reject(new Error('redis is silent'))
        : store.load(sessionKey, callerKey);
    },
  };
}

test('a step whose call could not be read in time shows its own screen, not an older one', async () => {
  const store = slowStore();
  const phone = aPhone(ussdHouse(database.db, { store }), own);
  const menu = await phone.dial();

  store.isSlow = true;
  // Keeping finds the call there after all; reading who won is slow once more, or is not.
  const asked = phone.type('1');
  store.isSlow = false;

  expect(await asked).not.toBe(menu);
  expect(phone.screen).toContain('4 derniers chiffres');
  expect(await phone.type('5678')).toContain('30 000 F CFA');
});
