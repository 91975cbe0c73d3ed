import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describeWith, isExecutable } from './found-program';
import { freePort } from './free-port';
import { kannelFile, withSetting } from './kannel-configuration';

/** A real Kannel that runs deploy/kannel/kannel.conf on ports of its own, with one operator. */
export interface TestKannel {
  /** Of its sendsms. */
  url: string;
  username: string;
  password: string;
  stop(): Promise<void>;
}

/** Where a fake SMSC joins Kannel, or where Kannel joins an SMPP server. */
export interface Operator {
  kind: 'fakesmsc' | 'smpp';
  port: number;
}

/** A phone network that sends what it is told and prints what it receives. */
export interface FakeSmsc {
  /** Everything printed, as soon as it is enough. */
  printed(isEnough: (output: string) => boolean): Promise<string>;
  stop(): Promise<void>;
}

const BEARERBOX = '/usr/sbin/bearerbox';
const SMSBOX = '/usr/sbin/smsbox';
const FAKESMSC = '/usr/lib/kannel/test/fakesmsc';

/** Declares a suite on a real Kannel; skipped by name where Debian's kannel and kannel-extras are not installed. */
export function describeWithKannel(name: string, suite: () => void): void {
  const isWhole = [BEARERBOX, SMSBOX, FAKESMSC].every(isExecutable);
  describeWith(isWhole ? BEARERBOX : undefined, `${name} (kannel)`, suite);
}

/** Starts Kannel and waits until it takes SMS. `jigi` is the origin of our webhooks. */
export async function startKannel(
  jigi: string,
  operator: Operator,
): Promise<TestKannel> {
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-kannel-'));
  const [admin, box, sendsms] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const file = path.join(folder, 'kannel.conf');
  const settings: [string, string | number][] = [
    ['admin-port', admin],
    ['smsbox-port', box],
    ['bearerbox-port', box],
    ['sendsms-port', sendsms],
    ['sendsms-interface', '127.0.0.1'],
    ['store-location', folder],
    ['http-queue-delay', 1],
  ];
  const whole = settings.reduce(
    (text, [name, value]) => withSetting(text, name, value),
    `${kannelFile('kannel.conf', names(jigi))}\n${operatorGroup(operator)}`,
  );
  writeFileSync(file, whole);
  const bearerbox = spawn(BEARERBOX, [file], { stdio: 'ignore' });
  await untilListening(box);
  const smsbox = spawn(SMSBOX, [file], { stdio: 'ignore' });
  await untilListening(sendsms);
  return {
    url: `http://127.0.0.1:${sendsms}`,
    username: 'jigi',
    password: 'pw',
    async stop() {
      await ended(smsbox);
      await ended(bearerbox);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Starts a network behind a Kannel whose operator is a `fakesmsc`; it sends each of these at once. */
export function startFakeSmsc(port: number, sends: string[]): FakeSmsc {
  const child = spawn(
    FAKESMSC,
    [
      ...['-H', '127.0.0.1', '-r', String(port), '-i', '0.01'],
      ...['-m', String(sends.length), ...sends],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let output = '';
  let look = (): void => undefined;
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    look();
  });
  return {
    printed: (isEnough) =>
      new Promise((resolve) => {
        look = () => {
          if (isEnough(output)) resolve(output);
        };
        look();
      }),
    stop: () => ended(child),
  };
}

function operatorGroup({ kind, port }: Operator): string {
  if (kind === 'smpp') {
    return kannelFile('orange.conf', {
      ORANGE_SMPP_HOST: '127.0.0.1',
      ORANGE_SMPP_PORT: String(port),
      ORANGE_SMPP_USERNAME: 'u',
      ORANGE_SMPP_PASSWORD: 'p',
    });
  }
  return [
    ...['group = smsc', 'smsc = fake', 'smsc-id = fake', 'host = 127.0.0.1'],
    ...[`port = ${port}`, 'connect-allow-ip = 127.0.0.1', ''],
  ].join('\n');
}

const names = (jigi: string) => ({
  KANNEL_ADMIN_PASSWORD: 'adm',
  KANNEL_USERNAME: 'jigi',
  KANNEL_PASSWORD: 'pw',
  KANNEL_SENDER: 'JIGI',
  JIGI_URL: jigi,
  WEBHOOK_TOKEN: 'token',
});

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  // Kannel waits for its threads; a test does not wait for Kannel.
  const late = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await exit;
  clearTimeout(late);
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await isListening(port)) return;
    await pause(20);
  }
  throw new Error(`nobody listens on ${port}`);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
