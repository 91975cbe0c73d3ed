import { readFileSync } from 'node:fs';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '../support/database';

let store: TestDatabase;

beforeAll(async () => {
  store = await testDatabase();
});

beforeEach(() => store.truncateAll());

afterAll(() => store.close());

interface Check {
  table: string;
  definition: string;
}

async function checks(): Promise<Check[]> {
  const found = await store.db.pool.query<Check>(
    `select conrelid::regclass::text as table, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`,
  );
  return found.rows;
}

/** The fields whose comment in the schema lists its words: `status String // active, removed`. */
function listedFields() {
  const schema = readFileSync(
    path.join(__dirname, '../../prisma/schema.prisma'),
    'utf8',
  );
  return schema.split(/^model /m).flatMap((model) => {
    const table = /@@map\("(\w+)"\)/.exec(model)?.[1] ?? '';
    const fields = model.matchAll(
      /^ {2}(\w+) +String\?? +(?:@map\("(\w+)"\) +)?\/\/ (\w+(?:, \w+)+)$/gm,
    );
    return [...fields].map((found) => ({
      table,
      column: found[2] ?? found[1] ?? '',
      words: (found[3] ?? '').split(', '),
    }));
  });
}

test('every list of words in the schema is closed in the store, with the same words', async () => {
  const closed = await checks();
  const fields = listedFields();
  expect(fields.length).toBeGreaterThan(25);
  for (const { table, column, words } of fields) {
    const definition = closed.find(
      (check) =>
        check.table === table &&
        check.definition.startsWith(`CHECK ((${column} = ANY`),
    )?.definition;
    const allowed = [...(definition ?? '').matchAll(/'([^']+)'::text/g)].map(
      (found) => found[1],
    );
    expect({ table, column, words: allowed.sort() }).toEqual({
      table,
      column,
      words: words.sort(),
    });
  }
});

const RULE = `insert into benefit_rules (code, programme, financing, name_fr, monthly_amount_xof, lump_sum_xof, valid_from, valid_to)`;
const WAVE = `insert into waves (code, benefit_rule_id, provider_code, provider_name, modality, window_start, window_end, status, zone_profile, updated_at, imported_at)`;
const CASE = `insert into complaints (event_id, reference, category, subject, status, level, origin, anonymous, respond_by, locale, contact_msisdn, proof_level, filed_at)`;

async function writes(statement: string): Promise<string> {
  try {
    await store.db.pool.query(statement);
    return 'written';
  } catch (error) {
    // What pg throws: the name of the constraint stands in the message.
    return (
      /constraint "(\w+)"/.exec((error as Error).message)?.[1] ?? String(error)
    );
  }
}

describe('the store refuses', () => {
  test.each([
    [
      'a rule with a monthly amount and a lump sum',
      `${RULE} values ('R', 'p', 'f', 'n', 1, 1, '2026-01-01', null)`,
      'benefit_rules_amount_check',
    ],
    [
      'a rule without any amount',
      `${RULE} values ('R', 'p', 'f', 'n', null, null, '2026-01-01', null)`,
      'benefit_rules_amount_check',
    ],
    [
      'a negative amount',
      `${RULE} values ('R', 'p', 'f', 'n', -1, null, '2026-01-01', null)`,
      'benefit_rules_monthly_amount_xof_check',
    ],
    [
      'a rule that ends before it begins',
      `${RULE} values ('R', 'p', 'f', 'n', 1, null, '2026-01-02', '2026-01-01')`,
      'benefit_rules_validity_check',
    ],
    [
      'a case of category C9',
      `${CASE} values ('e', '12345678', 'C9', 's', 'RECEIVED', 'N1', 'ussd', false, 'sms', 'fr', null, 'L0', now())`,
      'complaints_category_check',
    ],
    [
      'an anonymous case with a number',
      `${CASE} values ('e', '12345678', 'C2', 's', 'RECEIVED', 'N1', 'ussd', true, 'dial', 'fr', '+22376000001', 'L0', now())`,
      'complaints_anonymous_check',
    ],
    [
      'a reference of seven digits',
      `${CASE} values ('e', '1234567', 'C2', 's', 'RECEIVED', 'N1', 'ussd', false, 'sms', 'fr', null, 'L0', now())`,
      'complaints_reference_check',
    ],
  ])('%s', async (_what, statement, constraint) => {
    expect(await writes(statement)).toBe(constraint);
  });

  test('a window that ends before it begins', async () => {
    await writes(
      `${RULE} values ('R', 'p', 'f', 'n', 1, null, '2026-01-01', null)`,
    );
    const wave = (start: string, end: string) =>
      writes(
        `${WAVE} values ('W', 1, 'p', 'P', 'cash', '${start}', '${end}', 'open', 'normal', now(), now())`,
      );
    expect(await wave('2026-03-02', '2026-03-01')).toBe('waves_window_check');
    expect(await wave('2026-03-01', '2026-03-01')).toBe('written');
  });

  test('a number tied to the same household twice at once, but not one after the other', async () => {
    await writes(
      `insert into households (household_number, commune_code, village, village_key, recipient_first_name, recipient_last_name, status, updated_at, imported_at)
       values ('H', 'c', 'v', 'v', 'f', 'l', 'active', now(), now())`,
    );
    const link = (ended: string) =>
      writes(
        `insert into phone_links (household_id, msisdn, kind, origin, started_at, ended_at)
         values (1, '+22376000001', 'own', 'register', now(), ${ended})`,
      );
    expect(await link('now()')).toBe('written');
    expect(await link('null')).toBe('written');
    expect(await link('now()')).toBe('written');
    expect(await link('null')).toMatch(/phone_links_msisdn_household_id/);
  });
});
