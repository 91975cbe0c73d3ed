import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port';

const root = path.join(__dirname, '../..');

/** A worker as production runs it, started from the sources. */
export interface WorkerProcess {
  readonly pid: number;
  /** What it has written so far. */
  printed(): string;
  /** Its figures as Prometheus reads them. */
  figures(): Promise<string>;
  signal(name: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Ends it if it still runs, and forgets what it wrote. */
  close(): Promise<void>;
}

/** What a worker of a test is given. */
export interface WorkerStart {
  databaseUrl: string;
  /** Where its SMS go, as to a Kannel. */
  sinkUrl: string;
  inFlight: number;
  /** A module that is loaded before it. */
  preload?: string;
  env?: Readonly<Record<string, string>>;
}

/** Starts src/worker.ts; it sends by itself as soon as it is up. */
export async function startWorker(start: WorkerStart): Promise<WorkerProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-worker-'));
  const logFile = path.join(folder, 'log');
  const metricsPort = await freePort();
  const log = openSync(logFile, 'a');
  const before =
    start.preload === undefined ? [] : ['--require', start.preload];
  const child = spawn(
    process.execPath,
    [
      ...['--require', path.join(__dirname, 'run-typescript.cjs')],
      ...[...before, path.join(root, 'src/worker.ts')],
    ],
    {
      cwd: root,
      env: environment(start, metricsPort),
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  const ended = once(child, 'exit').then(
    // Node says one of the two, and null for the other.
    ([code, signal]: (number | string)[]) => code ?? signal ?? '',
  );
  return {
    pid: child.pid ?? 0,
    printed: () => readFileSync(logFile, 'utf8'),
    figures: async () =>
      (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text(),
    signal: (name) => void child.kill(name),
    ended,
    async close() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

function environment(
  { databaseUrl, sinkUrl, inFlight, env }: WorkerStart,
  metricsPort: number,
): Record<string, string | undefined> {
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    WEBHOOK_TOKENS: 'a-token-of-the-experiments',
    SESSION_SECRET: 'a-session-secret-of-the-experiments-long-enough',
    HASH_KEY: 'a-hash-key-of-the-experiments-long-enough-to-be-one',
    METRICS_PORT: String(metricsPort),
    KANNEL_URL: sinkUrl,
    KANNEL_USERNAME: 'sink',
    KANNEL_PASSWORD: 'a-password-of-the-experiments',
    SMS_ROUTES: '{"*":["kannel"]}',
    SMS_IN_FLIGHT: String(inFlight),
    ...env,
  };
}

/** Waits until a worker has written these words. */
export async function untilPrinted(
  worker: WorkerProcess,
  words: string,
): Promise<void> {
  while (!worker.printed().includes(words)) await pause(20);
}
