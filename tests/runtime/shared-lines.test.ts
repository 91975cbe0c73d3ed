import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { sharedLines, type SharedLines } from '../../src/runtime/shared-lines';
import { testDatabase, type TestDatabase } from '../support/database';

let store: TestDatabase;
let lines: SharedLines;
let noteLoss: () => void = () => undefined;

beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(() => {
  lines = sharedLines(
    { connectionString: store.url, statement_timeout: 1_500 },
    {
      ...one,
      onLostConnection: () => {
        noteLoss();
      },
    },
  );
});
afterEach(() => lines.close());
afterAll(() => store.close());

const one = {
  count: 1,
  silenceMs: 5_000,
  onLostConnection: () => undefined,
};

const echo = (value: unknown) => ({
  name: 'echo',
  text: 'select $1::integer as said, pg_backend_pid() as pid',
  values: [value],
});

test('statements asked at once on one connection are each told their own answer', async () => {
  const asked = Array.from({ length: 200 }, (_, at) => at);
  const answers = await Promise.all(
    asked.map((at) => lines.query<{ said: number; pid: number }>(echo(at))),
  );
  expect(answers.map(({ rows }) => rows[0]?.said)).toEqual(asked);
  expect(new Set(answers.map(({ rows }) => rows[0]?.pid)).size).toBe(1);
});

test('what is asked at once goes out on one connection, and what comes meanwhile on another', async () => {
  const two = sharedLines(
    { connectionString: store.url },
    { ...one, count: 2 },
  );
  const pidsOf = async (
    asked: readonly Promise<{ rows: { pid: number }[] }>[],
  ) => new Set((await Promise.all(asked)).map(({ rows }) => rows[0]?.pid)).size;
  const ask = (at: number) => two.query<{ pid: number }>(echo(at));
  try {
    // Connections are made when first needed.
    await pidsOf([ask(1), ask(2)]);
    expect(await pidsOf([ask(1), ask(2), ask(3)])).toBe(1);
    const slow = two.query<{ pid: number }>({
      ...{ name: 'slow', values: [] },
      text: 'select pg_backend_pid() as pid, pg_sleep(0.2)',
    });
    await pause(20);
    expect(await pidsOf([slow, ask(4), ask(5)])).toBe(2);
  } finally {
    await two.close();
  }
});

test('a statement that fails takes no other with it', async () => {
  const outcomes = await Promise.allSettled([
    lines.query(echo(1)),
    lines.query(echo('no number')),
    lines.query(echo(3)),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
});

test('what a statement wrote stays when the one asked after it fails', async () => {
  const name = 'kept';
  await store.db.pool.query('create table kept (n integer)');
  const text = 'insert into kept select $1::integer / $2::integer';
  await Promise.allSettled([
    lines.query({ name, text, values: [4, 2] }),
    lines.query({ name, text, values: [4, 0] }),
  ]);
  const { rows } = await store.db.pool.query('select n from kept');
  expect(rows).toEqual([{ n: 2 }]);
});

test('a lost connection fails what was asked on it, and the next statement has a new one', async () => {
  const before = await lines.query<{ pid: number }>(echo(1));
  const waiting = lines.query({
    name: 'sleep',
    text: 'select pg_sleep($1)',
    values: [30],
  });
  const isLost = new Promise<void>((resolve) => {
    noteLoss = resolve;
  });
  const killed = expect(waiting).rejects.toThrow();
  await store.db.pool.query('select pg_terminate_backend($1)', [
    before.rows[0]?.pid,
  ]);
  await killed;
  await isLost;
  const after = await lines.query<{ pid: number }>(echo(2));
  expect(after.rows[0]?.pid).not.toBe(before.rows[0]?.pid);
});

test('a server that is not there is told to whoever asks, and looked for again', async () => {
  const nowhere = sharedLines(
    { connectionString: 'postgresql://jigi@127.0.0.1:1/jigi' },
    one,
  );
  await expect(nowhere.query(echo(1))).rejects.toThrow(/ECONNREFUSED/);
  await expect(nowhere.query(echo(1))).rejects.toThrow(/ECONNREFUSED/);
  expect(nowhere.busy()).toBe(0);
  await nowhere.close();
});

test('a statement beyond its time is ended by the server and takes no other with it', async () => {
  const slow = { name: 'sleep', text: 'select pg_sleep($1)', values: [30] };
  const outcomes = await Promise.allSettled([
    lines.query(slow),
    lines.query(echo(2)),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual([
    'rejected',
    'fulfilled',
  ]);
});

test('a server that becomes silent is given up, and who asked it is told', async () => {
  const url = new URL(store.url);
  const { relay, port, silence } = await aRelay(Number(url.port));
  url.port = String(port);
  const patient = sharedLines(
    { connectionString: url.href },
    { ...one, silenceMs: 2_000 },
  );
  await patient.query(echo(1));
  silence();
  await expect(patient.query(echo(2))).rejects.toThrow(/silent|terminated/);
  await patient.close();
  relay.close();
});

/** A server that passes everything on to another, and its answers back until it is silenced. */
async function aRelay(to: number) {
  let isSilent = false;
  const relay = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    near.on('error', () => undefined).on('close', () => far.destroy());
    far.on('error', () => undefined).on('close', () => near.destroy());
    near.on('data', (bytes: Buffer) => far.write(bytes));
    far.on('data', (bytes: Buffer) => {
      if (!isSilent) near.write(bytes);
    });
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  // node:net says `string` for pipes and `null` before listening; neither is so here.
  const { port } = relay.address() as AddressInfo;
  const silence = (): void => {
    isSilent = true;
  };
  return { relay, port, silence };
}
