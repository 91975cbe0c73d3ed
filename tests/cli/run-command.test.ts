import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

function openHouse(): Promise<CommandHouse> {
  return houseOf(store);
}

async function houseOf({ url }: TestDatabase): Promise<CommandHouse> {
  const opened = await openStore(
    { databaseUrl: url, dataDir: folder },
    { max: 6, statementTimeoutMs: 0 },
  );
  return { ...opened, clock, hashKey: 'unused' };
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
    hashKey: 'unused',
  });
  const run = await jigi('db migrate', nowhere);
  expect(run).toMatchObject({ code: 3, out: '' });
  expect(run.told).toMatch(/^La base de données ne répond pas: .*\n$/);
});

test('audit verify says 0 of a whole chain and 1 of an altered one, and counts the rows', async () => {
  // The imports above are told in the other store's chain.
  const untold = await scratchDatabase({ migrated: false });
  const audit = (words: string) =>
    jigi(`audit verify ${words}`, () => houseOf(untold));
  try {
    expect(await audit('')).toEqual({
      ...{ code: 0, told: '' },
      out: "Lignes vérifiées: 0. Aucune n'est altérée ni manquante.\n",
    });
    expect(await audit(`--expect ${'0'.repeat(64)}`)).toMatchObject({
      ...{ code: 1, told: '' },
    });
    await untold.db.pool.query(
      `insert into audit_entries (happened_at, actor, action, subject, detail, previous, hash)
       values (now(), 'system', 'start', 'service', '{}', '', 'h')`,
    );
    expect(await audit('')).toEqual({
      ...{ code: 1, told: '' },
      out: 'La ligne n° 1 a été altérée ou ajoutée après coup. Lignes justes: 0.\n',
    });
  } finally {
    await untold.close();
  }
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
  ['retention --dry', "L'option --dry n'existe pas."],
  ['audit verify --expect x', '« x » ne va pas. Écrivez les 64 chiffres'],
])('3 refuses «%s» in French, once', async (words, sentence) => {
  const run = await jigi(words);
  expect(run).toMatchObject({ code: 3, out: '' });
  expect(run.told).toContain(sentence);
  expect(run.told).toContain('--help');
  expect(run.told).not.toMatch(/error|invalid|argument|required|choices/);
});

test.each(['', 'audit', 'db', 'texts', 'register'])(
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
  ...['audit', 'audit verify', 'retention'],
])('0 answers «%s --help» in French', async (words) => {
  const run = await jigi(`${words} --help`);
  expect(run).toMatchObject({ code: 0, told: '' });
  expect(run.out).toMatch(/^S'écrit: jigi/);
  expect(run.out).toContain('montre cette aide');
  expect(run.out).not.toMatch(/Usage|Commands|display help|choices|default/);
});

/** The program itself, as a shell runs it. */
function shell(words: string[], env: Record<string, string> = {}) {
  const root = path.join(__dirname, '../..');
  return spawnSync(
    process.execPath,
    [
      ...['--require', path.join(root, 'tests/support/run-typescript.cjs')],
      ...[path.join(root, 'src/cli/jigi.ts'), ...words],
    ],
    { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } },
  );
}

test('the program gives the code to the shell', () => {
  const run = shell(['importer']);
  expect(run).toMatchObject({ status: 3, stdout: '' });
  expect(run.stderr).toContain('importer');
}, 30_000);

test.each([
  [['audit', 'verify']],
  [['retention', '--dry-run']],
  [['sealed', 'status']],
])(
  'where there is no store, %s makes none and says where it looked',
  (words) => {
    const DATA_DIR = mkdtempSync(path.join(tmpdir(), 'jigi-no-store-'));
    const run = shell(words, { DATA_DIR, DATABASE_URL: '' });
    const made = existsSync(path.join(DATA_DIR, 'postgres'));
    rmSync(DATA_DIR, { recursive: true });
    expect(run).toMatchObject({ status: 3, stdout: '' });
    expect(run.stderr).toContain(`Il n'y a pas de base dans ${DATA_DIR}`);
    expect(made).toBe(false);
  },
  30_000,
);
