import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { joinOrStartPostgres } from '../../src/runtime/embedded-postgres';
import { readPostmaster } from '../../src/runtime/postmaster-file';
import { startChild } from '../support/child';

let closedFolder: string;
let dataDir: string;
const cluster = () => path.join(dataDir, 'postgres');
const serverPid = () => readPostmaster(cluster())?.pid;

beforeEach(() => {
  // A folder that only its owner may enter, as /root is.
  closedFolder = mkdtempSync(path.join(tmpdir(), 'jigi-closed-'));
  chmodSync(closedFolder, 0o700);
  dataDir = path.join(closedFolder, 'données de Jigi');
});

afterEach(async () => {
  const pid = serverPid();
  if (pid !== undefined) process.kill(pid, 'SIGQUIT');
  await untilStopped();
  rmSync(closedFolder, { recursive: true, force: true });
});

async function untilStopped(): Promise<void> {
  while (serverPid() !== undefined) await turn();
}

/** Lets other programs go on: the test waits for a fact, not for a time. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}

async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const answer = await client.query<{ said: unknown }>(question);
    return answer.rows[0]?.said;
  } finally {
    await client.end();
  }
}

test('what was written is there the next time', async () => {
  const first = await joinOrStartPostgres({ dataDir });
  await ask(first.url, 'create table kept as select 7 as said');
  await first.release();
  expect(serverPid()).toBeUndefined();
  const second = await joinOrStartPostgres({ dataDir });
  expect(await ask(second.url, 'select said from kept')).toBe(7);
  await second.release();
});

test('programs that begin at the same moment share one server, and the last to leave stops it', async () => {
  const guests = [1, 2, 3].map(() => startChild('postgres-guest', [dataDir]));
  const urls = await Promise.all(guests.map((guest) => guest.line()));
  expect(new Set(urls).size).toBe(1);
  const [first, second, third] = guests;
  first?.say('leave');
  await first?.ended;
  second?.say('exit');
  await second?.ended;
  expect(await ask(urls[0] ?? '', 'select 1 as said')).toBe(1);
  third?.say('exit');
  await third?.ended;
  await untilStopped();
});

test('a guest that was killed neither stops the server nor keeps it', async () => {
  const killed = startChild('postgres-guest', [dataDir]);
  const url = await killed.line();
  const server = await joinOrStartPostgres({ dataDir });
  killed.kill('SIGKILL');
  await killed.ended;
  expect(server.url).toBe(url);
  expect(await ask(server.url, 'select 1 as said')).toBe(1);
  await server.release();
  expect(serverPid()).toBeUndefined();
});

test('a server whose only guest was killed is joined by the next', async () => {
  const killed = startChild('postgres-guest', [dataDir]);
  const url = await killed.line();
  killed.kill('SIGKILL');
  await killed.ended;
  const server = await joinOrStartPostgres({ dataDir });
  expect(server.url).toBe(url);
  await server.release();
  expect(serverPid()).toBeUndefined();
});

test('leaving twice is leaving once', async () => {
  const stays = await joinOrStartPostgres({ dataDir });
  const leaves = await joinOrStartPostgres({ dataDir });
  await leaves.release();
  await leaves.release();
  expect(await ask(stays.url, 'select 1 as said')).toBe(1);
  await stays.release();
});

test('after a power cut the server starts again', async () => {
  const first = await joinOrStartPostgres({ dataDir });
  await ask(first.url, 'create table kept as select 7 as said');
  process.kill(serverPid() ?? 0, 'SIGKILL');
  await untilStopped();
  expect(existsSync(path.join(cluster(), 'postmaster.pid'))).toBe(true);
  const second = await joinOrStartPostgres({ dataDir });
  expect(await ask(second.url, 'select said from kept')).toBe(7);
  await first.release();
  expect(serverPid()).toBeDefined();
  await second.release();
});

test('a left-over lock whose number another program has by now is cleared', async () => {
  await (await joinOrStartPostgres({ dataDir })).release();
  const other = spawn('sleep', ['60'], { stdio: 'ignore' });
  const lockFile = path.join(cluster(), 'postmaster.pid');
  writeFileSync(lockFile, leftOver(other.pid ?? 0));
  chmodSync(lockFile, 0o600);
  const server = await joinOrStartPostgres({ dataDir });
  expect(await ask(server.url, 'select 1 as said')).toBe(1);
  await server.release();
  other.kill();
  await once(other, 'exit');
});

test('a left-over lock of a zombie is cleared', async () => {
  await (await joinOrStartPostgres({ dataDir })).release();
  // The shell replaces itself by sleep, which never collects the shell's child.
  const script = 'exec 3<&0; cat <&3 & echo $!; exec sleep 60';
  const parent = spawn('sh', ['-c', script], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const [printed] = (await once(parent.stdout, 'data')) as [Buffer];
  const zombie = Number(printed.toString());
  const proc = (pid: number, file: string) =>
    readFileSync(`/proc/${pid}/${file}`, 'utf8');
  while (!proc(parent.pid ?? 0, 'cmdline').startsWith('sleep')) await turn();
  parent.stdin.end();
  while (!proc(zombie, 'stat').includes(') Z ')) await turn();
  const lockFile = path.join(cluster(), 'postmaster.pid');
  writeFileSync(lockFile, leftOver(zombie));
  chmodSync(lockFile, 0o600);
  const server = await joinOrStartPostgres({ dataDir });
  expect(await ask(server.url, 'select 1 as said')).toBe(1);
  await server.release();
  parent.kill();
  await once(parent, 'exit');
});

test('a starter that died holding the lock keeps nobody out', async () => {
  const gone = spawnSync('true').pid;
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path.join(dataDir, 'postgres.lock'), `${gone} 1`);
  const server = await joinOrStartPostgres({ dataDir });
  expect(await ask(server.url, 'select 1 as said')).toBe(1);
  await server.release();
});

test('a cluster that was half made is made again', async () => {
  mkdirSync(path.join(dataDir, 'postgres.new'), { recursive: true });
  writeFileSync(path.join(dataDir, 'postgres.new', 'PG_VERSION'), '18');
  const server = await joinOrStartPostgres({ dataDir });
  expect(await ask(server.url, 'select 1 as said')).toBe(1);
  await server.release();
});

/** The lines of a postmaster.pid; only the first is looked at when the server is not living. */
function leftOver(pid: number): string {
  return `${pid}\n${cluster()}\n1700000000\n5432\n\n127.0.0.1\n  1 1\nready   \n`;
}
