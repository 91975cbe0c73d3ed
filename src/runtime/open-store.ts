import {
  connectDatabase,
  type Database,
  type DatabaseOptions,
} from './database';
import { joinOrStartPostgres } from './embedded-postgres';
import { AppError } from './errors';
import { migrate } from './migrate';

/** The store of a program, brought up to date. */
export interface OpenStore {
  readonly url: string;
  readonly db: Database;
  /** The names of the migrations that it lacked. */
  readonly migrations: readonly string[];
  /** Closes the connections, and the embedded server when nobody else uses it. */
  close(): Promise<void>;
}

/** Which store, and who is told of progress, in French. */
export interface StorePlace {
  /** Absent: the embedded server of `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly say?: (line: string) => void;
}

/**
 * Opens the store (its own server when none is given) and applies the migrations that it lacks.
 * @throws AppError when the store cannot be reached or brought up to date
 */
export async function openStore(
  { databaseUrl, dataDir, say = () => undefined }: StorePlace,
  options: DatabaseOptions,
): Promise<OpenStore> {
  const server =
    databaseUrl === undefined
      ? await joinOrStartPostgres({ dataDir, say })
      : { url: databaseUrl, release: () => Promise.resolve() };
  try {
    const migrations = await migrate(server.url).catch((error: unknown) => {
      throw isAway(error) ? new AppError('unavailable', AWAY, error) : error;
    });
    const db = connectDatabase(server.url, options);
    return {
      url: server.url,
      db,
      migrations,
      async close() {
        await db.close();
        await server.release();
      },
    };
  } catch (error) {
    await server.release();
    throw error;
  }
}

const AWAY =
  'La base de données ne répond pas: vérifiez DATABASE_URL, et que PostgreSQL est en marche.';

/** What the machine and its network say of a server that is not there. */
const AWAY_CODES: ReadonlySet<unknown> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET'],
]);

function isAway(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    AWAY_CODES.has(error.code)
  );
}
