import { fixedClock } from '../../src/runtime/clock';
import { importFiles } from '../../src/exchange/import-files';
import { importFile } from '../../src/exchange/import-file';
import { surveyFile } from '../../src/exchange/survey-file';
import { communeFinder } from '../../src/staff/find-commune';
import { territoryUnits } from '../../src/staff/territory';
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

describe('idempotency', () => {
  test('the same file twice changes nothing and says so', async () => {
    bench.write('h.csv', households({}, { number: 'H2', phone: '60100002' }));
    expect(counts(await bench.import('h.csv'))).toEqual({
      ...NOTHING,
      read: 2,
      created: 2,
    });
    expect(counts(await bench.import('h.csv'))).toEqual({
      ...NOTHING,
      read: 2,
      unchanged: 2,
    });
    expect(await store.db.prisma.phoneLink.count()).toBe(2);
    expect(await store.db.prisma.importRun.count()).toBe(2);
  });

  test('a newer row wins, an older one is stale and never applied', async () => {
    bench.write('h.csv', households({}));
    bench.write(
      'new.csv',
      households({ village: 'Madila', updated: '2026-03-02T06:00:00Z' }),
    );
    await bench.import('h.csv');
    expect(counts(await bench.import('new.csv'))).toEqual({
      ...NOTHING,
      read: 1,
      updated: 1,
    });
    expect(counts(await bench.import('h.csv'))).toEqual({
      ...NOTHING,
      read: 1,
      stale: 1,
    });
    const { village, villageKey } =
      await store.db.prisma.household.findFirstOrThrow();
    expect({ village, villageKey }).toEqual({
      village: 'Madila',
      villageKey: 'madila',
    });
  });

  test('another content under the same date is refused, not guessed at', async () => {
    bench.write('h.csv', households({}));
    bench.write('clash.csv', households({ village: 'Madila' }));
    await bench.import('h.csv');
    expect(counts(await bench.import('clash.csv'))).toEqual({
      ...NOTHING,
      read: 1,
      rejected: 1,
    });
    expect(bench.read('clash.csv.rejected.csv')).toContain(
      'la date de cette modification',
    );
  });

  test('a household that comes several times is judged row after row, over all batches', async () => {
    bench.write(
      'h.csv',
      households(
        { village: 'A', updated: '2026-03-01T06:00:00Z' },
        { village: 'B', updated: '2026-03-03T06:00:00Z' },
        { village: 'C', updated: '2026-03-02T06:00:00Z' },
        { village: 'B', updated: '2026-03-03T06:00:00Z' },
        { village: 'D', updated: '2026-03-04T06:00:00Z' },
        { village: 'B', updated: '2026-03-03T06:00:00Z' },
      ),
    );
    expect(counts(await bench.import('h.csv'))).toEqual({
      ...{ read: 6, created: 1, updated: 2, stale: 2, unchanged: 1 },
      rejected: 0,
    });
    const { village } = await store.db.prisma.household.findFirstOrThrow();
    expect(village).toBe('D');
  });

  test('nothing is deleted by absence; a payment is taken back by its status', async () => {
    bench.write('rules.csv', RULES);
    bench.write('waves.csv', WAVES);
    bench.write(
      'h.csv',
      households({}, { number: 'H2', phone: '', owner: 'none' }),
    );
    const paid = (status: string, updated: string): string =>
      `W1;H1;TM15;30000;${status};${updated}\n`;
    bench.write(
      'p.csv',
      `${PAYMENTS_HEADER}${paid('planned', '2026-03-01T06:00:00Z')}W1;H2;TM15;30000;;2026-03-01T06:00:00Z\n`,
    );
    bench.write(
      'back.csv',
      PAYMENTS_HEADER + paid('removed', '2026-03-05T06:00:00Z'),
    );
    await bench.import('p.csv', 'waves.csv', 'h.csv', 'rules.csv');
    expect(counts(await bench.import('back.csv'))).toMatchObject({
      updated: 1,
    });
    const rows = await store.db.prisma.payment.findMany({
      orderBy: { id: 'asc' },
    });
    expect(rows.map(({ status }) => status).sort()).toEqual([
      'planned',
      'removed',
    ]);
  });
});

describe('files together', () => {
  test('files are applied in the order of the contract, whatever order they are given in', async () => {
    bench.write(
      'a.csv',
      `${PAYMENTS_HEADER}W1;H1;TM15;30000;;2026-03-01T06:00:00Z\n`,
    );
    bench.write('b.csv', WAVES);
    bench.write('c.csv', households({}));
    bench.write('d.csv', RULES);
    const run = await bench.import('a.csv', 'b.csv', 'c.csv', 'd.csv');
    expect(run.summaries.map(({ kind, created }) => [kind, created])).toEqual([
      ...[
        ['benefit-rules', 1],
        ['households', 1],
        ['waves', 1],
      ],
      ['payments', 1],
    ]);
  });

  test('one file that is no register file, and nothing at all is changed', async () => {
    bench.write('h.csv', households({}));
    bench.write('cut.csv', `${PAYMENTS_HEADER}W1;"H1`);
    const run = await bench.import('h.csv', 'cut.csv');
    expect(run.outcome).toMatchObject({
      kind: 'refused',
      reasons: [expect.stringContaining('guillemet ouvert ligne 2')],
    });
    expect(await store.db.prisma.household.count()).toBe(0);
  });

  test('commas, a BOM, CRLF, capitals in the header and quoted cells are read alike', async () => {
    const text = households({ village: 'Kofeba' })
      .replace('Kofeba', '"Kofeba"')
      .replaceAll(';', ',')
      .replaceAll('\n', '\r\n')
      .replace('household_number', 'Household_Number');
    bench.write('h.csv', `\ufeff${text}`);
    expect(counts(await bench.import('h.csv'))).toMatchObject({ created: 1 });
    bench.write('plain.csv', households({ village: 'Kofeba' }));
    expect(counts(await bench.import('plain.csv'))).toMatchObject({
      unchanged: 1,
    });
  });

  test('a second import waits for the first and says so', async () => {
    bench.write('h.csv', households({}));
    const client = await store.db.pool.connect();
    await client.query(
      `select pg_advisory_lock(hashtextextended('jigi exchange import', 0))`,
    );
    const warned: string[] = [];
    const free = (line: string): void => {
      warned.push(line);
      void client
        .query(
          `select pg_advisory_unlock(hashtextextended('jigi exchange import', 0))`,
        )
        .then(() => client.release());
    };
    await importFiles({ db: store.db, clock, warn: free }, [
      `${bench.folder}/h.csv`,
    ]);
    expect(warned).toEqual([expect.stringContaining('attend son tour')]);
  });

  test('the audit chain tells of an import what came of its rows, and not the name of the file', async () => {
    bench.write('awa-sissoko.csv', households({}));
    const run = await bench.import('awa-sissoko.csv');
    const [entry] = await store.db.prisma.auditEntry.findMany({
      orderBy: { id: 'desc' },
      take: 1,
    });
    const { read, ...rest } = counts(run);
    expect(entry).toMatchObject({
      ...{ actor: 'system', action: 'import.done' },
      detail: { kind: 'households', rowsRead: read, ...rest },
    });
    expect(JSON.stringify(entry)).not.toContain('sissoko');
  });

  test('a batch that fails leaves nothing of itself', async () => {
    const file = bench.write('h.csv', households({}, { number: 'H2' }));
    await store.db.pool
      .query(`create function refuse_h2() returns trigger language plpgsql as
      $$ begin if new.household_number = 'H2' then raise 'disk full'; end if; return new; end $$;
      create trigger refuse_h2 before insert on households for each row execute function refuse_h2();
      alter table households enable always trigger refuse_h2`);
    try {
      const survey = await surveyFile(file);
      if (survey.kind === 'refused') throw new Error(survey.reason);
      const finder = communeFinder(territoryUnits());
      const ground = {
        ...{ db: store.db, clock, finder, warn: () => undefined },
        rejectedPath: `${file}.rejected.csv`,
      };
      await expect(importFile(ground, survey)).rejects.toThrow('disk full');
      expect(await store.db.prisma.phoneLink.count()).toBe(
        await store.db.prisma.household.count(),
      );
      expect(await store.db.prisma.importRun.count()).toBe(0);
    } finally {
      await store.db.pool.query('drop function refuse_h2 cascade');
    }
    expect(counts(await bench.import('h.csv'))).toMatchObject({ rejected: 0 });
  });
});

describe('results', () => {
  beforeEach(async () => {
    bench.write('rules.csv', RULES);
    bench.write('waves.csv', WAVES);
    bench.write('h.csv', households({}));
    bench.write(
      'p.csv',
      `${PAYMENTS_HEADER}W1;H1;TM15;30000;;2026-03-01T06:00:00Z\n`,
    );
    await bench.import('rules.csv', 'waves.csv', 'h.csv', 'p.csv');
  });

  test('a newer result is added to the older one, which stays', async () => {
    bench.write(
      'r1.csv',
      `${RESULTS_HEADER}W1;H1;TM15;absent;;2026-03-11T06:00:00Z\n`,
    );
    bench.write(
      'r2.csv',
      `${RESULTS_HEADER}W1;H1;TM15;paid;30000;2026-03-12T06:00:00Z\n`,
    );
    expect(counts(await bench.import('r1.csv'))).toMatchObject({ created: 1 });
    expect(counts(await bench.import('r2.csv'))).toMatchObject({ updated: 1 });
    expect(counts(await bench.import('r1.csv'))).toMatchObject({ stale: 1 });
    expect(counts(await bench.import('r2.csv'))).toMatchObject({
      unchanged: 1,
    });
    const rows = await store.db.prisma.paymentResult.findMany({
      orderBy: { id: 'asc' },
    });
    expect(rows.map(({ result }) => result)).toEqual(['absent', 'paid']);
  });
});
