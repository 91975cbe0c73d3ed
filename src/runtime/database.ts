import { setTimeout as pause } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '../generated/prisma/client';
import { sharedLines, type SharedLines } from './shared-lines';

/** The store: Prisma for what is written and read one by one, `pool` for bulk SQL on the same connections, `lines` for what callers wait for. */
export interface Database {
  pool: pg.Pool;
  lines: SharedLines;
  prisma: PrismaClient;
  close(): Promise<void>;
}

/** Prisma inside a transaction; use cases take it instead of a Database. */
export type Tx = Prisma.TransactionClient;

/**
 * How patient a connection pool is. 0 waits for ever, for imports and migrations; the defaults let a
 * caller's turn fail, and be answered, within three seconds.
 */
export interface DatabaseOptions {
  max: number;
  connectTimeoutMs?: number;
  statementTimeoutMs?: number;
  onLostConnection?: (error: Error) => void;
}

/** Opens a pool; connections are made when first needed and again after a restart of the server. */
export function connectDatabase(
  url: string,
  options: DatabaseOptions,
): Database {
  const statementTimeoutMs = options.statementTimeoutMs ?? 1500;
  // The server ends a slow statement; this one is for a server that says nothing at all.
  const silenceMs = statementTimeoutMs === 0 ? 0 : statementTimeoutMs + 300;
  const connection = {
    connectionString: url,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 1000,
    statement_timeout: statementTimeoutMs,
    keepAlive: true,
    application_name: 'jigi',
    options: BAMAKO_DAYS,
    types: typesWithDays,
  };
  const pool = new pg.Pool({
    ...connection,
    max: options.max,
    query_timeout: silenceMs,
    // A new connection has to plan its statements anew; between two rushes it may rest.
    idleTimeoutMillis: 10 * 60_000,
  });
  // Without listeners, a server that goes away would end our process: once for idle
  // connections, once for those in use.
  const lost = (error: Error) => options.onLostConnection?.(error);
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', ignore));
  const lines = sharedLines(connection, {
    count: LINES,
    silenceMs,
    onLostConnection: lost,
  });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    lines,
    prisma,
    async close() {
      await prisma.$disconnect();
      await lines.close();
      await pool.end();
    },
  };
}

/** Bamako's time is UTC all year: a day of SQL is a day there, whatever the server is set to. */
export const BAMAKO_DAYS = '-c TimeZone=UTC';

/** Enough to keep two cores of a server busy; more would share out what goes in one piece. */
const LINES = 2;

/**
 * Runs a use case in one transaction; done again, at most twice, when PostgreSQL
 * gave it up in favour of another (serialization failure, deadlock).
 */
export async function inTransaction<T>(
  { prisma }: Pick<Database, 'prisma'>,
  work: (tx: Tx) => Promise<T>,
  options: { timeoutMs?: number } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await prisma.$transaction(work, {
        maxWait: 1500,
        timeout: options.timeoutMs ?? 2500,
      });
    } catch (error) {
      if (attempt === ATTEMPTS || !isGivenUp(error)) throw error;
      await pause(10 + Math.random() * 40);
    }
  }
}

const ATTEMPTS = 3;

/** Serialization failure and deadlock, as PostgreSQL numbers them. */
const GIVEN_UP = new Set(['40001', '40P01']);

/** Whether PostgreSQL gave a transaction up in favour of another: it may be done again. */
export function isGivenUp(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError))
    return carriesCode(error);
  return error.code === 'P2034' || carriesCode(error.meta);
}

/** Raw statements keep PostgreSQL's own code somewhere below: meta, cause or code. */
function carriesCode(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return GIVEN_UP.has(value);
  if (typeof value !== 'object' || value === null || depth > 4) return false;
  return ['code', 'originalCode', 'cause', 'driverAdapterError'].some(
    // Reading an unknown object by name: every value found is unknown again.
    (name) => carriesCode((value as Record<string, unknown>)[name], depth + 1),
  );
}

/**
 * A day stays 'YYYY-MM-DD': pg would make it midnight in the machine's own zone. A day is read as text,
 * a list of days as a list of text. Prisma's queries bring parsers of their own.
 */
const READ_AS: Readonly<Record<number, number>> = { 1082: 25, 1182: 1009 };

const typesWithDays: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    // pg answers `any`: whoever reads a row says what it holds.
    pg.types.getTypeParser(
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- pg's list of types has no lists
      READ_AS[oid] ?? oid,
      format,
    ) as (text: string) => unknown,
};

function ignore(): void {
  // The query that was running reports the loss to its own caller.
}
