import { namelessPerWeek } from '../../src/complaints/nameless-limit';
import { drawReference } from '../../src/complaints/reference';
import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { aPhone } from '../support/phone';
import { ussdHouse } from '../support/ussd-house';
import type { TestHouse } from '../support/ussd-house';

const own = '+22376123456';
const other = '+22366123456';

let database: TestDatabase;
let house: TestHouse;
let householdId: number;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.truncateAll();
  house = ussdHouse(database.db);
  householdId = await aHousehold()
    .withCard('12345678', '90')
    .on(own)
    .owed({})
    .save(database.db);
  await database.db.prisma.phone.createMany({
    data: [own, other].map((msisdn) => ({ msisdn, locale: 'fr' })),
  });
});
afterAll(() => database.close());

/** Files a request about a damaged card, with its number. @returns the reference */
async function filed(): Promise<string> {
  const phone = aPhone(house, own);
  await phone.dial();
  const done = await phone.type('3', '2', '2', '5678', '3');
  return /\d\d \d\d \d\d \d\d/.exec(done)?.[0] ?? '';
}

async function follow(msisdn: string, reference: string): Promise<string> {
  const phone = aPhone(house, msisdn);
  await phone.dial();
  return phone.type('3', '6', reference);
}

async function propose(answer: string): Promise<void> {
  await database.db.prisma.complaint.updateMany({
    data: { status: 'ANSWER_PROPOSED', proposedAnswer: answer },
  });
}

test('any phone learns from a reference whether the request is open, and no more', async () => {
  const reference = await filed();
  const shown = await follow(other, reference);
  expect(shown).toContain('en cours');
  expect(shown).not.toMatch(/Carte|Réponse avant|19\/03/);
});

test('a reference may be typed with or without its spaces; a mistyped one is told apart from an unknown one', async () => {
  const reference = await filed();
  expect(await follow(other, reference.replaceAll(' ', ''))).toContain(
    'en cours',
  );
  const last = (Number(reference.at(-1)) + 1) % 10;
  expect(await follow(other, reference.slice(0, -1) + String(last))).toContain(
    'mal tapé',
  );
  expect(await follow(other, drawReference())).toContain('inconnu');
});

test('a proposed answer is heard after proof, and accepted', async () => {
  const reference = await filed();
  await propose('answer.cardReady');
  const phone = aPhone(house, own);
  await phone.dial();
  const heard = await phone.type('3', '6', reference, '1', '5678');
  expect(heard).toContain(
    'Votre carte est prête à la commune.'.replace('ê', 'e'),
  );
  await phone.type('1');
  const kept = await database.db.prisma.complaint.findFirstOrThrow();
  expect(kept.status).toBe('CLOSED_ACCEPTED');
});

test('a refused answer goes to somebody else, one level up', async () => {
  const reference = await filed();
  await propose('answer.cardReady');
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('3', '6', reference, '1', '5678', '2');
  const kept = await database.db.prisma.complaint.findFirstOrThrow();
  expect(kept).toMatchObject({ status: 'APPEALED', level: 'N3' });
});

test('an answer whose sentence is not known leaves its line out, and the call goes on', async () => {
  const reference = await filed();
  await propose('answer.ofALaterRelease');
  const phone = aPhone(house, own);
  await phone.dial();
  const heard = await phone.type('3', '6', reference, '1', '5678');
  expect(phone.open).toBe(true);
  expect(heard).toContain("1 J'accepte");
});

test('another household proves itself and still learns nothing of the request', async () => {
  const reference = await filed();
  await aHousehold().withCard('87654321', '09').on(other).save(database.db);
  const phone = aPhone(house, other);
  await phone.dial();
  const shown = await phone.type('3', '6', reference, '1', '4321');
  expect(shown).not.toMatch(/Réponse|19\/03|J'accepte/);
});

test('a new number is asked for; nothing changes until staff decide', async () => {
  const phone = aPhone(house, own);
  await phone.dial();
  const done = await phone.type('3', '2', '4', '5678', '66010203');
  expect(done).toContain('enregistrée');
  expect(await database.db.prisma.phoneChange.findMany()).toMatchObject([
    {
      householdId,
      oldMsisdn: own,
      newMsisdn: '+22366010203',
      status: 'requested',
    },
  ]);
  expect(
    await database.db.prisma.phoneLink.count({ where: { endedAt: null } }),
  ).toBe(1);
});

test('the phone of a relative that calls may become the number asked for', async () => {
  await aHousehold()
    .withCard('11112222', '01')
    .on(other, 'family')
    .save(database.db);
  const phone = aPhone(house, other);
  await phone.dial();
  const done = await phone.type('3', '2', '4', '2222', '1');
  expect(done).toContain('enregistrée');
  expect(await database.db.prisma.phoneChange.findMany()).toMatchObject([
    { newMsisdn: other, status: 'requested' },
  ]);
});

test('a nameless request after proof keeps neither phone nor household nor payment', async () => {
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('2', '5678', '4', '3', '1');
  expect(await database.db.prisma.complaint.findFirstOrThrow()).toMatchObject({
    category: 'C6',
    anonymous: true,
    householdId: null,
    contactMsisdn: null,
    paymentId: null,
  });
});

test('what she says of a payment is kept with its level, and the newest word holds', async () => {
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('2', '5678', '2', '25000', '1', '3');
  const again = aPhone(house, own);
  await again.dial();
  await again.type('2', '5678', '1');
  expect(
    await database.db.prisma.receipt.findMany({ orderBy: { id: 'asc' } }),
  ).toMatchObject([
    {
      answer: 'RECEIVED_WITH_ISSUES',
      declaredAmountXof: 25_000,
      proofLevel: 'L1',
    },
    { answer: 'RECEIVED', proofLevel: 'L1' },
  ]);
});

test('a card from a borrowed phone may confirm, recorded with its level', async () => {
  const phone = aPhone(house, other);
  await phone.dial();
  await phone.type('2', '1234567890', '1');
  expect(await database.db.prisma.receipt.findMany()).toMatchObject([
    { answer: 'RECEIVED', proofLevel: 'L1b' },
  ]);
});

test('the right amount, typed where it may not be shown, counts as received in full', async () => {
  const phone = aPhone(house, other);
  await phone.dial();
  await phone.type('2', '1234567890', '2', '30000', '1');
  expect(await database.db.prisma.receipt.findMany()).toMatchObject([
    { answer: 'RECEIVED', declaredAmountXof: 30_000, proofLevel: 'L1b' },
  ]);
  // Nobody learns from the next screen whether it was right.
  expect(phone.screen).toContain("C'est noté");
});

test('thanks are thanked for however often they are said, and hold back no request without a name', async () => {
  const thank = async (): Promise<string> => {
    const phone = aPhone(house, own);
    await phone.dial();
    return phone.type('3', '6', '1');
  };
  for (let n = 0; n < 8; n += 1) expect(await thank()).toContain('Merci');
  const complaints = () => database.db.prisma.complaint.count();
  expect(await complaints()).toBe(namelessPerWeek);
  const phone = aPhone(house, own);
  await phone.dial();
  await phone.type('3', '4', '3', '4');
  expect(await complaints()).toBe(namelessPerWeek + 1);
});
