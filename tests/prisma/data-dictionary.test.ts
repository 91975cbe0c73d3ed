import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');
const schema = readFileSync(path.join(root, 'prisma/schema.prisma'), 'utf8');
const dictionary = readFileSync(
  path.join(root, 'docs/data-dictionary.md'),
  'utf8',
);

interface Entry {
  field: string;
  meaning: string;
  owner: string;
  purpose: string;
  keptUntil: string;
}

const entries = dictionary
  .split(/^## /m)
  .slice(1)
  .flatMap((section) => {
    const table = section.slice(0, section.indexOf('\n'));
    return rowsOf(section).map(
      ([field = '', meaning = '', owner = '', purpose = '', keptUntil = '']) =>
        ({
          field: `${table}.${field}`,
          meaning,
          owner,
          purpose,
          keptUntil,
        }) satisfies Entry,
    );
  });

test('every field of the schema is in the dictionary once, in order, and nothing else is', () => {
  const fields = fieldsOfSchema();
  expect(fields.length).toBeGreaterThan(200);
  expect(entries.map(({ field }) => field)).toEqual(fields);
});

test('every field has a meaning, a purpose, an owner and an end date', () => {
  const rooms = new Set(
    Array.from(
      readFileSync(path.join(root, 'docs/architecture.md'), 'utf8').matchAll(
        /`src\/(\w+)`/g,
      ),
      ([, room]) => room,
    ),
  );
  const periods = new Set(
    rowsOf(dictionary.slice(0, dictionary.indexOf('\n## '))).map(
      ([period]) => period,
    ),
  );
  const lacking = entries.filter(
    ({ meaning, owner, purpose, keptUntil }) =>
      meaning === '' ||
      purpose === '' ||
      !rooms.has(/^(\w+) \/ [\w ]+$/.exec(owner)?.[1]) ||
      !periods.has(keptUntil),
  );
  expect(periods.size).toBeGreaterThan(5);
  expect(lacking).toEqual([]);
});

/** `table.field` for every stored field; relations are no fields. */
function fieldsOfSchema(): string[] {
  const models = Array.from(schema.matchAll(/^model (\w+) \{\n([^]*?)^\}/gm));
  const names = new Set(models.map(([, name]) => name));
  return models.flatMap(([, name = '', body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name;
    return Array.from(body.matchAll(/^ +(\w+) +(\w+)/gm))
      .filter(([, , type]) => !names.has(type))
      .map(([, field = '']) => `${table}.${field}`);
  });
}

/** Cells of a table's rows, without its heading. */
function rowsOf(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
