import { memorySessionStore } from '../../src/ussd/memory-session-store';
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

/** A household that may speak of two payments and a ration. */
async function aHouseholdToAsk(): Promise<void> {
  await database.truncateAll();
  await aHousehold()
    .withCard('12345678', '90')
    .on(own)
    .owed({ wave: 'PAST', window: ['2026-01-10', '2026-01-16'] })
    .owed({ wave: 'OPEN', amountXof: 45_000 })
    .rationed({ date: '2026-03-10', place: 'CSCom de Kita' })
    .save(database.db);
  await database.db.prisma.phone.create({
    data: { msisdn: own, locale: 'fr' },
  });
}
beforeEach(aHouseholdToAsk);
afterAll(() => database.close());

test('a call that is lost after a receipt goes on about the same payment', async () => {
  const house = ussdHouse(database.db);
  const phone = aPhone(house, own);
  await phone.dial();
  // Nothing received of the payment that is open: went there, was not paid.
  await phone.type('2', '5678', '3', '2');
  expect(phone.screen).toContain('Voulez-vous faire une demande?');

  house.store = memorySessionStore();
  // With a number to follow it by.
  await phone.type('2');

  expect(phone.screen).toContain('Demande enregistrée');
  const filed = await database.db.prisma.complaint.findMany();
  const open = await database.db.prisma.payment.findFirstOrThrow({
    where: { wave: { code: 'OPEN' } },
  });
  expect(filed.map(({ paymentId }) => paymentId)).toEqual([open.id]);
});

test('lost after two receipts and a ration, a call shows what one that was not lost shows', async () => {
  const keys = [
    ...['2', '5678', '3', '2', '00', '2', '3', '00', '2', '9', '9', '1'],
  ];
  const screensOf = async (losesAt: readonly number[]) => {
    await aHouseholdToAsk();
    const house = ussdHouse(database.db);
    const phone = aPhone(house, own);
    await phone.dial();
    for (const [at, key] of keys.entries()) {
      if (losesAt.includes(at)) house.store = memorySessionStore();
      await phone.type(key);
    }
    const receipts = await database.db.prisma.receipt.count();
    const rations = await database.db.prisma.rationReceipt.count();
    return { screens: phone.screens, receipts, rations };
  };
  const whole = await screensOf([]);
  expect([whole.receipts, whole.rations]).toEqual([2, 1]);
  for (const at of keys.keys())
    expect([at, await screensOf([at])]).toEqual([at, whole]);
  expect(await screensOf([3, 4, 5, 6, 7, 8, 9, 10, 11])).toEqual(whole);
});
