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
const token = 'a-token-of-the-experiments';

/** The door of a web process under test. */
export const ussdPath = `/webhooks/africastalking/${token}/ussd`;

/** The doors of SMS, and the account without which there are none. */
export const deliveryPath = `/webhooks/africastalking/${token}/delivery`;
export const inboundPath = `/webhooks/africastalking/${token}/inbound`;
export const smsAccount = {
  AT_USERNAME: 'experiments',
  AT_API_KEY: 'a-key-of-the-experiments',
  SMS_ROUTES: '{"*":["africastalking"]}',
} as const;

/** A web process as production runs it, started from the sources. */
export interface WebProcess {
  readonly port: number;
  readonly pid: number;
  /** What it has written so far, log and complaints alike. */
  printed(): string;
  /** Its figures as Prometheus reads them. */
  figures(): Promise<string>;
  signal(name: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Ends it if it still runs, and forgets what it wrote. */
  close(): Promise<void>;
}

/** What differs from a usual start. */
export interface WebStart {
  env: Readonly<Record<string, string>>;
  /** To come back where it was. */
  port?: number;
  /** Where its log goes; a file of its own unless told. */
  logTo?: string;
  /** A module that is loaded before it. */
  preload?: string;
}

/** Starts src/main.ts on a port of its own and waits until it is ready. */
export async function startWeb(start: WebStart): Promise<WebProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-web-'));
  const logFile = start.logTo ?? path.join(folder, 'log');
  const [port, metricsPort] = [
    start.port ?? (await freePort()),
    await freePort(),
  ];
  const spool = path.join(folder, 'spool');
  const child = launch(start, logFile, { port, metricsPort, spool });
  const printed = (): string =>
    start.logTo === undefined ? readFileSync(logFile, 'utf8') : '';
  const web: WebProcess = {
    port,
    pid: child.pid ?? 0,
    printed,
    figures: async () =>
      (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text(),
    signal: (name) => void child.kill(name),
    ended: once(child, 'exit').then(
      // Node says one of the two, and null for the other.
      ([code, signal]: (number | string)[]) => code ?? signal ?? '',
    ),
    async close() {
      child.kill('SIGKILL');
      await web.ended;
      rmSync(folder, { recursive: true });
    },
  };
  await untilReady(web, () => child.exitCode !== null);
  return web;
}

function launch(
  { env, preload }: WebStart,
  logFile: string,
  place: { port: number; metricsPort: number; spool: string },
) {
  const { port, metricsPort, spool } = place;
  const log = openSync(logFile, 'a');
  const before = preload === undefined ? [] : ['--require', preload];
  const child = spawn(
    process.execPath,
    [
      ...['--require', path.join(__dirname, 'run-typescript.cjs')],
      ...[...before, path.join(root, 'src/main.ts')],
    ],
    {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        WEBHOOK_TOKENS: token,
        SESSION_SECRET: 'a-session-secret-of-the-experiments-long-enough',
        HASH_KEY: 'a-hash-key-of-the-experiments-long-enough-to-be-one',
        ALLOW_UNREVIEWED_TEXTS: '1',
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
        SPOOL_DIR: spool,
        ...env,
      },
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  return child;
}

/** The process answers, whether all of its parts are there or not. */
async function untilReady(
  web: WebProcess,
  isOver: () => boolean,
): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (isOver()) throw new Error(`the service ended: ${web.printed()}`);
    const lives = await fetch(`http://127.0.0.1:${web.port}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (lives) return;
    await pause(50);
  }
  throw new Error(`the service does not answer: ${web.printed()}`);
}
