import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { foundProgram } from '../support/found-program';
import { mayMount } from '../support/small-disk';

const root = path.join(__dirname, '../..');
const read = (file: string): string =>
  readFileSync(path.join(root, file), 'utf8');
const document = read('docs/experiments.md');

/** The experiments that every release must survive; the others wait for the part that they are about. */
const LIST = Array.from({ length: 28 }, (_, at) => at + 1);
const FUZZ = ['form', 'import', 'replay'];

/** A row of the table: which experiment, and where it is. */
interface Row {
  number: number;
  files: string[];
  waits: boolean;
  seen: string;
}

const rows: Row[] = Array.from(
  document.matchAll(/^\| (\d+) +\|([^|]+)\|([^|]+)\|([^|]+)\|$/gm),
  ([, number, , test = '', seen = '']) => ({
    number: Number(number),
    files: Array.from(
      test.matchAll(/\]\(\.\.\/([^)]+)\)/g),
      ([, at = '']) => at,
    ),
    waits: /with part [345]/.test(test),
    seen: seen.trim(),
  }),
);

/** What a test file declares: the titles of its tests, and what keeps some from running. */
interface Declared {
  titles: string[];
  skips: string[];
}

function declaredIn(file: string): Declared {
  const declared: Declared = { titles: [], skips: [] };
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022);
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) note(node, source, declared);
    ts.forEachChild(node, look);
  };
  look(source);
  return declared;
}

function note(
  call: ts.CallExpression,
  source: ts.SourceFile,
  { titles, skips }: Declared,
): void {
  const callee = call.expression.getText(source).replaceAll(/\s+/g, '');
  const [first] = call.arguments;
  if (/^(x|f)(it|test|describe)\b|\.(skip|todo|only|failing)\b/.test(callee))
    skips.push(callee);
  // A title in back quotes begins with its words: what is filled in comes later.
  const isText =
    first !== undefined &&
    (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first));
  if (isText && /^(test|it)\b/.test(callee))
    titles.push(first.getText(source).slice(1));
}

const files = readdirSync(__dirname)
  .filter((name) => /^(\d\d|fuzz)-.*\.test\.ts$/.test(name))
  .map((name) => `tests/experiments/${name}`);

test('docs/experiments.md has every experiment once, and says of each what was seen or when it comes', () => {
  expect(rows.map(({ number }) => number)).toEqual(LIST);
  expect(
    rows.filter(({ waits, files: at }) => waits === at.length > 0),
  ).toEqual([]);
  expect(rows.filter(({ waits, seen }) => !waits && seen.length < 10)).toEqual(
    [],
  );
});

test('every experiment of the document has a test that begins with its number, in the file that it names', () => {
  const absent = rows.flatMap(({ number, files: at }) =>
    at.filter(
      (file) =>
        !declaredIn(file).titles.some((title) =>
          title.startsWith(`experiment ${number}: `),
        ),
    ),
  );
  expect(absent).toEqual([]);
});

test('every test of an experiment is in the document, and begins with a number or with fuzz', () => {
  const named = rows.flatMap(({ number, files: at }) =>
    at.map((file) => `${file} ${number}`),
  );
  const untold = files.flatMap((file) =>
    declaredIn(file).titles.filter((title) => {
      const [, number] = /^experiment (\d+): /.exec(title) ?? [];
      return number === undefined
        ? !title.startsWith('fuzz: ')
        : !named.includes(`${file} ${number}`);
    }),
  );
  expect(files.length).toBeGreaterThan(12);
  expect(untold).toEqual([]);
});

test('none of them is skipped, awaited to fail, or alone', () => {
  expect(files.flatMap((file) => declaredIn(file).skips)).toEqual([]);
});

test.each(FUZZ)(
  'the property-based test of %s is there and is told',
  (name) => {
    const file = `tests/experiments/fuzz-${name}.test.ts`;
    expect(files).toContain(file);
    expect(declaredIn(file).titles.length).toBeGreaterThan(0);
    expect(document).toContain(file);
  },
);

test('with REQUIRE_ALL=1 all that they need is on the machine', () => {
  const lacking = [
    ...(foundProgram(['redis-server', 'valkey-server'])
      ? []
      : ['redis-server']),
    ...(mayMount() || foundProgram(['prlimit']) ? [] : ['mount or prlimit']),
  ];
  expect(process.env['REQUIRE_ALL'] === '1' ? lacking : []).toEqual([]);
});
