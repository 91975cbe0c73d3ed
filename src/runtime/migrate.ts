import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { BAMAKO_DAYS } from './database';
import { AppError } from './errors';
import { packageRoot } from './package-root';

/** The lock that Prisma Migrate takes too: the two never run at the same time. */
const MIGRATION_LOCK = 72707369;

const OLDEST_SERVER = 150000;

/** Prisma Migrate's own table, so that its commands agree with what was applied here. */
const BOOK = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Applies the migrations that a database lacks, in order, each in a transaction of its own.
 * Programs that start at the same time wait for each other.
 * @returns the names of those applied now.
 * @throws AppError `conflict` when the database's history is not the one in `folder`.
 */
export async function migrate(
  url: string,
  folder = path.join(packageRoot, 'prisma', 'migrations'),
): Promise<string[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    options: `-c lock_timeout=60000 -c client_min_messages=warning ${BAMAKO_DAYS}`,
  });
  await client.connect();
  try {
    await refuseOldServer(client);
    // Belongs to the connection: given back when it ends, however it ends.
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(BOOK);
    const missing = await findMissing(client, readMigrations(folder));
    for (const migration of missing) await apply(client, migration);
    return missing.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const answer = await client.query<{ version: number; name: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as name`,
  );
  const server = answer.rows[0];
  if (server !== undefined && server.version < OLDEST_SERVER)
    throw new AppError(
      'unavailable',
      `PostgreSQL ${server.name} est trop ancien: il faut la version 15 ou une version plus récente.`,
    );
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'));
      return {
        name,
        sql: sql.toString('utf8'),
        checksum: createHash('sha256').update(sql).digest('hex'),
      };
    });
}

async function findMissing(
  client: pg.Client,
  migrations: Migration[],
): Promise<Migration[]> {
  const book = await client.query<{
    name: string;
    checksum: string;
    finished: boolean;
  }>(
    `select migration_name as name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null`,
  );
  const known = new Map(migrations.map((found) => [found.name, found]));
  for (const entry of book.rows) refuseStrange(entry, known.get(entry.name));
  const applied = new Set(book.rows.map((entry) => entry.name));
  return migrations.filter((migration) => !applied.has(migration.name));
}

function refuseStrange(
  entry: { name: string; checksum: string; finished: boolean },
  migration: Migration | undefined,
): void {
  if (!entry.finished)
    throw new AppError(
      'conflict',
      `La migration ${entry.name} a commencé sans finir. Réparez la base, puis marquez-la dans _prisma_migrations.`,
    );
  if (migration === undefined)
    throw new AppError(
      'conflict',
      `La base connaît la migration ${entry.name}, absente de cette version de Jigi: installez la version la plus récente.`,
    );
  if (migration.checksum !== entry.checksum)
    throw new AppError(
      'conflict',
      `La migration ${entry.name} a été modifiée après son application. Rétablissez le fichier d'origine et ajoutez une nouvelle migration.`,
    );
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const startedAt = new Date();
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query(
      `insert into _prisma_migrations
         (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       values ($1, $2, clock_timestamp(), $3, $4, 1)`,
      [randomUUID(), migration.checksum, migration.name, startedAt],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    throw new AppError('bug', `migration ${migration.name} failed`, cause);
  }
}
