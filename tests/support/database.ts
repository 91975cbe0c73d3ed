import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { connectDatabase, type Database } from '../../src/runtime/database';
import { runNames, testServerUrl, withDatabaseName } from './test-server';

/** A migrated database of this Jest worker, empty at first. */
export interface TestDatabase {
  url: string;
  db: Database;
  /** Empties every table and starts all ids again at 1; anew: also where rows lie, as in a store that never had any. */
  truncateAll(options?: { anew?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens this worker's database: made from the migrated template the first time, emptied otherwise.
 * Call it in beforeAll, `truncateAll` in beforeEach, `close` in afterAll.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { worker } = runNames();
  const isNew = await createUnlessThere(worker);
  const url = withDatabaseName(testServerUrl(), worker);
  const opened = open(url);
  if (!isNew) await opened.truncateAll();
  return opened;
}

/** A database for one test that breaks or reshapes it; `close` drops it. `migrated: false` gives an empty one. */
export async function scratchDatabase(
  options: { migrated?: boolean } = {},
): Promise<TestDatabase> {
  const { prefix, template } = runNames();
  const name = `${prefix}scratch_${randomBytes(4).toString('hex')}`;
  await createFrom(name, options.migrated === false ? 'template1' : template);
  const opened = open(withDatabaseName(testServerUrl(), name));
  return {
    ...opened,
    async close() {
      await opened.close();
      await onServer((admin) =>
        admin.query(`drop database if exists ${name} with (force)`),
      );
    },
  };
}

function open(url: string): TestDatabase {
  const db = connectDatabase(url, {
    max: 10,
    connectTimeoutMs: 10_000,
    statementTimeoutMs: 10_000,
  });
  return {
    url,
    db,
    async truncateAll({ anew = false } = {}) {
      await db.pool.query(emptyTables(anew));
    },
    close: () => db.close(),
  };
}

/** Touches only tables that hold rows, or anew all that ever did, and counters that moved: a few milliseconds. */
const emptyTables = (anew: boolean): string => `do $$
    declare found record; filled boolean; tables text[] := '{}';
    begin
      perform set_config('jigi.retention', 'on', true);
      for found in select tablename, pg_relation_size(format('%I', tablename)::regclass) as bytes from pg_tables
        where schemaname = 'public' and tablename <> '_prisma_migrations' loop
        execute format('select exists (select from %I)', found.tablename) into filled;
        if filled or (${anew} and found.bytes > 0) then
          tables := tables || format('%I', found.tablename);
        end if;
      end loop;
      if cardinality(tables) > 0 then
        execute 'truncate ' || array_to_string(tables, ', ') || ' restart identity cascade';
      end if;
      for found in select format('%I.%I', schemaname, sequencename) as name from pg_sequences
        where schemaname = 'public' and last_value is not null loop
        perform setval(found.name::regclass, 1, false);
      end loop;
    end $$`;

async function createUnlessThere(name: string): Promise<boolean> {
  const found = await onServer((admin) =>
    admin.query('select from pg_database where datname = $1', [name]),
  );
  if (found.rowCount !== 0) return false;
  await createFrom(name, runNames().template);
  return true;
}

/** Two workers copying one template at the same moment disturb each other: they queue. */
async function createFrom(name: string, template: string): Promise<void> {
  await onServer(async (admin) => {
    await admin.query(
      `select pg_advisory_lock(hashtext('jigi test template'))`,
    );
    await admin.query(`create database ${name} template ${template}`);
  });
}

async function onServer<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: testServerUrl() });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
