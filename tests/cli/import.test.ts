import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import type { CommandHouse } from '../../src/cli/command-house';
import { addExportCommands } from '../../src/cli/export';
import { addImportCommands } from '../../src/cli/import';
import { progressLine } from '../../src/cli/progress-line';
import { addRegisterCommands } from '../../src/cli/register-make';
import { fixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';

const clock = fixedClock('2026-03-12T08:00:00Z');
const folder = mkdtempSync(path.join(tmpdir(), 'jigi-cli-'));
let store: TestDatabase;
let closed = 0;

beforeAll(async () => {
  store = await testDatabase();
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await store.close();
});

const HEADER =
  'household_number;pcode;village;recipient_first_name;recipient_last_name;updated_at';
const GOOD = 'H1;ML010515;Koulouniko;Awa;Sissoko;2026-03-01T06:00:00Z';
const BAD = 'H2;ML010515;Koulouniko;=Awa;Sissoko;2026-03-01T06:00:00Z';

/** Runs a command line as the administrator would. */
async function jigi(
  ...words: string[]
): Promise<{ code: unknown; out: string; told: string }> {
  const said = { out: '', told: '' };
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += String(text);
    return true;
  });
  const told = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => {
      said.told += String(text);
      return true;
    });
  const before = process.exitCode;
  try {
    const program = new Command().exitOverride();
    const house: CommandHouse = {
      ...{ db: store.db, clock, migrations: [], hashKey: 'unused' },
      close: () => Promise.resolve(void (closed += 1)),
    };
    addImportCommands(program, () => Promise.resolve(house));
    addExportCommands(program, () => Promise.resolve(house));
    addRegisterCommands(program, clock);
    await program.parseAsync(words, { from: 'user' });
    return { code: process.exitCode, ...said };
  } finally {
    process.exitCode = before;
    out.mockRestore();
    told.mockRestore();
  }
}

const file = (name: string, ...lines: string[]): string => {
  writeFileSync(path.join(folder, name), `${[HEADER, ...lines].join('\n')}\n`);
  return path.join(folder, name);
};

test('a file that goes in whole ends with one line of JSON and code 0', async () => {
  const good = file('good.csv', GOOD);
  const run = await jigi('import', good);
  expect(run.code).toBe(0);
  expect(JSON.parse(run.out)).toEqual({
    ...{ file: good, kind: 'households', read: 1, created: 1, updated: 0 },
    ...{
      unchanged: 0,
      stale: 0,
      rejected: 0,
      seconds: expect.any(Number) as number,
    },
  });
  expect(closed).toBe(1);
});

test('a rejected row gives code 1 and tells where to correct it', async () => {
  const bad = file('bad.csv', GOOD, BAD);
  const run = await jigi('import', bad);
  expect(run.code).toBe(1);
  expect(run.told).toContain(`${bad}.rejected.csv`);
});

test('rejected rows of files of one name both lie in the folder that was given', async () => {
  const other = path.join(folder, 'other');
  const rejected = path.join(folder, 'rejected');
  mkdirSync(other);
  mkdirSync(rejected);
  const bad = file('same.csv', BAD);
  const twin = file('other/same.csv', BAD.replace('H2', 'H3'));
  const run = await jigi('import', bad, twin, '--rejected', rejected);
  expect(run.code).toBe(1);
  const read = (name: string) =>
    readFileSync(path.join(rejected, name), 'utf8');
  expect(read('same.csv.rejected.csv')).toContain('H2');
  expect(read('same.2.csv.rejected.csv')).toContain('H3');
});

test('a file that is no register file gives code 2 and no JSON', async () => {
  const run = await jigi('import', path.join(folder, 'nowhere.csv'));
  expect(run).toMatchObject({ code: 2, out: '' });
});

test('an export names its file and rows', async () => {
  const out = path.join(folder, 'out.csv');
  const run = await jigi(
    'export',
    'complaints',
    '--since',
    '2026-01-01',
    '--out',
    out,
  );
  expect(JSON.parse(run.out)).toMatchObject({
    file: out,
    kind: 'complaints',
    rows: 0,
  });
});

test('an instant without zone and an unknown kind are refused', async () => {
  const out = ['--out', path.join(folder, 'x.csv')];
  await expect(
    jigi('export', 'complaints', '--since', '2026-01-01T08:00', ...out),
  ).rejects.toThrow('fuseau');
  await expect(
    jigi('export', 'secrets', '--since', '2026-01-01', ...out),
  ).rejects.toThrow('secrets');
});

test('register make writes every file of a programme of the clock’s day', async () => {
  const run = await jigi(
    'register',
    'make',
    '--households',
    '120',
    '--seed',
    '3',
    '--out',
    path.join(folder, 'made'),
  );
  expect(run.out.trim().split('\n')).toHaveLength(11);
});

test('progress is a bar on a terminal and a line every five seconds elsewhere', () => {
  for (const [isTTY, wanted] of [
    [true, ['\r[###############...............] f.csv  50 % 10 lignes', '\n']],
    [false, ['f.csv  50 % 10 lignes\n']],
  ] as const) {
    const written: string[] = [];
    let nowMs = 0;
    const line = progressLine(
      { isTTY, write: (text) => written.push(text) },
      () => nowMs,
    );
    line.show('f.csv', 1, 100, 1);
    nowMs = 5000;
    line.show('f.csv', 50, 100, 10);
    line.show('f.csv', 51, 100, 11);
    line.end();
    expect(written).toEqual(wanted);
  }
});
