import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectDatabase, type Database } from '../../src/runtime/database';
import { joinOrStartPostgres } from '../../src/runtime/embedded-postgres';
import { migrate } from '../../src/runtime/migrate';
import { readPostmaster } from '../../src/runtime/postmaster-file';
import { freePort } from './free-port';

/** A real PostgreSQL that a test may stop, crash and start again on the same port. */
export interface OwnPostgres {
  readonly url: string;
  /** A few connections to it, that outlive its restarts. */
  readonly db: Database;
  /** The server and everything that works for it, by process number. */
  pids(): number[];
  /** As an administrator does: what is under way is rolled back. */
  stop(): Promise<void>;
  /** Without a word to anybody: the next start has to recover. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Stops for good and clears up. */
  close(): Promise<void>;
}

/** Makes a migrated server, in a folder of its own unless told. */
export async function ownPostgres(place?: string): Promise<OwnPostgres> {
  const home = place ?? mkdtempSync(path.join(tmpdir(), 'jigi-own-'));
  const folder = path.join(home, 'data');
  const port = String(await freePort());
  const join = () =>
    joinOrStartPostgres({
      dataDir: folder,
      settings: { port, fsync: 'off' },
    });
  let server = await join();
  const { url } = server;
  await migrate(url);
  const db = connectDatabase(url, { max: 4, connectTimeoutMs: 5_000 });
  const cluster = path.join(folder, 'postgres');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const living = readPostmaster(cluster);
    if (living !== undefined) process.kill(living.pid, signal);
    while (readPostmaster(cluster) !== undefined) await pause(10);
  };
  return {
    ...{ url, db },
    pids: () => familyOf(readPostmaster(cluster)?.pid),
    stop: () => end('SIGINT'),
    crash: () => end('SIGQUIT'),
    async start() {
      server = await join();
    },
    async close() {
      await db.close();
      await end('SIGINT');
      await server.release();
      // A disk that was mounted for it is cleared away by whoever mounted it.
      rmSync(place === undefined ? home : folder, {
        recursive: true,
        force: true,
      });
    },
  };
}

/** A process and its children, where the system has /proc. */
function familyOf(pid: number | undefined): number[] {
  if (pid === undefined) return [];
  const children = readdirSync('/proc')
    .map(Number)
    .filter((one) => parentOf(one) === pid);
  return [pid, ...children];
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold spaces; state and parent follow it.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // no process, or gone while we looked
  }
}
