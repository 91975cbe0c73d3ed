import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stirNameless } from '../../src/complaints/stir-nameless';
import { exportFile } from '../../src/exchange/export-file';
import {
  EXPORT_KINDS,
  type ExportKindName,
} from '../../src/exchange/export-kinds';
import { noteEnd } from '../../src/ussd/note-end';
import { stirEffects } from '../../src/ussd/stir-effects';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { aPhone } from '../support/phone';
import { ussdHouse } from '../support/ussd-house';

let store: TestDatabase;

beforeAll(async () => {
  store = await testDatabase();
});

afterAll(() => store.close());

const callers = ['+22360000001', '+22360000002'] as const;

/** The menu's requests, an agent's threat, and no name. */
const nameless = ['3', '4', '3', '4'];
/** The menu's requests, an agent's conduct, with an answer by call. */
const named = ['3', '4', '2', '2'];

/** What a run left behind: every table in the order of its rows, the log, and every export. */
interface Traces {
  tables: string;
  log: string[];
  exports: string;
}

/** How long after the calls one looks. */
type When = 'within a minute or two' | 'a day after';

/**
 * Two people call, one after the other, choose their language, say that they
 * were paid, and ask with their number. One of them asks without a name as well.
 */
async function twoCalls(
  who: number,
  seen: When = 'a day after',
): Promise<Traces> {
  await store.truncateAll({ anew: true });
  const house = ussdHouse(store.db);
  for (const [n, msisdn] of callers.entries()) {
    await aHousehold()
      .withCard(`9000120${n}`, '47')
      .on(msisdn)
      .owed({ wave: 'W', window: ['2026-03-10', '2026-03-16'] })
      .save(store.db);
  }
  for (const [n, msisdn] of callers.entries()) {
    const phone = aPhone(house, msisdn);
    await phone.dial();
    await phone.type('2', '2', `120${n}`, '1');
    expect(await count('receipts')).toBe(n + 1);
    house.clock.advance({ minutes: 7 });
    await phone.dial();
    if (n === who) {
      await phone.type(...nameless);
      expect(phone.screen).toContain('Demande enregistrée.');
    }
    await noteEnd(house, 'africastalking', {
      ...{ sessionId: phone.sessionId, status: 'success' },
    });
    house.clock.advance({ minutes: 5 });
    await phone.dial();
    await phone.type(...named);
    expect(phone.screen).toContain('Demande enregistrée.');
    house.clock.set(`2026-03-12T${11 + n}:00:00Z`);
  }
  if (seen === 'a day after') house.clock.advance({ days: 1 });
  await stirNameless({ db: store.db, clock: house.clock });
  await stirEffects(store.db);
  return {
    tables: masked(await dump()),
    log: house.lines.map((line) =>
      line.replace(/"(time|durationMs)":("[^"]*"|\d+)/g, ''),
    ),
    exports: masked(await exports()),
  };
}

async function count(table: string): Promise<unknown> {
  const { rows } = await store.db.pool.query<{ n: number }>(
    `select count(*)::int as n from ${table}`,
  );
  return rows[0]?.n;
}

/**
 * Every table as a dump writes it, rows in the order in which they lie; behind each the place of the transaction that
 * wrote it among all whose rows are there, which whoever may query the live store sees.
 */
async function dump(): Promise<string> {
  const { pool } = store.db;
  const tables = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'
     and tablename <> '_prisma_migrations' order by 1`,
  );
  const seen = tables.rows.map(
    ({ name }) =>
      // A complaint names its own transaction, which its row tells anyhow, and must name no other.
      `select '${name}' as name, ctid, age(xmin) as age,
        regexp_replace(t::text, ',' || xmin::text || '\\)$', ',<own>)') as row from ${name} t`,
  );
  const { rows } = await pool.query<{ name: string; line: string }>(
    `select name, row || ' #' || dense_rank() over (order by age desc) as line
     from (${seen.join(' union all ')}) seen order by name, ctid`,
  );
  const parts = tables.rows.flatMap(({ name }) => [
    `== ${name}`,
    ...rows.flatMap((row) => (row.name === name ? [row.line] : [])),
  ]);
  const counters = await pool.query<{ line: string }>(
    `select sequencename || ' ' || coalesce(last_value, 0) as line from pg_sequences
     where schemaname = 'public' order by 1`,
  );
  return [...parts, ...counters.rows.map(({ line }) => line)].join('\n');
}

async function exports(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-nameless-'));
  // Object.keys forgets that they are the names of exports.
  const kinds = Object.keys(EXPORT_KINDS) as ExportKindName[];
  const parts: string[] = [];
  for (const kind of kinds) {
    const file = path.join(folder, kind);
    await exportFile(store, { kind, since: new Date(0), file });
    parts.push(readFileSync(file, 'utf8'));
  }
  rmSync(folder, { recursive: true });
  return parts.join('\n');
}

/** What is drawn or hashed differs from run to run: only its length may tell something. */
function masked(text: string): string {
  return text
    .replace(/[\w-]{40,}/g, (drawn) => `<${drawn.length}>`)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/-\d{5,}/g, '<drawn>')
    .replace(/\b[1-9]\d{7}\b(?!\+)/g, (digits) =>
      callers.some((msisdn) => msisdn.endsWith(digits)) ||
      digits.startsWith('9000')
        ? digits
        : '<reference>',
    )
    .replace(/\(2026-03-09,\d+,1\)/g, '(2026-03-09,<bucket>,1)')
    .replace(/TEST-\d+|[Vv]illage \d+/g, '<place>')
    .replace(/2\d{3}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+00/g, '<server time>')
    .replace(/(?:^\(<drawn>,.*\n)+/gm, (stirred) =>
      stirred.split('\n').sort().join('\n'),
    );
}

test.each<When>(['within a minute or two', 'a day after'])(
  'with every table, its transactions, log and export at hand %s nobody can tell which of two numbers asked without a name',
  async (when) => {
    const first = await twoCalls(0, when);
    const second = await twoCalls(1, when);
    expect(first.tables).toContain('conduct.threat');
    expect(first.tables).toContain('60000001');
    expect(second.tables).toEqual(first.tables);
    expect(second.log).toEqual(first.log);
    expect(second.exports).toEqual(first.exports);
  },
);

test('the number is nowhere beside the request: no row of it, and no line of it, holds one', async () => {
  const { tables, log, exports } = await twoCalls(0);
  const rows = tables
    .split('\n')
    .filter((row) => row.includes('conduct.threat'));
  expect(rows).toHaveLength(1);
  expect(rows[0]).not.toMatch(/6000000|10:0|12:/);
  expect(exports).toContain('<reference>;C7');
  expect(log.join('')).not.toMatch(/complaint|session|6000000/);
});
