import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { takeInFolder } from '../../src/exchange/watch-folder';
import { fixedClock } from '../../src/runtime/clock';
import { createLogger } from '../../src/runtime/logger';
import { testDatabase, type TestDatabase } from '../support/database';

const folder = mkdtempSync(path.join(tmpdir(), 'jigi-watched-'));
const lines: string[] = [];
const log = createLogger({
  level: 'info',
  destination: { write: (line) => void lines.push(line) },
});
let store: TestDatabase;

beforeAll(async () => {
  store = await testDatabase();
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await store.close();
});

const HOUSEHOLDS = `household_number;pcode;village;recipient_first_name;recipient_last_name;phone;phone_owner;updated_at
H1;ML010515;Koulouniko;Awa;Sissoko;60100001;own;2026-03-01T06:00:00Z
H2;ML019999;Koulouniko;Awa;Sissoko;60100002;own;2026-03-01T06:00:00Z
`;

test('files are taken in or set apart, each with its report; what is not whole is left alone', async () => {
  writeFileSync(path.join(folder, 'a.csv'), HOUSEHOLDS);
  writeFileSync(path.join(folder, 'b.csv'), 'x;y\n1;2\n');
  writeFileSync(path.join(folder, '.c.csv'), HOUSEHOLDS);
  writeFileSync(path.join(folder, 'd.csv.part'), HOUSEHOLDS);
  const clock = fixedClock('2026-03-12T08:00:00Z');
  const outcome = await takeInFolder({ db: store.db, clock, log }, folder);
  expect(outcome.done.map((file) => path.basename(file))).toEqual(['a.csv']);
  expect(outcome.failed.map((file) => path.basename(file))).toEqual(['b.csv']);
  expect(readdirSync(folder).sort()).toEqual([
    '.c.csv',
    'd.csv.part',
    'done',
    'failed',
  ]);
  expect(readdirSync(path.join(folder, 'done')).sort()).toEqual([
    ...['a.csv', 'a.csv.rapport.txt', 'a.csv.rejected.csv'],
  ]);
  const report = readFileSync(
    path.join(folder, 'done', 'a.csv.rapport.txt'),
    'utf8',
  );
  expect(report).toContain('"created":1');
  expect(report).toContain('1 ligne(s) à corriger');
  expect(
    readFileSync(path.join(folder, 'failed', 'b.csv.rapport.txt'), 'utf8'),
  ).toContain('Aucun en-tête connu');
});

test('a file of a name that was taken in before gets a number, and both stay with their reports', async () => {
  const again = HOUSEHOLDS.replaceAll('2026-03-01', '2026-03-02');
  writeFileSync(path.join(folder, 'a.csv'), again);
  writeFileSync(path.join(folder, 'b.csv'), 'x;y\n3;4\n');
  const clock = fixedClock('2026-03-12T08:00:00Z');
  await takeInFolder({ db: store.db, clock, log }, folder);
  expect(readdirSync(path.join(folder, 'done')).sort()).toEqual([
    ...['a.2.csv', 'a.2.csv.rapport.txt', 'a.2.csv.rejected.csv'],
    ...['a.csv', 'a.csv.rapport.txt', 'a.csv.rejected.csv'],
  ]);
  const read = (name: string) =>
    readFileSync(path.join(folder, 'done', name), 'utf8');
  expect(read('a.csv')).toBe(HOUSEHOLDS);
  expect(read('a.2.csv')).toBe(again);
  expect(read('a.2.csv.rapport.txt')).toContain('a.2.csv.rejected.csv');
  expect(read('a.csv.rejected.csv')).toContain('2026-03-01');
  expect(read('a.2.csv.rejected.csv')).toContain('2026-03-02');
  expect(readdirSync(path.join(folder, 'failed'))).toContain('b.2.csv');
});

test('a file that is called as the report of another is taken in beside it', async () => {
  writeFileSync(path.join(folder, 'a.csv.rejected.csv'), HOUSEHOLDS);
  const clock = fixedClock('2026-03-12T08:00:00Z');
  await takeInFolder({ db: store.db, clock, log }, folder);
  expect(readdirSync(path.join(folder, 'done'))).toEqual(
    expect.arrayContaining(['a.csv.rejected.csv', 'a.csv.rejected.2.csv']),
  );
});

test('the log tells counts and no number, card or name', () => {
  expect(lines.join('')).toContain('"created":1');
  expect(lines.join('')).not.toMatch(/60100001|Sissoko|Awa/);
});

test('an empty folder is no work', async () => {
  const clock = fixedClock('2026-03-12T08:00:00Z');
  expect(await takeInFolder({ db: store.db, clock, log }, folder)).toEqual({
    done: [],
    failed: [],
  });
});
