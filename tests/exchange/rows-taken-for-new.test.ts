import { TARGETS } from '../../src/exchange/targets';
import { fixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';
import {
  counts,
  households,
  importBench,
  NOTHING,
  PAYMENTS_HEADER,
  RESULTS_HEADER,
  RULES,
  WAVES,
  type HouseholdRow,
  type ImportBench,
} from './import-texts';

let store: TestDatabase;
let bench: ImportBench;

beforeAll(async () => {
  store = await testDatabase();
  const clock = fixedClock('2026-03-12T08:00:00Z');
  bench = importBench(store.db, clock, { batchRows: 2, pieceBytes: 100 });
});

beforeEach(async () => {
  await store.truncateAll();
});

afterAll(async () => {
  bench.remove();
  await store.close();
});

test('the store itself keeps every key single, but for facts, which are added', async () => {
  const { rows } = await store.db.pool.query<{ key: string }>(
    `select i.indrelid::regclass || ': ' || string_agg(a.attname, ', ' order by a.attname) as key
     from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
     where i.indisunique and i.indpred is null group by i.indexrelid, i.indrelid`,
  );
  const single = rows.map(({ key }) => key);
  for (const { table, key, keeps } of Object.values(TARGETS)) {
    const columns = Object.keys(key).sort().join(', ');
    expect(single.includes(`${table}: ${columns}`)).toBe(keeps !== 'fact');
  }
});

test('among many new rows, over many batches, the few that are known are judged', async () => {
  bench.write('known.csv', households({ number: 'H17' }, { number: 'H18' }));
  await bench.import('known.csv');
  const many: HouseholdRow[] = Array.from({ length: 30 }, (_, n) => ({
    number: `H${n}`,
  }));
  const moved = { phone: '60100018', updated: '2026-03-02T06:00:00Z' };
  many[18] = { number: 'H18', ...moved };
  bench.write('h.csv', households(...many));
  expect(counts(await bench.import('h.csv'))).toEqual({
    ...{ ...NOTHING, read: 30, created: 28 },
    ...{ updated: 1, unchanged: 1 },
  });
  expect(await store.db.prisma.household.count()).toBe(30);
  const inForce = { where: { endedAt: null } };
  expect(await store.db.prisma.phoneLink.count(inForce)).toBe(30);
});

test('among many new results, over many batches, an older one than the store has is stale', async () => {
  const numbers = Array.from({ length: 30 }, (_, n) => `R${n}`);
  const paid = (number: string): string =>
    `W1;${number};TM15;30000;;2026-03-01T06:00:00Z\n`;
  const absent = (number: string): string =>
    `W1;${number};TM15;absent;;2026-03-11T06:00:00Z\n`;
  bench.write('rules.csv', RULES);
  bench.write('waves.csv', WAVES);
  bench.write('h.csv', households(...numbers.map((number) => ({ number }))));
  bench.write('p.csv', PAYMENTS_HEADER + numbers.map(paid).join(''));
  bench.write(
    'newer.csv',
    `${RESULTS_HEADER}W1;R17;TM15;paid;;2026-03-12T06:00:00Z\n`,
  );
  bench.write('older.csv', RESULTS_HEADER + numbers.map(absent).join(''));
  await bench.import('rules.csv', 'waves.csv', 'h.csv', 'p.csv', 'newer.csv');
  expect(counts(await bench.import('older.csv'))).toEqual({
    ...{ ...NOTHING, read: 30, created: 29, stale: 1 },
  });
});
