import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { TARGETS } from '../src/exchange/targets';

const root = path.join(__dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const dictionary = read('docs/data-dictionary.md');

/** The tables of the schema by the name that Prisma's client gives their model. */
const tables = new Map(
  Array.from(
    read('prisma/schema.prisma').matchAll(
      /^model (\w)(\w*) \{[^]*?@@map\("(\w+)"\)/gm,
    ),
    ([, first = '', rest = '', table = '']) => [
      first.toLowerCase() + rest,
      table,
    ],
  ),
);

/** The law: the rooms that the dictionary names as owners of a table's fields. */
const owners = new Map(
  dictionary
    .split(/^## /m)
    .slice(1)
    .map((section): [string, Set<string>] => [
      section.slice(0, section.indexOf('\n')),
      new Set(
        Array.from(
          section.matchAll(/\| (\w+) \/ [\w ]+ \|/g),
          ([, room = '']) => room,
        ),
      ),
    ]),
);

/** Programs that carry out what the dictionary says of how long fields are kept. */
const retention = new Set(
  Array.from(
    dictionary
      .slice(0, dictionary.indexOf('\n## '))
      .matchAll(/\| (src\/[\w/-]+\.ts) \|/g),
    ([, file = '']) => file,
  ),
);

const delegateWrite =
  /\.(\w+)\s*\.(?:create|update|upsert|delete)(?:Many)?(?:AndReturn)?\(/g;
const sqlWrite =
  /\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?"?(\w+|\$\{\w+)/gi;

/** Where tables are written, through Prisma or by SQL; a table whose name is put together has none. */
const writes = readdirSync(path.join(root, 'src'), {
  recursive: true,
  encoding: 'utf8',
})
  .map((name) => path.posix.join('src', name.replaceAll('\\', '/')))
  .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
  .flatMap((file) => writtenIn(file).map((table) => ({ file, table })));

/** What a room writes of another's, and why it may today. */
const exceptions = [
  // A reference that nobody knows counts among the phone's wrong tries, in the search's own transaction.
  { file: 'src/complaints/find-complaint.ts', table: 'wrong_tries' },
  // The register's own links and corrections follow its file in the statement that takes in a batch.
  { file: 'src/exchange/household-phones.ts', table: 'phone_links' },
  { file: 'src/exchange/household-phones.ts', table: 'register_corrections' },
];

test('every table has one room that owns it', () => {
  expect(tables.size).toBeGreaterThan(25);
  const unowned = Array.from(tables.values()).filter(
    (table) => owners.get(table)?.size !== 1,
  );
  expect(unowned).toEqual([]);
});

test('a table is written by the room that owns it, and by the import through its targets', () => {
  const breaches = writes.filter(
    ({ file, table }) =>
      table !== undefined &&
      !owners.get(table)?.has(file.split('/')[1] ?? '') &&
      !retention.has(file),
  );
  expect(writes.length).toBeGreaterThan(30);
  expect(unique(breaches)).toEqual(unique(exceptions));
});

test('only the import writes tables whose names it puts together, and those are the targets it declares', () => {
  const unnamed = writes.filter(({ table }) => table === undefined);
  expect(unique(unnamed).map(({ file }) => file)).toEqual([
    'src/exchange/apply-sql.ts',
  ]);
  const known = new Set(tables.values());
  const targets = Object.values(TARGETS).map(({ table }) => table);
  expect(targets.filter((table) => !known.has(table))).toEqual([]);
});

function writtenIn(file: string): (string | undefined)[] {
  const { outputText } = ts.transpileModule(read(file), {
    compilerOptions: {
      removeComments: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ES2022,
    },
  });
  const known = new Set(tables.values());
  return [
    ...Array.from(outputText.matchAll(delegateWrite), ([, model = '']) =>
      tables.get(model),
    ).filter((table) => table !== undefined),
    ...Array.from(outputText.matchAll(sqlWrite), ([, name = '']) =>
      name.startsWith('$') ? undefined : name,
    ).filter((table) => table === undefined || known.has(table)),
  ];
}

/** Each once, in the order of the alphabet. */
function unique<T extends object>(all: readonly T[]): T[] {
  const found = new Map(all.map((one) => [JSON.stringify(one), one]));
  return [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
}
