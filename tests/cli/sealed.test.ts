import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { addSealedCommands } from '../../src/cli/sealed';
import { openQuestions } from '../../src/cli/sealed-questions';
import { requestSealedCall } from '../../src/complaints/request-sealed-call';
import { fixedClock, type FixedClock } from '../../src/runtime/clock';
import { inTransaction } from '../../src/runtime/database';
import { testDatabase, type TestDatabase } from '../support/database';

const hashKey = 'a hash key for tests, long enough to be one';
const baobab = 'le baobab au bord du fleuve';
const pirogues = 'trois pirogues avant la pluie';
const lamp = 'une lampe sous le manguier';

let store: TestDatabase;
let clock: FixedClock;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  clock = fixedClock('2026-03-12T10:00:00Z');
});
afterAll(() => store.close());

interface Run {
  out: string;
  /** What stood on the terminal besides: questions, and what shows of the answers. */
  told: string;
  error?: unknown;
}

/** Runs `sealed …` with the answers of those who sit at the table, from a pipe or typed at a terminal. */
async function sealed(
  words: string[],
  answers: string[] = [],
  isTTY = false,
): Promise<Run> {
  const run: Run = { out: '', told: '' };
  const writing = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => {
      run.out += String(text);
      return true;
    });
  const input = Object.assign(new PassThrough(), { isTTY });
  const sit = () => openQuestions(input, (text) => (run.told += text));
  for (const answer of answers) input.write(`${answer}\n`);
  input.end();
  const program = new Command().exitOverride();
  const house = { db: store.db, clock, hashKey, migrations: [] };
  const open = () =>
    Promise.resolve({ ...house, close: () => Promise.resolve() });
  addSealedCommands(program, open, sit);
  try {
    await program.parseAsync(['sealed', ...words], { from: 'user' });
  } catch (error) {
    run.error = error;
  } finally {
    writing.mockRestore();
  }
  return run;
}

const init = () =>
  sealed(['init', 'Aïssata', 'Rokia'], [baobab, baobab, pirogues, pirogues]);

const ask = (place: string, msisdn: string) =>
  inTransaction(store.db, (tx) =>
    requestSealedCall(
      { tx, clock, hashKey },
      { place, msisdn, slot: 'evening', locale: 'bm' },
    ),
  );

test('the ceremony asks for names and passphrases, each twice, and shows none of them', async () => {
  const answers = ['Aïssata', baobab, baobab, 'Rokia', pirogues, pirogues];
  const { error, out, told } = await sealed(['init'], answers, true);
  expect(error).toBeUndefined();
  expect(out).toContain('La clé est faite.');
  expect(told).toContain('Phrase de passe de Rokia: ');
  expect(told).toContain('Encore une fois');
  for (const passphrase of [baobab, pirogues]) {
    expect(told).not.toContain(passphrase);
  }
}, 30_000);

test('two different passphrases, or a short one, and nothing is made', async () => {
  const differing = await sealed(['init', 'A', 'B'], [baobab, pirogues]);
  expect(differing.error).toMatchObject({ kind: 'invalid' });
  const short = await sealed(['init', 'A', 'B'], ['trop court']);
  expect(short.error).toMatchObject({
    message: expect.stringContaining('12 caractères') as string,
  });
  expect(await store.db.prisma.sealedKey.count()).toBe(0);
});

test('a pipe that ends too soon changes nothing', async () => {
  const run = await sealed(['init', 'A', 'B'], [baobab, baobab]);
  expect(run.error).toMatchObject({ kind: 'invalid' });
  expect(await store.db.prisma.sealedReader.count()).toBe(0);
});

test('the line is begun, read, opened to a third, and a case is forgotten, as staff read it', async () => {
  expect((await sealed(['status'])).out).toContain('Fermée');
  await init();
  expect((await sealed(['status'])).out).toMatch(
    /^Ouverte.* Si personne ne lit, dernier jour: /,
  );
  expect((await init()).error).toMatchObject({ kind: 'conflict' });

  const promised = await ask('a call', '+22376123456');
  await ask('a call', '+22376123456');
  const { out } = await sealed(['read', '--as', 'Aïssata'], [baobab]);
  expect(out).toContain("Demandes d'appel: 1\n");
  expect(out).toContain(
    'Appeler 76 12 34 56 le 12/03/2026 le soir, en bambara',
  );
  expect(out).toContain(`Dire d'abord le numéro ${promised?.code ?? ''}`);

  await sealed(
    ['add-reader', 'Fanta'],
    ['Aïssata', baobab, 'Rokia', pirogues, lamp, lamp],
  );
  expect((await sealed(['status'])).out).toMatch(/Fanta: .*n'a pas encore lu/);
  const token = /Dossier (\S+),/.exec(out)?.[1] ?? '';
  const gone = await sealed(['forget', token, '--as', 'Fanta'], [lamp]);
  expect(gone.out).toBe('Demandes détruites: 1\n');
  expect((await sealed(['read'], ['Rokia', pirogues])).out).toBe(
    "Aucune demande d'appel.\n",
  );
  await sealed(['remove-reader', 'Fanta'], ['Rokia', pirogues]);
  expect((await sealed(['status'])).out).not.toContain('Fanta');
}, 60_000);

test('a case of more than two years ago is named as one to destroy', async () => {
  await init();
  await ask('a call', '+22376123456');
  clock.advance({ days: 732 });
  const { out } = await sealed(['read', '--as', 'Aïssata'], [baobab]);
  expect(out).toContain('plus de 24 mois');
  expect(out).toMatch(/À effacer maintenant: .* sealed forget [0-9a-f]{16}\n/);
}, 30_000);

test('a wrong passphrase prints nothing', async () => {
  await init();
  await ask('a call', '+22376123456');
  const run = await sealed(['read', '--as', 'Aïssata'], [pirogues]);
  expect(run).toMatchObject({ out: '', error: { kind: 'forbidden' } });
}, 30_000);
