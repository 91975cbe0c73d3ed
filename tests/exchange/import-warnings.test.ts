import { fixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';
import {
  counts,
  households,
  importBench,
  type ImportBench,
} from './import-texts';

const clock = fixedClock('2026-03-12T08:00:00Z');
let store: TestDatabase;
let bench: ImportBench;

beforeAll(async () => {
  store = await testDatabase();
});

beforeEach(async () => {
  await store.truncateAll();
  clock.set('2026-03-12T08:00:00Z');
  bench = importBench(store.db, clock, { batchRows: 2, pieceBytes: 100 });
});

afterEach(() => {
  bench.remove();
});

afterAll(async () => {
  await store.close();
});

test('a column that nobody knows is passed over with one warning', async () => {
  bench.write('h.csv', households({}).replace('language', 'langue'));
  const run = await bench.import('h.csv');
  expect(run.warnings).toEqual([
    expect.stringContaining('Colonne inconnue, laissée de côté: langue'),
  ]);
  expect(counts(run)).toMatchObject({ created: 1 });
});

test('a phone of eleven households is kept and told, masked', async () => {
  const rows = Array.from({ length: 11 }, (_, at) => ({
    number: `H${at}`,
    owner: 'family',
  }));
  bench.write('h.csv', households(...rows));
  const run = await bench.import('h.csv');
  expect(await store.db.prisma.phoneLink.count()).toBe(11);
  expect(run.warnings).toEqual([
    expect.stringContaining('+223••••••01 sert 11 ménages, au-delà de 10'),
  ]);
});

test('households with one card, number and back, are kept and told by their numbers', async () => {
  const card = '20000009';
  bench.write(
    'h.csv',
    households(
      ...['H1', 'H2', 'H3'].map((number) => ({ number, card })),
      { number: 'H4' },
      { number: 'H5', card: '' },
      { number: 'H6', card: '' },
    ),
  );
  const run = await bench.import('h.csv');
  expect(counts(run)).toMatchObject({ created: 6, rejected: 0 });
  expect(run.warnings).toEqual([
    expect.stringContaining(
      'h.csv: 3 ménages portent la même carte, numéro et dos: H1, H2, H3. Tapée entière, elle est refusée',
    ),
  ]);
  expect(run.warnings.join()).not.toContain(card);
});

test('an import that changed no household tells nothing of their cards again', async () => {
  const card = '20000009';
  bench.write('h.csv', households({ card }, { number: 'H2', card }));
  await bench.import('h.csv');
  expect((await bench.import('h.csv')).warnings).toEqual([]);
});

test('a session that meets no household goes in with a warning', async () => {
  bench.write('h.csv', households({ village: 'Kita-Ouest village' }));
  bench.write(
    's.csv',
    `session_code;cercle;commune;village;date;place;updated_at
S1;KITA;kita-ouest;kita ouest VILLAGE;2026-03-20;Ecole;2026-03-01T06:00:00Z
S2;Kita;Kita Ouest;Ailleurs;2026-03-20;Ecole;2026-03-01T06:00:00Z
`,
  );
  const run = await bench.import('s.csv', 'h.csv');
  expect(counts(run, 1)).toMatchObject({ created: 2, rejected: 0 });
  expect(run.warnings).toEqual([
    expect.stringMatching(
      /1 ligne\(s\) ne rencontrent aucun ménage.*lignes 3$/,
    ),
  ]);
});

test('a report of rejected rows is taken away, and told, once nothing is rejected any more', async () => {
  bench.write('h.csv', households({ phone: 'x' }));
  await bench.import('h.csv');
  expect(bench.read('h.csv.rejected.csv')).toContain('H1');
  bench.write('h.csv', households({}));
  expect((await bench.import('h.csv')).warnings).toEqual([
    expect.stringMatching(
      /Plus rien n'est rejeté: .*h\.csv\.rejected\.csv, d'une importation d'avant, est retiré\.$/,
    ),
  ]);
  expect(() => bench.read('h.csv.rejected.csv')).toThrow('ENOENT');
  expect((await bench.import('h.csv')).warnings).toEqual([]);
});

test('a corrected report that is imported with its file is read, not replaced', async () => {
  bench.write('h.csv', households({ phone: 'x' }, { number: 'H2' }));
  await bench.import('h.csv');
  const report = bench.read('h.csv.rejected.csv');
  bench.write('h.csv.rejected.csv', report.replace(';x;', ';60100001;'));
  bench.write('h.csv', households({ number: 'H2' }));
  const run = await bench.import('h.csv', 'h.csv.rejected.csv');
  expect(
    run.summaries.map(({ created, unchanged }) => created + unchanged),
  ).toEqual([1, 1]);
  expect(await store.db.prisma.household.count()).toBe(2);
});
