/**
 * What a database lacks to be as prisma/schema.prisma says, as SQL. Made by Prisma's own schema engine in its
 * WebAssembly form, so that nothing is downloaded. CHECKs, partial indexes and triggers are not compared.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

const CHAR_OID = 18;
const TEXT_OID = 25;

/** @returns {Promise<{ sql: string, differs: boolean }>} */
export async function schemaDiff(url, schemaFile) {
  const content = readFileSync(schemaFile, 'utf8');
  const files = [{ path: schemaFile, content }];
  const { SchemaEngine } = await loadEngine();
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  try {
    const engine = await SchemaEngine.new(
      { datamodels: [[schemaFile, content]] },
      () => {},
      bindMigrationAwareSqlAdapterFactory(charAwareFactory(pool)),
    );
    const found = await engine.diff({
      from: {
        tag: 'schemaDatasource',
        files,
        configDir: path.dirname(schemaFile),
      },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      shadowDatabaseUrl: null,
      filters: {
        externalTables: ['public._prisma_migrations'],
        externalEnums: [],
      },
    });
    return { sql: found.stdout ?? '', differs: found.exitCode === 2 };
  } finally {
    await pool.end();
  }
}

async function loadEngine() {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm'));
  const glue = await import(path.join(folder, 'schema_engine_bg.js'));
  const { instance } = await WebAssembly.instantiate(
    readFileSync(path.join(folder, 'schema_engine_bg.wasm')),
    { './schema_engine_bg.js': glue },
  );
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => {
      throw new Error(`schema engine: ${message}`);
    },
  };
  return glue;
}

/**
 * adapter-pg does not know PostgreSQL's one-byte "char", which the catalogue uses: such columns are read as text and
 * handed on as characters.
 */
function charAwareFactory(pool) {
  const charColumns = new Set();
  const asText = (result) => {
    for (const field of result?.fields ?? [])
      if (field.dataTypeID === CHAR_OID) {
        field.dataTypeID = TEXT_OID;
        charColumns.add(field.name);
      }
    return result;
  };
  const readCharsAsText = (queryable) => {
    const query = queryable.query.bind(queryable);
    queryable.query = (...words) => {
      const answer = query(...words);
      return answer?.then ? answer.then(asText) : answer;
    };
    return queryable;
  };
  const connectClient = pool.connect.bind(pool);
  pool.connect = async (...words) =>
    words.length > 0
      ? connectClient(...words)
      : readCharsAsText(await connectClient());
  const factory = new PrismaPg(readCharsAsText(pool));
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      result.columnTypes = result.columnTypes.map((type, i) =>
        charColumns.has(result.columnNames[i])
          ? ColumnTypeEnum.Character
          : type,
      );
      return result;
    };
    return adapter;
  };
  return factory;
}
