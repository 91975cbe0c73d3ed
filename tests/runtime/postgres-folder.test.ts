import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import {
  joinOrStartPostgres,
  type EmbeddedPostgres,
} from '../../src/runtime/embedded-postgres';

let closedFolder: string;
let dataDir: string;
let server: EmbeddedPostgres;
let accounts: string;
const lines: string[] = [];

const systemAccounts = () => readFileSync('/etc/passwd', 'utf8');

beforeAll(async () => {
  accounts = systemAccounts();
  // A folder that only its owner may enter, as /root is.
  closedFolder = mkdtempSync(path.join(tmpdir(), 'jigi-closed-'));
  chmodSync(closedFolder, 0o700);
  dataDir = path.join(closedFolder, 'données de Jigi');
  server = await joinOrStartPostgres({
    dataDir,
    say: (line) => lines.push(line),
  });
});
afterAll(async () => {
  await server.release();
  rmSync(closedFolder, { recursive: true, force: true });
});

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

test('a server starts below a folder closed to others, and asks for its password', async () => {
  expect(await ask(server.url, 'select 1 as said')).toBe(1);
  const wrong = new URL(server.url);
  wrong.password = 'wrong';
  await expect(ask(wrong.href, 'select 1 as said')).rejects.toThrow(/password/);
  expect(lines).toEqual(['Première fois: préparation de la base PostgreSQL…']);
});

test('what the folder holds is for its owner alone', () => {
  const mode = (name: string) =>
    statSync(path.join(dataDir, name)).mode & 0o777;
  expect(mode('.')).toBe(0o700);
  expect(mode('postgres')).toBe(0o700);
  expect(mode('postgres.password')).toBe(0o600);
  expect(mode('postgres.log')).toBe(0o600);
});

test('the server listens on 127.0.0.1 only, without a socket file', async () => {
  const question = `select concat_ws('|', current_setting('listen_addresses'), current_setting('unix_socket_directories')) as said`;
  expect(await ask(server.url, question)).toBe('127.0.0.1|');
});

test('a failed statement leaves its values out of the log', async () => {
  await expect(ask(server.url, `select '76 00 11 22'::int`)).rejects.toThrow();
  // One that ends its own connection is logged; its text must not be.
  await expect(
    ask(
      server.url,
      `select '76 00 11 22', pg_terminate_backend(pg_backend_pid())`,
    ),
  ).rejects.toThrow();
  const log = readFileSync(path.join(dataDir, 'postgres.log'), 'utf8');
  expect(log).toContain('terminating connection');
  expect(log).not.toMatch(/76 00 11 22/);
});

test('no account is added to the system', () => {
  expect(systemAccounts()).toBe(accounts);
});
