import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '../../src/runtime/migrate';
import { packageRoot } from '../../src/runtime/package-root';
import { scratchDatabase, type TestDatabase } from '../support/database';

const all = path.join(packageRoot, 'prisma', 'migrations');
const earlier = mkdtempSync(path.join(tmpdir(), 'jigi-earlier-'));
let store: TestDatabase;
beforeAll(async () => {
  store = await scratchDatabase({ migrated: false });
  for (const name of readdirSync(all))
    if (name < '20261126200000')
      cpSync(path.join(all, name), path.join(earlier, name), {
        recursive: true,
      });
  await migrate(store.url, earlier);
});
afterAll(async () => {
  await store.close();
  rmSync(earlier, { recursive: true });
});

test('what was filed before has its place, its first level, the day on which it goes up, and its appeals', async () => {
  const { pool } = store.db;
  await pool.query(`
    insert into households (id, household_number, commune_code, village, village_key, recipient_first_name,
        recipient_last_name, status, updated_at, imported_at)
      values (1, 'H', 'ML1', 'v', 'v', 'f', 'l', 'active', '2026-01-01', '2026-01-01');
    insert into complaints (id, event_id, reference, category, subject, status, level, origin, respond_by, locale,
        proof_level, filed_at, household_id, commune_code, closed_at)
      values (1, 'a', '12345674', 'C3', 's', 'ACKNOWLEDGED', 'N2', 'ussd', 'dial', 'fr', 'L1', '2026-03-01', 1, null, null),
        (2, 'b', '12345675', 'C4', 's', 'ACKNOWLEDGED', 'N2', 'ussd', 'dial', 'fr', 'L0', '2026-03-01', null, null, null),
        (3, 'c', '12345676', 'C6', 's', 'APPEALED', 'N4', 'ussd', 'dial', 'fr', 'L0', '2026-03-01', null, 'ML2', null),
        (4, 'd', '12345677', 'C5', 's', 'CLOSED_ACCEPTED', 'N2', 'ussd', 'dial', 'fr', 'L0', '2026-03-01', null, null, '2026-03-02'),
        (5, 'e', '12345678', 'C5', 's', 'WAITING_COMPLAINANT', 'N2', 'ussd', 'dial', 'fr', 'L0', '2026-03-01', null, 'ML1', null);
    insert into complaint_events (complaint_id, kind, to_status, actor, happened_at)
      values (3, 'appealed', 'APPEALED', 'complainant', '2026-03-02')`);
  await migrate(store.url);
  const { rows } = await pool.query<Record<string, unknown>>(
    `select commune_code, level, entry_level, escalate_on, appeals, waiting_since is not null as waits from complaints order by id`,
  );
  expect(rows.map((row) => Object.values(row))).toEqual([
    ['ML1', 'N2', 'N2', '2026-03-06', 0, false],
    [null, 'N5', 'N5', null, 0, false],
    ['ML2', 'N4', 'N4', '2026-03-08', 1, false],
    [null, 'N2', 'N2', null, 0, false],
    ['ML1', 'N2', 'N2', '2026-03-11', 0, true],
  ]);
});
