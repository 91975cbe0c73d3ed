import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { csvLine, unprotectCell } from '../../src/exchange/csv-cells';
import { FILE_FORMATS } from '../../src/exchange/formats';
import { fixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';
import { importBench, type ImportBench, type ImportRun } from './import-texts';

/** One kind of dirt, as tests/exchange/dirt/expected.csv tells it. */
interface Dirt {
  file: string;
  line: string;
  dirt: string;
  outcome: 'rejected' | 'unchanged' | 'stale' | 'updated';
  column: string;
  value: string;
  sentence: string;
  correction: string;
}

const FOLDER = path.join(__dirname, 'dirt');
const OURS = ['ligne', 'colonne', 'valeur', 'motif'];
const kinds = FILE_FORMATS.map(({ kind }) => kind);
const expected = parse<Dirt>(
  readFileSync(path.join(FOLDER, 'expected.csv'), 'utf8'),
  { columns: true, delimiter: ';' },
);

let store: TestDatabase;
let bench: ImportBench;
let first: ImportRun;

beforeAll(async () => {
  store = await testDatabase();
  bench = importBench(store.db, fixedClock('2026-03-12T08:00:00Z'));
  for (const kind of kinds) {
    copyFileSync(
      path.join(FOLDER, `${kind}.csv`),
      path.join(bench.folder, `${kind}.csv`),
    );
  }
  first = await bench.import(...kinds.map((kind) => `${kind}.csv`));
});

afterAll(async () => {
  bench.remove();
  await store.close();
});

test('there are two hundred kinds of dirt, each told apart', () => {
  expect(expected.length).toBeGreaterThanOrEqual(200);
  const named = expected.map(({ file, dirt }) => `${file}: ${dirt}`);
  expect(new Set(named).size).toBe(expected.length);
});

test.each(kinds)(
  'every bad row of %s is named by line, column and sentence',
  (kind) => {
    const found = rejectedRows(kind).map((row) => ({
      line: row['ligne'],
      column: row['colonne'],
      value: unprotectCell(row['valeur'] ?? ''),
      sentence: row['motif'],
    }));
    const wanted = expected
      .filter(({ file, outcome }) => file === kind && outcome === 'rejected')
      .map(({ line, column, value, sentence }) => ({
        ...{ line, column, value, sentence },
      }));
    expect(found).toEqual(wanted);
  },
);

test.each(kinds)('every good row of %s goes in', (kind) => {
  const summary = first.summaries.find((one) => one.kind === kind);
  const of = (outcome: Dirt['outcome']): number =>
    expected.filter((one) => one.file === kind && one.outcome === outcome)
      .length;
  expect(summary).toMatchObject({
    rejected: of('rejected'),
    stale: of('stale'),
    unchanged: of('unchanged'),
    updated: of('updated'),
  });
  expect(summary?.read).toBe(
    (summary?.created ?? 0) +
      of('rejected') +
      of('stale') +
      of('unchanged') +
      of('updated'),
  );
  expect(summary?.created).toBeGreaterThanOrEqual(3);
});

test('after correcting only the cells named, the rejected files reject nothing', async () => {
  for (const kind of kinds) {
    bench.write(`corrected-${kind}.csv`, corrected(kind));
  }
  const again = await bench.import(
    ...kinds.map((kind) => `corrected-${kind}.csv`),
  );
  expect(
    again.summaries.map(({ kind, rejected }) => ({ kind, rejected })),
  ).toEqual(kinds.map((kind) => ({ kind, rejected: 0 })));
});

test('importing all of it again changes nothing', async () => {
  const again = await bench.import(...kinds.map((kind) => `${kind}.csv`));
  expect(
    again.summaries.map(({ created, updated }) => ({ created, updated })),
  ).toEqual(kinds.map(() => ({ created: 0, updated: 0 })));
});

function rejectedRows(kind: string): Record<string, string>[] {
  return parse<Record<string, string>>(bench.read(`${kind}.csv.rejected.csv`), {
    columns: true,
    delimiter: ';',
    bom: true,
  });
}

/** The rejected file as a careful clerk gives it back. */
function corrected(kind: string): string {
  const rows = rejectedRows(kind);
  const header = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => {
    const fix = expected.find(
      ({ file, line }) => file === kind && line === row['ligne'],
    );
    const columns = row['colonne']?.split(' | ') ?? [];
    const corrections = fix?.correction.split(' | ') ?? [];
    const right = { ...row };
    columns.forEach((column, at) => {
      const correction = corrections[at] ?? '';
      if (column !== 'ligne entière') {
        right[column] = correction;
        return;
      }
      const cells = correction.split(';');
      header
        .filter((name) => !OURS.includes(name))
        .forEach((name, cell) => {
          right[name] = cells[cell] ?? '';
        });
    });
    return csvLine(header.map((name) => unprotectCell(right[name] ?? '')));
  });
  return csvLine(header) + lines.join('');
}
