import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '..');
const law = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
const files = ['src', 'flows'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.replaceAll('\\', '/')))
    .filter((file) => file.endsWith('.ts') && !/generated|\.d\.ts/.test(file)),
);
const imports = files.flatMap((file) =>
  ts
    .preProcessFile(readFileSync(path.join(root, file), 'utf8'))
    .importedFiles.map(({ fileName }) => ({
      file,
      to: fileName.startsWith('.')
        ? path.posix.join(path.posix.dirname(file), fileName)
        : fileName,
    })),
);

interface Room {
  number: number;
  may: string;
}

/** Every name of the first table of docs/architecture.md, with its row. */
const rooms = new Map(
  rowsOf(/^\| (\d+) +\|([^|]+)\|([^|]+)\|/gm).flatMap(
    ([number = '', names = '', may = '']) =>
      named(names).map((name): [string, Room] => [
        name,
        { number: Number(number), may },
      ]),
  ),
);

/** The second table: who alone may import a package. */
const owners = new Map(
  rowsOf(/^\| (`[^|]+) +\|([^|]+)\|$/gm).flatMap(([names = '', only = '']) =>
    named(names).map((name): [string, string[]] => [name, named(only)]),
  ),
);

test('every file stands in a room of docs/architecture.md', () => {
  expect(rooms.size).toBeGreaterThan(20);
  expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
});

test('rooms import downward only, and only what their row names', () => {
  const breaches = imports.filter(
    ({ file, to }) =>
      /^(src|flows)\//.test(to) && !mayImport(roomOf(file), roomOf(`${to}.ts`)),
  );
  expect(breaches).toEqual([]);
});

test('a package that belongs to a room is imported nowhere else', () => {
  const breaches = imports.filter(({ file, to }) =>
    Array.from(owners).some(
      ([name, only]) =>
        (to === name || to.startsWith(`${name}/`)) &&
        !only.some((owner) => isWithin(file, owner)),
    ),
  );
  expect(owners.size).toBeGreaterThan(8);
  expect(breaches).toEqual([]);
});

test('flows import xstate, their contract and what bears their own name, and start nothing by themselves', () => {
  const flows = imports.filter(
    ({ file }) =>
      file.startsWith('flows/') && !/\/(index|contract)\.ts$/.test(file),
  );
  expect(flows.length).toBeGreaterThan(0);
  const flowOf = (file: string) => /^flows\/([a-z]+)/.exec(file)?.[1];
  expect(
    flows.filter(
      ({ file, to }) =>
        !['xstate', 'flows/contract'].includes(to) &&
        flowOf(file) !== flowOf(to),
    ),
  ).toEqual([]);
  const reaching =
    /\b(invoke|after|delays|actors)\s*:|\b(spawn\w*|raise|sendTo|Date|Intl|process|async|await|fetch|setTimeout)\b|Math\.random/;
  expect(filesWith(reaching, (file) => file.startsWith('flows/'))).toEqual([]);
});

test('the environment is read in one file', () => {
  expect(filesWith(/process\.env/)).toEqual(['src/runtime/config.ts']);
});

test('nothing writes to the console, and nothing has a default export', () => {
  expect(filesWith(/\bconsole\./)).toEqual([]);
  expect(filesWith(/\bexport default\b/)).toEqual([]);
});

test('only the registries are called index', () => {
  const indexes = files.filter((file) => path.basename(file) === 'index.ts');
  expect(indexes.sort()).toEqual(['flows/index.ts', 'src/channels/index.ts']);
});

test('which days of a wave hold is asked in one way', () => {
  const others = files.filter(
    (file) =>
      !['src/register/wave-window.ts', 'src/staff/retention-rules.ts'].includes(
        file,
      ) &&
      /(coalesce|case)\b[^`;]{0,60}new_window_(start|end)/.test(
        readFileSync(path.join(root, file), 'utf8'),
      ),
  );
  expect(others).toEqual([]);
});

test('rooms have no rooms inside', () => {
  expect(files.filter((file) => file.split('/').length > 3)).toEqual([]);
});

function rowsOf(row: RegExp): string[][] {
  return Array.from(law.matchAll(row), ([, ...cells]) => cells);
}

/** The names between backticks. */
function named(cell: string): string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, name = '']) => name);
}

function isWithin(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}

/** The most exact name of the table that holds this file. */
function roomOf(file: string): string | undefined {
  return [...rooms.keys(), 'src/generated']
    .filter((name) => isWithin(file, name))
    .sort((a, b) => b.length - a.length)[0];
}

function mayImport(from = '', to = ''): boolean {
  const { number, may } = rooms.get(from) ?? { number: -1, may: '' };
  if (from === to || named(may).includes(to)) return true;
  const below = rooms.get(to)?.number ?? Number.POSITIVE_INFINITY;
  return (
    below < number &&
    Array.from(may.matchAll(/(\d+)(?:-(\d+))?/g)).some(
      ([, least, most = least]) =>
        below >= Number(least) && below <= Number(most),
    )
  );
}

/** Files whose code, comments and types aside, matches. */
function filesWith(
  pattern: RegExp,
  among: (file: string) => boolean = () => true,
): string[] {
  return files.filter((file) => {
    const source = readFileSync(path.join(root, file), 'utf8');
    if (!among(file) || !pattern.test(source)) return false;
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: {
        removeComments: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ES2022,
      },
    });
    return pattern.test(outputText);
  });
}
