import fc from 'fast-check';
import { memorySessionStore } from '../../src/ussd/memory-session-store';
import { saysTryLater } from '../support/counted-phones';
import { testDatabase, type TestDatabase } from '../support/database';
import { fuzzCases, fuzzed, fuzzTimeoutMs } from '../support/fuzz-cases';
import { aPhone, type Phone } from '../support/phone';
import { ussdHouse, type TestHouse } from '../support/ussd-house';
import { aVillage, villager, type Villager } from '../support/village';

const atOnce = 50;
const settledAtOnce = 1_000;

let database: TestDatabase;
let house: TestHouse;
let settled = 0;
let settling: Promise<unknown> = Promise.resolve();
let taken = 0;
let late = 0;

beforeAll(async () => {
  database = await testDatabase();
  await database.truncateAll();
  house = ussdHouse(database.db, { at: new Date().toISOString() });
});
afterAll(() => database.close());

/** Two people in like circumstances, whom nobody has met before. */
async function twins(): Promise<[Villager, Villager]> {
  const first = taken + 1;
  taken += 2;
  while (settled < taken) {
    const from = settled + 1;
    settled += settledAtOnce;
    settling = settling.then(() => aVillage(database.db, settledAtOnce, from));
  }
  await settling;
  const two: [Villager, Villager] = [villager(first), villager(first + 1)];
  return two.some(({ digits }) => isSpecial(digits)) ? twins() : two;
}

/** Digits that mean more than a card's: as an amount none is 0000, and 0001 is also typed as a wrong card. */
function isSpecial(digits: string): boolean {
  return digits === '0000' || digits === '0001';
}

/** What is typed; words stand for digits that only one of the twins has. */
const reply = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('1', '2', '3', '4', '5', '6') },
  { weight: 4, arbitrary: fc.constantFrom('card', 'card', 'whole') },
  { weight: 2, arbitrary: fc.constantFrom('0', '00', '9', '8', '7') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      'x',
      '0001',
      '15000',
      '76 12 34 56',
      '12345678',
    ),
  },
);
/** A first reply that is empty cannot be told from the dial. */
const path = fc
  .array(reply, { minLength: 1, maxLength: 9 })
  .filter(([first]) => first !== '');

function typed(replies: readonly string[], person: Villager): string[] {
  const own: Record<string, string> = {
    card: person.digits,
    whole: person.card + person.check,
  };
  return replies.map((one) => own[one] ?? one);
}

function bodyOf(phone: Phone): string {
  return `${phone.open ? 'CON' : 'END'} ${phone.screen}`;
}

/** What is shown, without the digits that differ between twins or are drawn. */
function shape(phone: Phone): string {
  return bodyOf(phone).replaceAll(/\d[\d ]*/g, '#');
}

test(
  'fuzz: a call that is walked from nothing by its path is where a call is that was walked step by step',
  async () => {
    const calls = fc.array(path, { minLength: atOnce, maxLength: atOnce });
    await fc.assert(
      fc.asyncProperty(calls, async (some) => {
        await Promise.all(some.map(asFarBothWays));
      }),
      { ...fuzzed(fuzzCases / atOnce), endOnFailure: true },
    );
  },
  fuzzTimeoutMs,
);

/** Where a busy machine makes a step late, others are asked: this is of where a call is, not of how soon. */
async function asFarBothWays(replies: readonly string[]): Promise<void> {
  const [one, two] = await twins();
  const walked = aPhone(withStore(), one.msisdn);
  await walked.dial();
  await walked.type(...typed(replies, one));
  const replayed = aPhone(withStore(), two.msisdn);
  replayed.join(walked);
  await replayed.send(typed(replies, two).join('*'));
  if ([walked, replayed].some((one) => saysTryLater(bodyOf(one)))) {
    late += 1;
    expect(late).toBeLessThan(atOnce);
    await asFarBothWays(replies);
    return;
  }
  expect({ replies, shown: shape(replayed) }).toEqual({
    replies,
    shown: shape(walked),
  });
}

function withStore(): TestHouse {
  return {
    ...house,
    store: memorySessionStore(() => house.clock.now().getTime()),
  };
}
