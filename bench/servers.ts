import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { foundProgram } from '../tests/support/found-program';
import { freePort } from '../tests/support/free-port';

/** A server in a process of its own. */
export interface Server {
  port: number;
  pid: number;
  stop(): Promise<void>;
}

const root = path.join(__dirname, '..');
const runTypescript = path.join(root, 'tests/support/run-typescript.cjs');

/** Starts bench/programs/`name`.ts, which speaks over IPC. */
export function startProgram(name: string, words: string[] = []): ChildProcess {
  return fork(path.join(__dirname, 'programs', `${name}.ts`), words, {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    execArgv: ['--require', runTypescript],
    serialization: 'advanced',
  });
}

/** Starts a program that listens and tells its port. */
export async function startRival(
  name: string,
  words: string[] = [],
): Promise<Server> {
  return (await startRivalProgram(name, words)).server;
}

/** The same, for one that is spoken to afterwards. */
export async function startRivalProgram(
  name: string,
  words: string[] = [],
): Promise<{ server: Server; program: ChildProcess }> {
  const program = startProgram(name, words);
  // bench/programs/tell-port.ts sends nothing else.
  const [port] = (await once(program, 'message')) as [number];
  return { server: serverOf(program, port), program };
}

/** Starts the built service as production does: its own process, its log in a file. */
export async function startService(
  env: Readonly<Record<string, string>>,
  logFile: string,
  nodeOptions: readonly string[] = [],
): Promise<Server> {
  const port = await freePort();
  const log = openSync(logFile, 'a');
  const child = spawn(
    process.execPath,
    [...nodeOptions, path.join(root, 'dist/src/main.js')],
    {
      cwd: root,
      env: {
        ...process.env,
        ...env,
        NODE_ENV: 'production',
        PORT: String(port),
      },
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  const server = serverOf(child, port);
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null)
      throw new Error(`the service ended: ${readFileSync(logFile, 'utf8')}`);
    if (await isReady(port)) return server;
    await pause(100);
  }
  await server.stop();
  throw new Error(`the service is not ready: ${readFileSync(logFile, 'utf8')}`);
}

/** Starts the built worker as production does; it sends as soon as it is up. */
export async function startWorker(
  env: Readonly<Record<string, string>>,
  logFile: string,
): Promise<Server> {
  const port = await freePort();
  const log = openSync(logFile, 'a');
  const child = spawn(
    process.execPath,
    [path.join(root, 'dist/src/worker.js')],
    {
      cwd: root,
      env: {
        ...process.env,
        ...env,
        NODE_ENV: 'production',
        METRICS_PORT: String(port),
      },
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  return serverOf(child, port);
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch {
    return false; // not listening yet
  }
}

/**
 * Starts a real Redis that keeps nothing on disk.
 * @throws Error where neither redis-server nor valkey-server is installed
 */
export async function startRedis(): Promise<Server> {
  const program = foundProgram(['redis-server', 'valkey-server']);
  if (program === undefined)
    throw new Error('the bench needs redis-server (or valkey-server)');
  const port = await freePort();
  const child = spawn(
    program,
    [
      ...['--port', String(port), '--bind', '127.0.0.1'],
      ...['--save', '', '--appendonly', 'no'],
    ],
    { cwd: '/', stdio: 'ignore' },
  );
  while (!(await answers(port))) await pause(20);
  return serverOf(child, port);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function serverOf(child: ChildProcess, port: number): Server {
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
