import { connectDatabase, type Database } from '../../src/runtime/database';
import { memorySessionStore } from '../../src/ussd/memory-session-store';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { aPhone } from '../support/phone';
import { tell } from '../support/tell';
import { ussdHouse, type TestHouse } from '../support/ussd-house';
import { aVillage, villager } from '../support/village';

const phones = 10_000;
/** From one phone; ten thousand with `FULL=1`. */
const tries = process.env['FULL'] === '1' ? 10_000 : 2_000;
const atOnce = 40;
const right = villager(1);
const relay = '+22365000001';
const opened = /Caisse rurale|F CFA/;

let database: TestDatabase;
let house: TestHouse;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.truncateAll();
  house = ussdHouse(database.db, { at: new Date().toISOString() });
});
afterAll(() => database.close());

/** Every number from 0 once, so many at a time. */
async function inTurn(
  count: number,
  work: (at: number) => Promise<void>,
): Promise<void> {
  let begun = 0;
  const one = async (): Promise<void> => {
    while (begun < count) {
      const at = begun;
      begun += 1;
      await work(at);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

/** A call of its own that asks for the payment with these digits; its answer comes twice, as a gateway may ask twice. */
async function guess(
  msisdn: string,
  digits: string,
  isDoubled = false,
): Promise<string> {
  const phone = aPhone(house, msisdn);
  await phone.dial('');
  const path = `1*${digits}`;
  const read = await phone.send(path);
  if (isDoubled) await Promise.all([phone.send(path), phone.send(path)]);
  return read;
}

const stranger = (at: number): string => `+${22_390_000_000 + at}`;

/** Strangers whose language is known: their first key is a line of the menu. */
async function theySpeakFrench(count: number): Promise<void> {
  await database.db.pool.query(
    `insert into phones (msisdn, locale) select '+' || 22390000000 + n, 'fr' from generate_series(0, $1::int - 1) n`,
    [count],
  );
}

test(`experiment 23: ${tries} tries from one phone, doubled ones among them and the service restarted on the way, open nothing`, async () => {
  await aVillage(database.db, 1);
  const read = new Set<string>();
  const started = performance.now();
  await inTurn(tries, async (at) => {
    if (at === tries / 2)
      house.store = memorySessionStore(() => house.clock.now().getTime());
    // Every number of four digits; the right one comes when nobody listens any more.
    const digits = String((at + Number(right.digits) + 100) % 10_000);
    read.add(
      await guess(right.msisdn, digits.padStart(4, '0'), at % 100 === 0),
    );
  });
  expect([...read].filter((screen) => opened.test(screen))).toEqual([]);
  const counted = await database.db.prisma.wrongTry.count();
  expect(counted).toBeLessThanOrEqual(3);
  tell('experiment 23, one phone', {
    ...{ tries, counted, screens: read.size },
    seconds: Math.round((performance.now() - started) / 1_000),
  });
}, 120_000);

test(`experiment 23: one try from each of ${phones} phones at one card opens nothing, and its own phone is not locked out`, async () => {
  await aVillage(database.db, 1);
  await theySpeakFrench(phones);
  const read = new Set<string>();
  await inTurn(phones, async (at) => {
    // All hundred numbers of its back, the right one last of each round.
    const back = String((at + Number(right.check) + 1) % 100).padStart(2, '0');
    read.add(await guess(stranger(at), right.card + back));
  });
  expect([...read].filter((screen) => opened.test(screen))).toEqual([]);
  const counted = await database.db.prisma.wrongTry.count();
  expect(counted).toBeLessThanOrEqual(6);
  tell('experiment 23, many phones', { phones, counted, screens: read.size });
  expect(await guess(right.msisdn, right.digits)).toContain(right.amount);
}, 120_000);

test('experiment 23: one try from each of many phones, each at another card: no amount, and dates for one in a hundred at most', async () => {
  const spread = 1_000;
  await aVillage(database.db, spread);
  await theySpeakFrench(spread);
  let dates = 0;
  await inTurn(spread, async (at) => {
    const read = await guess(stranger(at), `${villager(at + 1).card}47`);
    if (opened.test(read)) dates += 1;
    expect(read).not.toContain('F CFA');
  });
  tell('experiment 23, spread over cards', { phones: spread, dates });
  // The back of a card has two digits: what remains of it is the place and the dates, never an amount.
  expect(dates).toBeLessThanOrEqual(spread / 80);
}, 60_000);

test('experiment 23: a locked relay still serves every other household, by its whole card', async () => {
  const served = 14;
  for (let at = 0; at < served; at += 1)
    await aHousehold()
      .withCard(String(11_110_000 + at), String(10 + at))
      .on(relay, 'relay')
      .owed({ window: ['2026-01-01', '2099-12-31'] })
      .save(database.db);
  await database.db.prisma.phone.create({
    data: { msisdn: relay, locale: 'fr' },
  });
  for (const digits of ['1111000099', '1111000098', '1111000097'])
    await guess(relay, digits);
  expect(await guess(relay, '0000')).toMatch(/Réessayez/);
  for (let at = 1; at < served; at += 1)
    expect(await guess(relay, `${11_110_000 + at}${10 + at}`)).toContain(
      'F CFA',
    );
});

test('experiment 23: a card that does not exist is answered like a wrong one, to the word and to the lock', async () => {
  await aVillage(database.db, 1);
  await theySpeakFrench(2);
  const [wrong, missing] = [
    aPhone(house, stranger(0)),
    aPhone(house, stranger(1)),
  ];
  await wrong.dial();
  await missing.dial();
  await wrong.type(
    '1',
    ...['00', '01', '02', '03'].map((back) => right.card + back),
  );
  await missing.type(
    '1',
    ...['00', '01', '02', '03'].map((back) => `99999999${back}`),
  );
  expect(missing.screens).toEqual(wrong.screens);
  expect(wrong.screen).toMatch(/Réessayez/);
});

describe('what the store does', () => {
  let told: Database;
  const statements: string[] = [];

  beforeAll(() => {
    // PostgreSQL tells every statement as it executes it, those inside functions too.
    const url = new URL(database.url);
    const settings = {
      session_preload_libraries: 'auto_explain',
      'auto_explain.log_min_duration': '0',
      'auto_explain.log_nested_statements': 'on',
      'auto_explain.log_parameter_max_length': '0',
      'auto_explain.log_level': 'notice',
    };
    url.searchParams.set(
      'options',
      Object.entries(settings)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
    );
    told = connectDatabase(url.href, { max: 1 });
    told.pool.on('connect', (client) => client.on('notice', note));
  });
  afterAll(() => told.close());

  function note({ message = '' }: { message?: string | undefined }): void {
    const [, text = ''] =
      /Query Text: ([^]*?)\n[^\n]*\(cost=/.exec(message) ?? [];
    statements.push(text.replaceAll(/\s+/g, ' '));
  }

  const query: Database['lines']['query'] = (statement) =>
    told.pool.query(statement);

  /** What is executed for a guess; the first plans and prepares, the second is looked at. */
  async function executed(msisdn: string, cards: readonly string[]) {
    // On the one connection that tells.
    const db = { ...told, lines: { ...told.lines, query } };
    const phone = aPhone({ ...house, db }, msisdn);
    await phone.dial();
    await phone.type('1', cards[0] ?? '');
    statements.length = 0;
    await phone.type(cards[1] ?? '');
    return [...statements];
  }

  test('experiment 23: a wrong card and a missing one take the same statements in the same order', async () => {
    await aVillage(database.db, 1);
    await theySpeakFrench(2);
    const wrong = await executed(stranger(0), [
      `${right.card}00`,
      `${right.card}01`,
    ]);
    const missing = await executed(stranger(1), ['9999999900', '9999999901']);
    expect(missing).toEqual(wrong);
    tell('experiment 23, statements', { executed: wrong.length });
    // The function's own: locks, counts, the card, and what is written of a wrong try.
    expect(wrong.length).toBeGreaterThan(6);
    expect(wrong.join()).toMatch(/INSERT INTO wrong_tries/);
    expect(wrong.join()).toMatch(/FROM households h/);
  });
});
