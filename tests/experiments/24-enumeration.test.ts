import { testDatabase, type TestDatabase } from '../support/database';
import { aPhone } from '../support/phone';
import { ussdHouse, type TestHouse } from '../support/ussd-house';
import { aVillage, type Villager } from '../support/village';

const strangers = 200;
const known = 50;
let database: TestDatabase;
let house: TestHouse;
let people: readonly Villager[];

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.truncateAll();
  people = await aVillage(database.db, known);
  house = ussdHouse(database.db, { at: new Date().toISOString() });
});
afterAll(() => database.close());

const personal = /F CFA|Caisse rurale|Mairie|Village|Canarie|Secrète|\bV-\d/;

test('experiment 24: a number of the register and one that nobody knows read the same screens, up to the proof', async () => {
  const paths = [
    ['1'],
    ['2'],
    ['3', '1'],
    ['4'],
    ['5', '3'],
    ['1', '0001'],
    ['1', '9'],
  ];
  for (const [which, replies] of paths.entries()) {
    const screens = new Set<string>();
    for (let at = 0; at < 6; at += 1) {
      const serial = which * 6 + at;
      // Everybody calls once: a second call may be offered where the first was cut.
      const msisdn =
        at % 2 === 0
          ? (people[serial]?.msisdn ?? '')
          : `+${22_391_000_000 + serial}`;
      await database.db.prisma.phone.upsert({
        where: { msisdn },
        create: { msisdn, locale: 'fr' },
        update: {},
      });
      const phone = aPhone(house, msisdn);
      await phone.dial();
      screens.add(await phone.type(...replies));
    }
    expect([...screens]).toHaveLength(1);
    expect([...screens].join()).not.toMatch(personal);
  }
});

test('experiment 24: two hundred unknown phones with the last digits of other people learn nothing', async () => {
  for (let at = 0; at < strangers; at += 1) {
    const msisdn = `+${22_392_000_000 + at}`;
    const { digits = '' } = people[at % known] ?? {};
    const phone = aPhone(house, msisdn);
    await phone.dial();
    await phone.type('2', '1', digits);
    expect(phone.screens.join('\n')).not.toMatch(personal);
  }
});

test("experiment 24: another's whole card opens dates and place, and never her amounts, her name or her requests", async () => {
  const [person, other] = people;
  if (person === undefined || other === undefined) throw new Error('nobody');
  const phone = aPhone(house, other.msisdn);
  await phone.dial();
  const read = await phone.type('1', person.card + person.check);
  expect(read).toContain('Caisse rurale');
  for (const more of ['1', '0', '00', '3', '1']) await phone.type(more);
  expect(phone.screens.join('\n')).not.toMatch(/F CFA|Canarie|Secrète/);
});

test('experiment 24: references one after the other find nobody: a reference is drawn, and a wrong one is answered like one of another', async () => {
  const [person, other] = people;
  if (person === undefined || other === undefined) throw new Error('nobody');
  const phone = aPhone(house, person.msisdn);
  await phone.dial();
  await phone.type('3', '2', '1', person.digits, '3');
  const filed = await database.db.prisma.complaint.findFirstOrThrow();
  const near = Array.from({ length: 8 }, (_, at) =>
    String((Number(filed.reference) + 1 + at) % 100_000_000).padStart(8, '0'),
  );
  for (const reference of near) {
    const guesser = aPhone(house, other.msisdn);
    await guesser.dial();
    await guesser.type('3', '1', reference);
    expect(guesser.screens.join('\n')).not.toMatch(
      /carte perdue|enregistrée le|En cours/i,
    );
  }
});
