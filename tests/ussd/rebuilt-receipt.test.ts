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
beforeEach(async () => {
  await database.truncateAll();
  await aHousehold()
    .withCard('12345678', '90')
    .on(own)
    .owed({ wave: 'PAST', window: ['2026-01-10', '2026-01-16'] })
    .owed({ wave: 'OPEN', amountXof: 45_000 })
    .save(database.db);
  await database.db.prisma.phone.create({
    data: { msisdn: own, locale: 'fr' },
  });
});
afterAll(() => database.close());

// Walked again, the keys meet a household that has already spoken of the payment, and mean another.
test.failing(
  'a call that is lost after a receipt goes on about the same payment',
  async () => {
    const house = ussdHouse(database.db);
    const phone = aPhone(house, own);
    await phone.dial();
    // Nothing received of the payment that is open: went there, was not paid.
    await phone.type('2', '5678', '3', '2');
    expect(phone.screen).toContain('Voulez-vous faire une demande?');

    house.store = memorySessionStore();
    await phone.type('1');

    expect(phone.screen).toContain('Demande enregistrée');
    const filed = await database.db.prisma.complaint.findMany();
    const open = await database.db.prisma.payment.findFirstOrThrow({
      where: { wave: { code: 'OPEN' } },
    });
    expect(filed.map(({ paymentId }) => paymentId)).toEqual([open.id]);
  },
);
