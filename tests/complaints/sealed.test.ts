import { coverSealedCalls } from '../../src/complaints/cover-sealed-calls';
import { slotCover } from '../../src/complaints/slot-cover';
import {
  forgetSealedCases,
  readSealedCases,
} from '../../src/complaints/sealed';
import {
  addReader,
  beginSealedLine,
  removeReader,
} from '../../src/complaints/sealed-ceremony';
import { counsellorLine } from '../../src/complaints/counsellor-line';
import { requestSealedCall } from '../../src/complaints/request-sealed-call';
import type { Claim } from '../../src/complaints/known-reader';
import { fixedClock } from '../../src/runtime/clock';
import type { FixedClock } from '../../src/runtime/clock';
import { connectDatabase } from '../../src/runtime/database';
import { tellLine } from '../../src/complaints/line-figures';
import { createMetrics } from '../../src/runtime/metrics';
import { createLogger } from '../../src/runtime/logger';
import { testDatabase, type TestDatabase } from '../support/database';
import { cheapGuess, openLine, readers } from '../support/sealed-line';

const hashKey = 'a hash key for tests, long enough to be one';
const [aissata, rokia] = readers;
const third = { name: 'Fanta', passphrase: 'une lampe sous le manguier' };

let store: TestDatabase;
let clock: FixedClock;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  clock = fixedClock('2026-03-12T10:00:00Z');
});
afterAll(() => store.close());

const deps = () => ({ db: store.db, clock, hashKey, cost: cheapGuess });
const begin = () => openLine({ db: store.db, clock, hashKey });
const read = (reader: Claim = aissata) => readSealedCases(deps(), reader);

/** Asks for a call from a place in a call, with more patience than a caller has. */
const ask = (
  place = 'one call, one place',
  msisdn = '+22376123456',
  db = store.db,
) =>
  db.prisma.$transaction(
    (tx) =>
      requestSealedCall(
        { tx, clock, hashKey },
        { place, msisdn, slot: 'evening', locale: 'bm', prefersWoman: true },
      ),
    { maxWait: 20_000, timeout: 20_000 },
  );

const slots = () => store.db.prisma.sealedSlot.findMany();
const acts = async () =>
  (await store.db.prisma.auditEntry.findMany({ orderBy: { id: 'asc' } })).map(
    ({ actor, action, subject, detail }) => ({
      actor,
      action,
      subject,
      detail,
    }),
  );

test('either reader opens what a caller asked, with her own passphrase', async () => {
  await begin();
  const promised = await ask();
  for (const reader of readers) {
    const { cases, unreadable } = await read(reader);
    expect(unreadable).toBe(0);
    expect(cases).toMatchObject([
      {
        ...{ msisdn: '+22376123456', slot: 'evening', locale: 'bm' },
        ...{ prefersWoman: true, day: '2026-03-12', callOn: '2026-03-12' },
        code: promised?.code,
      },
    ]);
  }
});

test('a wrong passphrase opens nothing and is recorded, without a name', async () => {
  await begin();
  await ask();
  const wrong = { ...aissata, passphrase: rokia.passphrase };
  await expect(read(wrong)).rejects.toMatchObject({ kind: 'forbidden' });
  expect((await acts()).at(-1)).toMatchObject({
    action: 'sealed.refused',
    subject: 'reader:1',
  });
});

test('a passphrase is the same however its accents are typed', async () => {
  const typed = { name: 'Ami', passphrase: 'la forêt près du marché' };
  await beginSealedLine(deps(), [typed, rokia]);
  const composed = { ...typed, passphrase: typed.passphrase.normalize('NFD') };
  await expect(read(composed)).resolves.toMatchObject({ cases: [] });
});

test.each([
  ['a second ceremony', 'conflict', async () => begin()],
  [
    'a passphrase of eleven characters',
    'invalid',
    () => addReader(deps(), { ...third, passphrase: 'onze lettre' }, readers),
  ],
  [
    'one reader in the place of two',
    'invalid',
    () => addReader(deps(), third, [aissata, aissata]),
  ],
  [
    'a second with a wrong passphrase',
    'forbidden',
    () => addReader(deps(), third, [aissata, { ...rokia, passphrase: 'x' }]),
  ],
  [
    'a name that is taken',
    'conflict',
    () => addReader(deps(), { ...third, name: rokia.name }, readers),
  ],
  [
    'a reader who takes herself away',
    'conflict',
    () => removeReader(deps(), aissata.name, aissata),
  ],
])('%s is refused', async (_what, kind, attempt) => {
  await begin();
  await expect(attempt()).rejects.toMatchObject({ kind });
  expect(await store.db.prisma.sealedReader.count()).toBe(2);
});

test('a third reader, let in by two, opens what was asked before she came', async () => {
  await begin();
  await ask();
  await addReader(deps(), third, readers);
  expect((await read(third)).cases).toHaveLength(1);
  expect(await acts()).toMatchObject([
    { actor: 'cli', action: 'sealed.begun', subject: 'reader:1' },
    { actor: 'cli', action: 'sealed.begun', subject: 'reader:2' },
    {
      ...{ actor: 'reader:1', action: 'sealed.readerAdded' },
      ...{ subject: 'reader:3', detail: { with: 'reader:2' } },
    },
    { actor: 'reader:3', action: 'sealed.read' },
  ]);
});

test('a reader who was taken away reads no more', async () => {
  await begin();
  await expect(removeReader(deps(), rokia.name, aissata)).rejects.toMatchObject(
    { kind: 'conflict' },
  );
  await addReader(deps(), third, readers);
  await removeReader(deps(), rokia.name, aissata);
  await expect(read(rokia)).rejects.toMatchObject({ kind: 'notFound' });
});

test('doubles of one step are one case, with the same two digits; two steps are two cases', async () => {
  await begin();
  const [first, second] = await Promise.all([ask(), ask()]);
  expect(second).toEqual(first);
  await ask('another place');
  const { cases } = await read();
  expect(cases.map(({ slotIds }) => slotIds.length).sort()).toEqual([1, 2]);
});

test('a case is named in digits and letters that can be typed as a word of a command', async () => {
  await begin();
  for (let at = 0; at < 20; at += 1) await ask(`place ${at}`);
  const { cases } = await read();
  expect(cases.filter(({ token }) => !/^[0-9a-f]{16}$/.test(token))).toEqual(
    [],
  );
});

test('cases are told by day', async () => {
  await begin();
  await ask('late', '+22376000002');
  clock.set('2026-03-10T10:00:00Z');
  await ask('early', '+22376000001');
  clock.set('2026-03-12T10:00:00Z');
  const { cases } = await read();
  expect(cases.map(({ day }) => day)).toEqual(['2026-03-10', '2026-03-12']);
});

const cover = () => coverSealedCalls(deps());

test.each([
  ['a case', () => ask()],
  ['a cover', cover],
])(
  '%s writes sixteen slots anew, by one transaction: no row more, no byte more, and one row looks like another',
  async (_what, writes) => {
    await begin();
    const before = await slots();
    await writes();
    const after = await slots();
    expect(after).toHaveLength(before.length);
    const known = (kept: Uint8Array): boolean =>
      before.some(({ body, mark }) =>
        [body, mark].some((old) => Buffer.from(old).equals(kept)),
      );
    const anew = after.filter(({ body, mark }) => !known(body) || !known(mark));
    expect(anew).toHaveLength(16);
    expect(anew.filter(({ body, mark }) => known(body) || known(mark))).toEqual(
      [],
    );
    expect(new Set(after.map(({ body }) => body.length))).toEqual(
      new Set([332]),
    );
    expect(new Set(after.map(({ mark }) => mark.length))).toEqual(
      new Set([32]),
    );
    expect(await written()).toBe(16);
  },
);

/** How many slots the newest transaction wrote. */
async function written(): Promise<number | undefined> {
  const { rows } = await store.db.pool.query<{ n: number }>(
    `select count(*)::int as n from sealed_slots
     group by xmin::text, age(xmin) order by age(xmin) limit 1`,
  );
  return rows[0]?.n;
}

test('a cover writes as many slots as a case does, where nearly every slot holds a case', async () => {
  await begin();
  for (let at = 0; at < 63; at += 1) await ask(`place ${at}`);
  await cover();
  expect(await written()).toBe(16);
  await ask('the last');
  expect(await written()).toBe(16);
  expect((await read()).cases).toHaveLength(64);
}, 30_000);

test('under another hash key nothing can be read, and nothing is written over', async () => {
  await begin();
  await ask();
  const other = { ...deps(), hashKey: 'the hash key of another programme' };
  expect(await readSealedCases(other, aissata)).toMatchObject({
    ...{ cases: [], unreadable: 64 },
  });
  await coverSealedCalls(other);
  expect((await read()).cases).toHaveLength(1);
});

test('slots of before there were covers are read, and covered when they are next written', async () => {
  await begin();
  await ask();
  const laid = slotCover(hashKey);
  for (const { id, body } of await slots())
    await store.db.prisma.sealedSlot.update({
      where: { id },
      data: { body: Uint8Array.from(laid.lift(id, body) ?? []) },
    });
  expect((await read()).cases).toHaveLength(1);
  await cover();
  const sizes = (await slots()).map(({ body }) => body.length);
  expect(sizes.filter((size) => size === 332)).toHaveLength(16);
  expect((await read()).cases).toHaveLength(1);
});

test('forty calls at once, in two processes, and covers between them write over none of each other', async () => {
  await begin();
  const other = connectDatabase(store.url, {
    ...{ max: 10, connectTimeoutMs: 10_000, statementTimeoutMs: 0 },
  });
  const places = Array.from({ length: 40 }, (_, at) => `place ${at}`);
  // One that finds no connection gives up, as in the service.
  const covers = Promise.allSettled(Array.from({ length: 5 }, cover));
  await Promise.all(
    places.map((place, at) =>
      ask(place, '+22376123456', at % 2 === 0 ? store.db : other),
    ),
  );
  await covers;
  await other.close();
  const { cases } = await read();
  expect(cases).toHaveLength(40);
  expect(cases.every(({ slotIds }) => slotIds.length === 1)).toBe(true);
}, 30_000);

test('when every slot holds a case there are more slots, and every case is still there', async () => {
  await begin();
  for (let at = 0; at < 66; at += 1) await ask(`place ${at}`);
  expect(await slots()).toHaveLength(128);
  expect((await read()).cases).toHaveLength(66);
}, 30_000);

test('a case that is forgotten leaves a slot as it was before any, and its number goes to the audit alone', async () => {
  await begin();
  await ask('one');
  await ask('two', '+22376999999');
  const [gone] = (await read()).cases;
  await forgetSealedCases(deps(), aissata, [gone?.token ?? '']);
  expect((await read()).cases).toHaveLength(1);
  expect((await acts()).at(-2)).toMatchObject({
    ...{ actor: 'reader:1', action: 'sealed.forgotten' },
    detail: { cases: 1 },
  });
  for (let at = 0; at < 63; at += 1) await ask(`place ${at}`);
  expect(await slots()).toHaveLength(64);
}, 30_000);

test('an unknown case is not forgotten', async () => {
  await begin();
  await expect(
    forgetSealedCases(deps(), aissata, ['nothing']),
  ).rejects.toMatchObject({ kind: 'notFound' });
});

test('a public key that somebody put in the place of ours is told', async () => {
  await begin();
  await store.db.pool.query(
    `update sealed_keys set public_key = decode(repeat('09', 32), 'hex')`,
  );
  await expect(read()).rejects.toMatchObject({ kind: 'conflict' });
});

describe('the line', () => {
  const lines: string[] = [];
  const log = createLogger({
    level: 'debug',
    destination: { write: (line) => lines.push(line) },
  });
  const line = () => counsellorLine({ db: store.db, clock, log });

  test('is closed without a key, and open after the ceremony', async () => {
    expect(await line().isOpen()).toBe(false);
    expect(await ask()).toBeUndefined();
    await begin();
    expect(await line().isOpen()).toBe(true);
  });

  test('stays open for seven days after the second reader has looked, and opens again when she looks', async () => {
    await begin();
    clock.advance({ days: 7 });
    expect(await line().isOpen()).toBe(true);
    await read(aissata);
    clock.advance({ days: 1 });
    expect(await line().isOpen()).toBe(false);
    expect(await ask()).toBeUndefined();
    await read(rokia);
    expect(await line().isOpen()).toBe(true);
  });

  test('tells in its figures how many are ready and how long it stays open, and nothing before the ceremony', async () => {
    const metrics = createMetrics();
    tellLine(store.db, clock, metrics);
    const told = async () =>
      Array.from(
        (await metrics.text()).matchAll(/^jigi_sealed_line\{.*/gm),
        ([line]) => line,
      );
    expect(await told()).toEqual([]);
    await begin();
    clock.advance({ days: 5 });
    await read(aissata);
    expect(await told()).toEqual([
      'jigi_sealed_line{kind="readyReaders"} 2',
      'jigi_sealed_line{kind="daysLeft"} 2',
    ]);
    clock.advance({ days: 3 });
    expect(await told()).toEqual([
      'jigi_sealed_line{kind="readyReaders"} 1',
      'jigi_sealed_line{kind="daysLeft"} -1',
    ]);
    await read(rokia);
    expect(await told()).toContain('jigi_sealed_line{kind="daysLeft"} 4');
  });

  test('is looked at once a minute at most', async () => {
    const seen = line();
    expect(await seen.isOpen()).toBe(false);
    await begin();
    expect(await seen.isOpen()).toBe(false);
    clock.advance({ minutes: 1 });
    expect(await seen.isOpen()).toBe(true);
  });

  test('is closed, and says so, when its key cannot seal', async () => {
    await begin();
    await store.db.pool.query(`update sealed_keys set public_key = '\\x00'`);
    expect(await line().isOpen()).toBe(false);
    expect(lines.at(-1)).toContain('counsellor line closed');
  });
});
