import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { protectCell } from '../../src/exchange/csv-cells';
import { importFiles } from '../../src/exchange/import-files';
import { rejectedPaths } from '../../src/exchange/rejected-file';
import { readFileSync } from 'node:fs';
import { figuresCsv, figuresXlsx } from '../../src/console/figures-files';
import { fixedClock } from '../../src/runtime/clock';
import { loadTerritory } from '../../src/staff/territory';
import { testDatabase, type TestDatabase } from '../support/database';

let store: TestDatabase;
beforeAll(async () => {
  store = await testDatabase();
  await store.truncateAll();
  await loadTerritory(store.db);
});
afterAll(() => store.close());

/** What spreadsheets take for a formula, and what breaks a line or a cell. */
const hostile = [
  ...['=cmd|calc', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1'],
  ...[`'=1`, '"a";"b"', '=HYPERLINK("http://evil","x")', 'a\n=2'],
];

test('experiment 27: names that are formulas are refused by their line, come back as no formula, and are refused again', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-27-'));
  const file = path.join(folder, 'rules.csv');
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const head =
    'rule_code;programme;financing;name_fr;monthly_amount_xof;lump_sum_xof;months_per_instalment;duration_months;valid_from;valid_to';
  const rows = hostile
    .filter((text) => !/[\n\r\t]/.test(text))
    .map((text, at) => `R${at};TM;BM;${quote(text)};quinze;;2;36;2024-01-01;`);
  writeFileSync(file, [head, ...rows].join('\n'));
  const clock = fixedClock('2026-03-12T09:00:00Z');
  const desk = { db: store.db, clock, warn: () => undefined };
  await importFiles(desk, [file]);
  const rejected = rejectedPaths([file])(file);
  const text = readFileSync(rejected, 'utf8');
  const starts = text.split('\n').flatMap((line) => line.split(';'));
  expect(starts.filter((cell) => /^"?[=+@\t]|^"?-\d/.test(cell))).toEqual([]);
  // Sent again with its numbers put right, a name that is a formula is refused by its line, and any other is as it was.
  writeFileSync(file, text.replaceAll(';quinze;', ';15000;'));
  expect(await importFiles(desk, [file])).toMatchObject({
    kind: 'done',
    summaries: [{ created: 1, rejected: rows.length - 1 }],
  });
  const told = readFileSync(rejected, 'utf8').trim().split('\n').slice(1);
  expect(
    told.filter((line) => !line.includes('Formule de tableur refusée')),
  ).toEqual([]);
  const names = await store.db.prisma.benefitRule.findMany();
  expect(names.map(({ nameFr }) => nameFr)).toEqual(['"a";"b"']);
});

test('experiment 27: files of figures hold no formula, whatever an agency is called', async () => {
  const report = {
    ...{ madeAt: undefined, headline: [], rows: [] },
    tables: [
      {
        ...{ id: 'agencies', title: 'Agences', head: ['=1+1'] },
        rows: hostile.map((text) => ({
          value: text,
          title: text,
          cells: [text],
        })),
      },
    ],
  };
  const csv = figuresCsv(report, '2026').toString('utf8');
  expect(csv).toContain(protectCell('@SUM(A1)'));
  expect(csv.split(/\n|;/).filter((cell) => /^"?[=+@]/.test(cell))).toEqual(
    // Within a quoted cell a line may begin so: it is no cell of its own.
    ['=2"', '=2"'],
  );
  const sheet = await figuresXlsx(report, '2026');
  const { rows: written } = await readSheet(sheet);
  expect(written).not.toMatch(/<f[ >]/);
  expect(written).toContain('=cmd|calc');
});

/** The second sheet of a workbook as XML, with the texts that it shares. */
async function readSheet(book: Buffer): Promise<{ rows: string }> {
  const { unzipSync, strFromU8 } = await import('fflate');
  const files = unzipSync(new Uint8Array(book));
  const rows = Object.entries(files)
    .filter(([name]) => /sheet2\.xml|sharedStrings/.test(name))
    .map(([, bytes]) => strFromU8(bytes))
    .join('');
  return { rows };
}
