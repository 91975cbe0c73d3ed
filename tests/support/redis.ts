import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describeWith, foundProgram } from './found-program';
import { freePort } from './free-port';

/** A real Redis that a test may kill, freeze and start again on the same port. */
export interface TestRedis {
  url: string;
  start(): Promise<void>;
  /** As kill -9. */
  kill(): Promise<void>;
  /** Keeps its connections and says nothing, as a machine that hangs. */
  freeze(): void;
  thaw(): void;
}

/** Declares a suite on a real Redis (or Valkey) of its own; skipped by name where neither is installed. */
export function describeWithRedis(
  name: string,
  suite: (redis: TestRedis) => void,
): void {
  const program = foundProgram(['redis-server', 'valkey-server']);
  describeWith(program, `${name} (redis-server)`, (found) => {
    const redis = testRedis(found);
    beforeAll(() => redis.start());
    afterAll(() => redis.kill());
    suite(redis);
  });
}

function testRedis(program: string): TestRedis {
  let running: ChildProcess | undefined;
  let port = 0;
  return {
    get url() {
      return `redis://127.0.0.1:${port}`;
    },
    async start() {
      if (port === 0) port = await freePort();
      running = spawn(
        program,
        [
          ...['--port', String(port), '--bind', '127.0.0.1'],
          ...['--save', '', '--appendonly', 'no'],
        ],
        { cwd: '/', stdio: 'ignore' },
      );
      await untilAnswering(port);
    },
    async kill() {
      if (running?.exitCode !== null || running.signalCode !== null) return;
      const ended = once(running, 'exit');
      running.kill('SIGKILL');
      await ended;
    },
    freeze: () => void running?.kill('SIGSTOP'),
    thaw: () => void running?.kill('SIGCONT'),
  };
}

async function untilAnswering(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await answers(port)) return;
    await pause(20);
  }
  throw new Error(`redis-server does not answer on ${port}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
