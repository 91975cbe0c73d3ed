import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { joinOrStartPostgres } from '../src/runtime/embedded-postgres';
import { migrate } from '../src/runtime/migrate';
import type { BenchOptions } from './part';

/** A real PostgreSQL with its default settings, filled with invented households. */
export interface BenchStore {
  url: string;
  close(): Promise<void>;
}

/** Opens a store with so many households, told apart as in household-numbers.ts. */
export async function openBenchStore(
  households: number,
  { storeFolder, say }: BenchOptions,
): Promise<BenchStore> {
  const folder = storeFolder ?? mkdtempSync(path.join(tmpdir(), 'jigi-bench-'));
  const server = await joinOrStartPostgres({ dataDir: folder });
  const filled = path.join(folder, `filled-${households}`);
  const close = async (): Promise<void> => {
    await server.release();
    if (storeFolder === undefined) rmSync(folder, { recursive: true });
  };
  try {
    if (!existsSync(filled)) {
      const began = performance.now();
      await migrate(server.url);
      await fill(server.url, households);
      writeFileSync(filled, '');
      const seconds = (performance.now() - began) / 1000;
      say(`store: ${households} households in ${seconds.toFixed(0)} s`);
    }
    return { url: server.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fill(url: string, households: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // What is written here is right by construction: keys need not be looked up row by row.
    await client.query('set session_replication_role = replica');
    await client.query(emptied);
    for (const statement of filling(households)) await client.query(statement);
    await client.query('vacuum (analyze)');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

const emptied = `truncate households, phone_links, phones, benefit_rules, enrolments,
  waves, payments, support_sessions, distributions, nutrition_eligibility, import_runs, wrong_tries
  restart identity cascade`;

/** Household n has the id n + 1. A hundred households live in a village, twenty villages in a commune. */
function filling(households: number): string[] {
  const all = `generate_series(0, ${households - 1}) n`;
  const villages = `generate_series(0, ${Math.ceil(households / 100) - 1}) v`;
  const ends = `cross join lateral (select case
    when n % 100 >= 94 then n - n % 1000 + 94 when n % 100 >= 90 then n - n % 100 + 90 else n end as holder) held`;
  return [
    `insert into benefit_rules (code, programme, financing, name_fr, monthly_amount_xof,
        months_per_instalment, duration_months, valid_from)
      values ('TM', 'TM', 'BENCH', 'Transfert', 15000, 2, 36, current_date - 800)`,
    `insert into waves (code, benefit_rule_id, provider_code, provider_name, modality,
        window_start, window_end, status, zone_profile, updated_at, imported_at)
      values ('PAST', 1, 'P1', 'Caisse rurale', 'cash', current_date - 70, current_date - 60, 'closed', 'normal', now(), now()),
        ('OPEN', 1, 'P1', 'Caisse rurale', 'cash', current_date - 3, current_date + 10, 'open', 'normal', now(), now())`,
    `insert into households (household_number, card_number, card_check, commune_code, village_code,
        village, village_key, recipient_first_name, recipient_last_name, recipient_sex, status, updated_at, imported_at)
      select 'BENCH-' || n, (10000000 + n)::text, lpad((n % 100)::text, 2, '0'), 'ML' || n / 2000, 'V' || n / 100,
        'Village ' || n / 100, 'village ' || n / 100, 'Awa', 'Traoré', 'F', 'active', now(), now() from ${all}`,
    `insert into phone_links (household_id, msisdn, kind, origin, started_at)
      select n + 1, '+' || 22370000000 + holder,
        case when n % 100 >= 94 then 'relay' when n % 100 >= 90 then 'neighbour' when n % 100 >= 80 then 'family' else 'own' end,
        'register', now() from ${all} ${ends}`,
    `insert into phones (msisdn, locale, locale_chosen_at)
      select distinct '+' || 22370000000 + holder, case when holder % 5 = 0 then 'bm' else 'fr' end, now() from ${all} ${ends}`,
    `insert into enrolments (household_id, benefit_rule_id, cohort_start, status, updated_at)
      select n + 1, 1, current_date - 400, 'active', now() from ${all}`,
    `insert into payments (wave_id, household_id, benefit_rule_id, instalment_number, instalments_total,
        months_covered, amount_xof, pay_point, status, updated_at)
      select 1, n + 1, 1, 6, 18, 2, 2000000 + n, 'Mairie de Kita-Ouest', 'planned', now() from ${all}`,
    `insert into payments (wave_id, household_id, benefit_rule_id, instalment_number, instalments_total,
        months_covered, amount_xof, pay_point, status, updated_at)
      select 2, n + 1, 1, 7, 18, 2, 1000 + n, 'Mairie de Kita-Ouest', 'planned', now() from ${all}`,
    `insert into nutrition_eligibility (household_id, person_number, kind, valid_from, status, updated_at)
      select n + 1, '1', 'LACTATING', current_date - 90, 'active', now() from ${all} where n % 4 = 0`,
    ...['support_sessions', 'distributions'].map(
      (
        table,
      ) => `insert into ${table} (code, commune_code, village_code, village, village_key, date, place, status, updated_at)
        select 'G' || v, 'ML' || v / 20, 'V' || v, 'Village ' || v, 'village ' || v, current_date + 5 + v % 30,
          'Place du marché', 'planned', now() from ${villages}`,
    ),
    `insert into import_runs (file_name, sha256, kind, rows_read, created, updated, unchanged, stale, rejected, started_at, finished_at)
      values ('payments.csv', 'bench', 'payments', 1, 1, 0, 0, 0, 0, now(), now())`,
  ];
}
