import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CommandHouse } from '../../src/cli/command-house';
import { jigiProgram } from '../../src/cli/jigi-program';
import { runCommand } from '../../src/cli/run-command';
import { fixedClock } from '../../src/runtime/clock';
import { AppError } from '../../src/runtime/errors';
import { openStore } from '../../src/runtime/open-store';
import { freePort } from '../support/free-port';
import { scratchDatabase, type TestDatabase } from '../support/database';

const clock = fixedClock('2026-03-12T08:00:00Z');
const folder = mkdtempSync(path.join(tmpdir(), 'jigi-command-'));
let store: TestDatabase;

beforeAll(async () => {
  store = await scratchDatabase({ migrated: false });
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await store.close();
});

async function openHouse(): Promise<CommandHouse> {
  const opened = await openStore(
    { databaseUrl: store.url, dataDir: folder },
    { max: 6, statementTimeoutMs: 0 },
  );
  return { ...opened, clock };
}

/** Runs a command line as the administrator would. */
async function jigi(
  words: string,
  open = openHouse,
): Promise<{ code: number; out: string; told: string }> {
  const said = { out: '', told: '' };
  const write = (where: 'out' | 'told') => (text: unknown) => {
    said[where] += String(text);
    return true;
  };
  const out = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation(write('out'));
  const told = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation(write('told'));
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    const code = await runCommand(
      jigiProgram(open, clock),
      words.split(' ').filter(Boolean),
      (line) => void process.stderr.write(`${line}\n`),
    );
    return { code, ...said };
  } finally {
    process.exitCode = before;
    out.mockRestore();
    told.mockRestore();
  }
}

const HEADER =
  'household_number;pcode;village;recipient_first_name;recipient_last_name;updated_at\n';
const GOOD = 'H1;ML010515;Koulouniko;Awa;Sissoko;2026-03-01T06:00:00Z\n';

function file(name: string, text: string): string {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
}

test('db migrate names what it applied, and the second time nothing', async () => {
  const first = await jigi('db migrate');
  expect(first).toMatchObject({ code: 0, told: '' });
  expect(first.out).toMatch(/^Migration appliquée: \d+_\w+\n/);
  expect(first.out).toMatch(/La base est à jour\.\n$/);
  expect(await jigi('db migrate')).toEqual({
    ...{ code: 0, told: '' },
    out: "La base était à jour: rien n'a été appliqué.\n",
  });
});

test('2 says that a file is no register file and nothing was changed, 1 that a row was rejected', async () => {
  const good = file('good.csv', HEADER + GOOD);
  const bad = file('bad.csv', HEADER + GOOD.replace('Awa', '=Awa'));
  const none = file('none.csv', 'a;b\n1;2\n');

  expect(await jigi(`import ${good} ${none}`)).toMatchObject({
    ...{ code: 2, out: '' },
  });
  expect(await store.db.prisma.household.count()).toBe(0);
  expect((await jigi(`import ${bad}`)).code).toBe(1);
  expect((await jigi(`import ${good}`)).code).toBe(0);
});

test('3 says that the work failed on its way, in one sentence where it can be mended', async () => {
  const good = file('good.csv', HEADER + GOOD);
  const away = () =>
    Promise.reject(new AppError('unavailable', 'La base est ailleurs.'));
  expect(await jigi(`import ${good}`, away)).toEqual({
    ...{ code: 3, out: '', told: 'La base est ailleurs.\n' },
  });
  const broken = () => Promise.reject(new Error('no such thing'));
  const run = await jigi(`import ${good}`, broken);
  expect(run.code).toBe(3);
  expect(run.told).toContain('at ');
});

test('3 says that the store does not answer, without a trace', async () => {
  const databaseUrl = `postgresql://jigi@127.0.0.1:${await freePort()}/jigi`;
  const nowhere = async () => ({
    ...(await openStore({ databaseUrl, dataDir: folder }, { max: 1 })),
    clock,
  });
  const run = await jigi('db migrate', nowhere);
  expect(run).toMatchObject({ code: 3, out: '' });
  expect(run.told).toMatch(/^La base de données ne répond pas: .*\n$/);
});

test.each([
  ['importer x.csv', "La commande « importer » n'existe pas."],
  ['import', 'Il manque <fichiers>.'],
  ['import x.csv --reject y', "L'option --reject n'existe pas."],
  ['export complaints --out x', 'Il manque --since <instant>.'],
  ['export complaints --out', 'Il manque la valeur de --out <fichier>.'],
  [
    'export secrets --since 2026-03-01 --out x',
    'sorte: « secrets » ne va pas. Au choix: confirmations',
  ],
  ['export complaints --since hier', '« hier » ne va pas. Écrivez un jour'],
  ['db migrate now', 'Cette commande prend moins de mots.'],
])('3 refuses «%s» in French, once', async (words, sentence) => {
  const run = await jigi(words);
  expect(run).toMatchObject({ code: 3, out: '' });
  expect(run.told).toContain(sentence);
  expect(run.told).toContain('--help');
  expect(run.told).not.toMatch(/error|invalid|argument|required|choices/);
});

test.each(['', 'db', 'texts', 'register'])(
  '3 answers «%s», which names no command, with its help',
  async (words) => {
    const run = await jigi(words);
    expect(run).toMatchObject({ code: 3, out: '' });
    expect(run.told).toContain('Commandes:');
  },
);

test.each([
  '',
  ...['import', 'export', 'register', 'register make', 'db', 'db migrate'],
  ...['texts', 'texts status', 'texts export', 'texts import'],
])('0 answers «%s --help» in French', async (words) => {
  const run = await jigi(`${words} --help`);
  expect(run).toMatchObject({ code: 0, told: '' });
  expect(run.out).toMatch(/^S'écrit: jigi/);
  expect(run.out).toContain('montre cette aide');
  expect(run.out).not.toMatch(/Usage|Commands|display help|choices|default/);
});

test('the program gives the code to the shell', () => {
  const root = path.join(__dirname, '../..');
  const run = spawnSync(
    process.execPath,
    [
      ...['--require', path.join(root, 'tests/support/run-typescript.cjs')],
      ...[path.join(root, 'src/cli/jigi.ts'), 'importer'],
    ],
    { cwd: root, encoding: 'utf8' },
  );
  expect(run).toMatchObject({ status: 3, stdout: '' });
  expect(run.stderr).toContain('importer');
}, 30_000);
