import {
  connectDatabase,
  type Database,
  type DatabaseOptions,
} from './database';
import { joinOrStartPostgres } from './embedded-postgres';
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
 * @throws AppError when the embedded server does not start or the store cannot be brought up to date;
 * what pg says when it cannot be reached
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
    const migrations = await migrate(server.url);
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
