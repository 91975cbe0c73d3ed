/**
 * Prints the SQL that the next migration needs. Exit code 0: nothing to do, 2: SQL printed.
 *   npm run db:diff                        prisma/schema.prisma against all migrations
 *   npm run db:diff -- --from-empty        the whole schema, as for a first migration
 *   npm run db:diff -- --url URL           against that database as it stands
 */
const { randomBytes } = require('node:crypto');
const path = require('node:path');
const { parseArgs } = require('node:util');
const pg = require('pg');

const root = path.join(__dirname, '..');
const schemaFile = path.join(root, 'prisma', 'schema.prisma');

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    'from-empty': { type: 'boolean', default: false },
  },
});

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);

async function main() {
  const { schemaDiff } = await import('./schema-diff.mjs');
  const compare = (url) => schemaDiff(url, schemaFile);
  const { sql, differs } = values.url
    ? await compare(values.url)
    : await withServer((server) => withScratchDatabase(server, compare));
  if (!differs) {
    console.error('prisma/migrations and prisma/schema.prisma agree.');
    return 0;
  }
  console.log(sql);
  return 2;
}

/** DATABASE_URL, or the embedded server of DATA_DIR. */
async function withServer(work) {
  if (process.env.DATABASE_URL) return work(process.env.DATABASE_URL);
  const { joinOrStartPostgres } = require(
    path.join(root, 'dist/src/runtime/embedded-postgres.js'),
  );
  const dataDir = process.env.DATA_DIR ?? path.join(root, '.data');
  const server = await joinOrStartPostgres({ dataDir, say: console.error });
  try {
    return await work(server.url);
  } finally {
    await server.release();
  }
}

/** A database of its own, dropped afterwards, with the migrations applied. */
async function withScratchDatabase(serverUrl, work) {
  const name = `jigi_diff_${randomBytes(4).toString('hex')}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  try {
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    if (!values['from-empty']) {
      const { migrate } = require(
        path.join(root, 'dist/src/runtime/migrate.js'),
      );
      await migrate(url.href);
    }
    return await work(url.href);
  } finally {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
}
