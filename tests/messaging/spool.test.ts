import {
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Callback, newCallback } from '../../src/messaging/callback';
import { openSpool } from '../../src/messaging/spool';
import {
  takeInSpool,
  type TakeInDeps,
} from '../../src/messaging/take-in-spool';
import { takeReports } from '../../src/messaging/take-reports';
import { connectDatabase, type Database } from '../../src/runtime/database';
import { createSealing } from '../../src/runtime/sealing';
import { type TestDatabase, testDatabase } from '../support/database';
import { smsStub } from '../support/sms-stub';
import { aMessage } from './a-message';

let store: TestDatabase;
let folder: string;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  folder = await mkdtemp(path.join(tmpdir(), 'jigi-spool-'));
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => store.close());

const number = '+22376123456';
const gateway = smsStub('kannel');
const sealing = createSealing(['a secret of the spool, long enough']);
const lines: string[] = [];
const line = (message: string) => void lines.push(message);
const log = { info: line, warn: line, error: line };

/** A store that is not there. */
function away(): Database {
  return connectDatabase('postgresql://nobody@127.0.0.1:9/none', { max: 1 });
}

function came(
  text: string,
  door: Callback['door'] = 'delivery',
  at = '2026-03-12T10:05:00Z',
): Callback {
  const request = { contentType: 'x', text, query: '' };
  return newCallback({
    ...{ gateway: 'kannel', door, request, receivedAt: new Date(at) },
  });
}

const arrived = () => came(`id=p1&status=delivered&number=${number}`);
const open = () => openSpool(folder, sealing);

async function takingIn(change: Partial<TakeInDeps> = {}) {
  return takeInSpool({
    db: store.db,
    spool: await open(),
    gateways: new Map([['kannel', gateway]]),
    takeInbound: () => Promise.resolve(),
    log,
    ...change,
  });
}

describe('the spool', () => {
  test('keeps callbacks for its owner alone, sealed, and gives them back as they were', async () => {
    const spool = await open();
    const callbacks = [arrived(), came('text=secret', 'inbound')];
    await spool.put(callbacks);
    const [name = ''] = await spool.waiting();
    expect(await spool.counts()).toEqual({ waiting: 1, apart: 0 });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
    const written = await readFile(path.join(folder, name), 'latin1');
    expect(written).not.toMatch(/secret|7612|kannel|delivered/);
    expect(await spool.read(name)).toEqual(callbacks);
  });

  test('gives the oldest first, and nothing that a fall cut short', async () => {
    const spool = await open();
    await spool.put([came('id=2', 'delivery', '2026-03-12T10:00:02Z')]);
    await spool.put([came('id=1', 'delivery', '2026-03-12T10:00:01Z')]);
    await writeFile(path.join(folder, '000-x.sealed.part'), 'half a fi');
    const names = await spool.waiting();
    const read = await Promise.all(names.map((name) => spool.read(name)));
    expect(read).toMatchObject([
      [{ request: { text: 'id=1' } }],
      [{ request: { text: 'id=2' } }],
    ]);
  });

  test('that cannot be written stops the start with a sentence that says what to do', async () => {
    const file = path.join(folder, 'no-folder');
    await writeFile(file, '');
    await expect(openSpool(file, sealing)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(
        /^Le dossier .*no-folder ne peut pas être écrit.*SPOOL_DIR\.$/,
      ) as string,
    });
    await expect(openSpool(path.join(file, 'in'), sealing)).rejects.toThrow(
      'ne peut pas être écrit',
    );
  });
});

describe('while the store is away', () => {
  test('reports rest in the spool, and are taken in afterwards, once', async () => {
    await aMessage(store.db);
    const gone = away();
    const metrics = { add: () => undefined };
    const spool = await open();
    const take = takeReports({ db: gone, spool, log, metrics });
    const reports = [arrived(), came('nothing'), came('id=p9&status=odd')];
    await Promise.all(
      reports.map((one) => take(one, gateway.readDelivery(one.request))),
    );
    expect(await takingIn({ db: gone })).toBe(0);
    await gone.close();

    const files = await spool.waiting();
    const [first = ''] = files;
    const copy = await readFile(path.join(folder, first));
    expect(await takingIn()).toBe(3);
    expect(await readdir(folder)).toEqual([]);
    expect(await store.db.prisma.message.findMany()).toMatchObject([
      { state: 'delivered', settledAt: new Date('2026-03-12T10:05:00Z') },
    ]);
    // A fall between the store's commit and the end of the file.
    await writeFile(path.join(folder, first), copy);
    await takingIn();
    expect(await store.db.prisma.callbackEntry.count()).toBe(3);
  });

  test('SMS wait in their order with their time', async () => {
    const spool = await open();
    await spool.put([
      came('id=2&text=START', 'inbound', '2026-03-12T10:00:02Z'),
    ]);
    await spool.put([
      came('id=1&text=STOP', 'inbound', '2026-03-12T10:00:01Z'),
    ]);
    const taken: string[] = [];
    const takeInbound = (one: Callback) =>
      Promise.resolve(void taken.push(one.request.text));
    expect(await takingIn({ takeInbound })).toBe(2);
    expect(taken).toEqual(['id=1&text=STOP', 'id=2&text=START']);
  });
});

test('what no secret opens, and what the store refuses, is set apart and holds nobody up', async () => {
  const other = await openSpool(folder, createSealing(['another secret']));
  await other.put([came('id=1', 'delivery', '2026-03-12T10:00:01Z')]);
  const spool = await open();
  await spool.put([came('id=2', 'inbound', '2026-03-12T10:00:02Z')]);
  await spool.put([
    came('id=3&status=sent', 'delivery', '2026-03-12T10:00:03Z'),
  ]);
  lines.length = 0;
  const takeInbound = () => Promise.reject(new Error('a bug'));
  expect(await takingIn({ takeInbound })).toBe(1);
  expect(await readdir(folder)).toEqual([
    expect.stringMatching(/\.sealed\.apart$/) as string,
    expect.stringMatching(/\.sealed\.apart$/) as string,
  ]);
  expect(await takingIn({ takeInbound })).toBe(0);
  expect(lines).toHaveLength(3);
});

test('what came from a gateway that is no longer here is kept apart; what came beside it is taken in', async () => {
  await aMessage(store.db);
  const spool = await open();
  await spool.put([arrived(), { ...arrived(), gateway: 'sold' }]);
  lines.length = 0;
  await takingIn();
  expect(await store.db.prisma.message.findMany()).toMatchObject([
    { state: 'delivered' },
  ]);
  expect(await readdir(folder)).toEqual([
    expect.stringMatching(/\.sealed\.apart$/) as string,
  ]);
  expect(lines.join()).toContain('from a gateway that is not here');
});

test('a file that another process has taken in meanwhile is no error', async () => {
  const spool = await open();
  await spool.put([arrived()]);
  const names = await spool.waiting();
  await Promise.all(names.map((name) => spool.remove(name)));
  lines.length = 0;
  const late = { ...spool, waiting: () => Promise.resolve(names) };
  expect(await takingIn({ spool: late })).toBe(0);
  expect(lines).toEqual([]);
});

test('hundreds of reports at once are a few transactions', async () => {
  const ended: string[] = [];
  const { pool } = store.db;
  const counted = Object.assign(Object.create(pool) as typeof pool, {
    connect: () => {
      ended.push('one');
      return pool.connect();
    },
  });
  const take = takeReports({
    db: { ...store.db, pool: counted },
    spool: await open(),
    log,
    metrics: { add: () => undefined },
  });
  const all = Array.from({ length: 400 }, (_, n) =>
    came(`id=q${n}&status=sent`),
  );
  await Promise.all(
    all.map((one) => take(one, gateway.readDelivery(one.request))),
  );
  expect(await store.db.prisma.callbackEntry.count()).toBe(400);
  expect(ended.length).toBeLessThan(5);
});
