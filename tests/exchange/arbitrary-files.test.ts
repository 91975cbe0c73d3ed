import fc from 'fast-check';
import { fixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';
import { importBench, type ImportBench } from './import-texts';

let store: TestDatabase;
let bench: ImportBench;

beforeAll(async () => {
  store = await testDatabase();
  const clock = fixedClock('2026-03-12T08:00:00Z');
  bench = importBench(store.db, clock, { batchRows: 4, pieceBytes: 64 });
  bench.write(
    'h.csv',
    `${HEADER}\nH1;ML010515;Koulouniko;Awa;Sissoko;2026-03-01T06:00:00Z\n`,
  );
  await bench.import('h.csv');
});

afterAll(async () => {
  bench.remove();
  await store.close();
});

const HEADER =
  'household_number;pcode;village;recipient_first_name;recipient_last_name;updated_at';

test('whatever a file holds, no import breaks and every row is accounted for', async () => {
  const nearly = fc.constantFrom(
    ...['H1', 'H2', 'ML010515', 'Koulouniko', 'Awa', '2026-03-01T06:00:00Z'],
    ...['2026-03-02T06:00:00Z', '', '"', '\\', '\\.', '\\N', "'=1", '\0', '\t'],
  );
  const cell = fc.oneof(
    { weight: 4, arbitrary: nearly },
    fc.string({ maxLength: 6 }),
  );
  const line = fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .array(cell, { minLength: 6, maxLength: 6 })
        .map((cells) => cells.join(';')),
    },
    fc.string(),
    fc.constant('H3;ML010515;Koulou\\niko;Awa;Sis\\soko;2026-03-01T06:00:00Z'),
  );
  const bytes = fc.oneof(
    fc
      .array(line, { maxLength: 12 })
      .map((lines) => Buffer.from(lines.join('\n'))),
    fc.uint8Array({ maxLength: 120 }).map((array) => Buffer.from(array)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (body) => {
      bench.write('any.csv', Buffer.concat([Buffer.from(`${HEADER}\n`), body]));
      const { outcome } = await bench.import('any.csv');
      if (outcome.kind === 'refused') return;
      for (const one of outcome.summaries) {
        expect(
          one.created + one.updated + one.unchanged + one.stale + one.rejected,
        ).toBe(one.read);
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('backslashes reach the store as they were written', async () => {
  bench.write(
    'b.csv',
    `${HEADER}\nH9;ML010515;Koulou\\niko;A\\\\wa;Sis\\.soko;2026-03-01T06:00:00Z\n`,
  );
  await bench.import('b.csv');
  const found = await store.db.prisma.household.findUniqueOrThrow({
    where: { householdNumber: 'H9' },
  });
  expect([
    found.village,
    found.recipientFirstName,
    found.recipientLastName,
  ]).toEqual([...['Koulou\\niko', 'A\\\\wa', 'Sis\\.soko']]);
});
