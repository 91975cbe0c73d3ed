import { signIn } from '../../src/staff/sign-in';
import { aBrowser, consoleBench } from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { anAccount, password, testDesk, type TestDesk } from '../support/staff';
import { tell } from '../support/tell';
import { aPhone } from '../support/phone';
import { ussdHouse } from '../support/ussd-house';

let store: TestDatabase;
let desk: TestDesk;

beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  desk = testDesk(store.db);
});
afterAll(() => store.close());

const home = '41.73.98.12';
const guess = (login: string, address: string, typed = 'wrong') =>
  signIn(desk, { login, password: typed, address });

/** As many as an attacker likes, a second apart, from one place. */
async function guesses(
  count: number,
  loginOf: (n: number) => string,
  address: (n: number) => string,
): Promise<number> {
  let judged = 0;
  for (let n = 0; n < count; n += 1) {
    const answer = await guess(loginOf(n), address(n));
    if (answer.kind === 'refused') judged += 1;
    expect(answer.kind).not.toBe('in');
    desk.clock.set(new Date(desk.clock.now().getTime() + 1_000));
  }
  return judged;
}

test('experiment 26: of 1000 passwords at one account, one a second from a thousand addresses, a dozen are judged, and its owner comes in', async () => {
  await anAccount(desk, { role: 'figures' }, false);
  expect(await guess('figures', home, password)).toMatchObject({ kind: 'in' });
  const judged = await guesses(
    1_000,
    () => 'figures',
    (n) => `197.0.${n >> 8}.${n & 255}`,
  );
  tell('experiment 26, one account', { tries: 1_000, judged });
  expect(judged).toBeLessThanOrEqual(14);
  expect(await guess('figures', home, password)).toMatchObject({ kind: 'in' });
}, 120_000);

test('experiment 26: an owner at a new address waits five minutes at most, however long somebody has guessed', async () => {
  await anAccount(desk, { role: 'figures' }, false);
  await guesses(
    1_000,
    () => 'figures',
    () => '197.0.2.9',
  );
  const answer = await guess('figures', '41.73.98.12', password);
  if (answer.kind === 'wait') {
    expect(answer.seconds).toBeLessThanOrEqual(300);
    desk.clock.set(
      new Date(desk.clock.now().getTime() + answer.seconds * 1_000),
    );
  }
  expect(await guess('figures', '41.73.98.12', password)).toMatchObject({
    kind: 'in',
  });
}, 120_000);

test('experiment 26: one password at 1000 accounts, one a second from one address, is judged fifty times', async () => {
  const judged = await guesses(
    1_000,
    (n) => `name-${n}`,
    () => '197.0.2.9',
  );
  tell('experiment 26, one password', { accounts: 1_000, judged });
  expect(judged).toBeLessThanOrEqual(52);
}, 120_000);

test('experiment 26: a name that exists and one that does not are answered alike, page for page', async () => {
  const bench = consoleBench(store.db);
  await anAccount(bench.desk, { role: 'figures' }, false);
  const pages = async (identifiant: string): Promise<string[]> => {
    const browser = aBrowser(bench.server);
    const texts: string[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      const { status, text } = await browser.post('/console/connexion', {
        identifiant,
        'mot-de-passe': 'wrong',
      });
      texts.push(`${status} ${text.replace(/value="[^"]*"/g, '')}`);
    }
    return texts;
  };
  expect(await pages('nobody')).toEqual(await pages('figures'));
});

test('experiment 26: while passwords are hashed without a pause, a caller’s step waits for none of them', async () => {
  const house = ussdHouse(store.db);
  const phone = aPhone(house, '+22376000001');
  const timed = async (): Promise<number> => {
    const began = performance.now();
    await phone.dial('');
    return performance.now() - began;
  };
  const median = async (): Promise<number> => {
    const all: number[] = [];
    for (let n = 0; n < 40; n += 1) all.push(await timed());
    return all.sort((a, b) => a - b)[20] ?? 0;
  };
  await median();
  let hashed = 0;
  let isOver = false;
  const hashing = async (): Promise<void> => {
    while (!isOver) {
      await desk.passwords.check(undefined, 'wrong');
      hashed += 1;
    }
  };
  const hashers = Array.from({ length: 20 }, hashing);
  const during = await median();
  isOver = true;
  await Promise.all(hashers);
  const alone = await median();
  tell('experiment 26, beside callers', {
    hashed,
    alone: Math.round(alone * 10) / 10,
    during: Math.round(during * 10) / 10,
  });
  expect(hashed).toBeGreaterThan(5);
  // One step never waits for a whole hash: that would show as tens of milliseconds on every one.
  expect(during).toBeLessThan(alone + 250);
}, 120_000);
