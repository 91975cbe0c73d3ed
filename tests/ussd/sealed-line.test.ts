import { existsSync } from 'node:fs';
import pg from 'pg';
import { coverSealedCalls } from '../../src/complaints/cover-sealed-calls';
import { readSealedCases } from '../../src/complaints/sealed';
import { createLogger } from '../../src/runtime/logger';
import { connectRedis, type Redis } from '../../src/runtime/redis';
import { memorySessionStore } from '../../src/ussd/memory-session-store';
import { noteEnd } from '../../src/ussd/note-end';
import { redisSessionStore } from '../../src/ussd/redis-session-store';
import type { SessionStore } from '../../src/ussd/session-store';
import { testDatabase, type TestDatabase } from '../support/database';
import {
  dumpRedis,
  dumpTables,
  filesHolding,
  rowsOnlyIn,
  watchTables,
} from '../support/dump';
import { aPhone, type Phone } from '../support/phone';
import { describeWithRedis } from '../support/redis';
import { openLine, readers } from '../support/sealed-line';
import { ussdHouse, type TestHouse } from '../support/ussd-house';

const borrowed = '+22376123456';
/** A number that is typed in calls to the sealed line, and nowhere else in all tests. */
const canary = '66910375';
/** A number that either line may be told. */
const relative = '66123456';
/** From the dial to the last screen, by every screen that there is. */
const keys = ['5', '2', '2', canary, '4', '1', '1'] as const;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.truncateAll();
  await database.db.prisma.phone.create({
    data: { msisdn: borrowed, locale: 'fr' },
  });
});
afterAll(() => database.close());

const read = (house: TestHouse) => readSealedCases(house, readers[0]);

/** A house whose line is open. */
async function openHouse(store?: SessionStore): Promise<TestHouse> {
  const house = ussdHouse(database.db, store === undefined ? {} : { store });
  await openLine(house);
  return house;
}

async function called(house: TestHouse, ...typed: string[]): Promise<Phone> {
  const phone = aPhone(house, borrowed);
  await phone.dial();
  await phone.type(...typed);
  return phone;
}

/** The keys of a call by one line or the other. */
const by = (line: '1' | '2'): string[] =>
  ['5', line, ...keys.slice(2)].map((key) => (key === canary ? relative : key));

describe('the two call-backs', () => {
  const walks = [
    ['to this phone', ['1', '1']],
    ['to another, by a woman', ['2', relative, '4', '2', '3']],
    ['to a number that is none', ['2', '12345678', '2', relative, '1']],
    ['with a wrong key and steps back', ['7', '2', '0', '1', '0', '1', '2']],
  ] as const;

  test.each(walks)('%s are screen by screen alike', async (_what, typed) => {
    const house = await openHouse();
    const drawn = /numéro \d\d\./;
    const shown = async (line: '1' | '2') => {
      const phone = await called(house, '5', line, ...typed);
      expect(phone.open).toBe(false);
      expect(phone.screen).toMatch(drawn);
      return phone.screens.map((screen) => screen.replace(drawn, 'numéro'));
    };
    expect(await shown('2')).toEqual(await shown('1'));
  });

  test('are alike in the log, and in the size of what is kept of the call', async () => {
    const sizes: number[] = [];
    const memory = memorySessionStore();
    const house = await openHouse({
      ...memory,
      save(kept) {
        sizes.push(kept.value.length);
        return memory.save(kept);
      },
    });
    await called(house, '5');
    const traced = async (line: '1' | '2') => {
      house.lines.splice(0);
      sizes.splice(0);
      await called(house, ...by(line));
      const lines = house.lines.map((text) =>
        text.replace(/"(time|session)":"[^"]*"|"durationMs":\d+/g, ''),
      );
      return { lines, sizes: [...sizes] };
    };
    const common = await traced('1');
    expect(common.sizes).toHaveLength(keys.length + 1);
    expect(common.lines.join('')).not.toContain('willCall');
    expect(await traced('2')).toEqual(common);
  });

  test('send as many statements, in transactions of the same length', async () => {
    const house = await openHouse();
    const asked = async (line: '1' | '2') => {
      await called(house, ...by(line));
      const sent = jest.spyOn(pg.Client.prototype, 'query');
      try {
        await called(house, ...by(line));
        return sent.mock.calls.map(([query]) => kindOf(query));
      } finally {
        sent.mockRestore();
      }
    };
    const common = await asked('1');
    const sealed = await asked('2');
    expect(sealed).toHaveLength(common.length);
    const bounds = (kinds: string[]) =>
      kinds.map((kind) => (/^(begin|commit)$/.test(kind) ? kind : 'works'));
    expect(bounds(sealed)).toEqual(bounds(common));
    expect(sealed.some((kind) => kind.includes('insert'))).toBe(false);
  });
});

/** The first word of a statement, however pg is given it. */
function kindOf(query: unknown): string {
  const text =
    typeof query === 'object' && query !== null && 'text' in query
      ? query.text
      : query;
  return String(text).trim().split(/\s/)[0]?.toLowerCase() ?? '';
}

test('a step that is repeated is answered alike, and one that is lost and walked again is folded', async () => {
  const house = await openHouse();
  const phone = await called(house, ...keys);
  const { screen, path } = phone;
  expect(await phone.send(path)).toBe(screen);
  const forgetful = { ...house, store: memorySessionStore() };
  const again = aPhone(forgetful, borrowed);
  again.join(phone);
  expect(await again.send(path)).toBe(screen);
  const { cases } = await read(house);
  expect(cases).toMatchObject([
    { msisdn: `+223${canary}`, prefersWoman: true, locale: 'fr' },
  ]);
  expect(cases[0]?.slotIds).toHaveLength(2);
});

test('two identical steps at once are one case', async () => {
  const house = await openHouse();
  const phone = await called(house, ...keys.slice(0, -1));
  const last = `${phone.path}*1`;
  const [one, other] = await Promise.all([phone.send(last), phone.send(last)]);
  expect(other).toBe(one);
  expect((await read(house)).cases).toHaveLength(1);
});

test('the line is hidden until its readers are ready, and its key gives the numbers to call', async () => {
  const house = ussdHouse(database.db);
  const phone = await called(house, '5');
  expect(phone.screen).not.toContain('conseillère');
  expect(await phone.type('2')).toContain('+223 20 22 16 15');
  await openLine(house);
  house.clock.advance({ minutes: 1 });
  expect((await called(house, '5')).screen).toContain(
    '2 Une conseillère me rappelle',
  );
});

test('readers who are ready no more while somebody asks: she reads the numbers to call, and no log line tells why', async () => {
  const house = await openHouse();
  const phone = await called(house, ...keys.slice(0, -1));
  await database.db.prisma.sealedReader.deleteMany();
  expect(await phone.type('1')).toContain('+223 20 22 16 15');
  expect(house.lines.join('')).not.toMatch(/seal|counsel|reader/i);
});

test('when sealing fails she reads the numbers to call, and the log says what it says of either line', async () => {
  const house = await openHouse();
  const phone = await called(house, ...keys.slice(0, -1));
  await database.db.pool.query(`update sealed_keys set public_key = '\\x00'`);
  expect(await phone.type('1')).toContain('+223 20 22 16 15');
  const sealed = house.lines.filter((line) => line.includes('not kept'));
  expect(sealed).toHaveLength(1);
  expect(sealed[0]).not.toMatch(/session|error"?:|flow/);
});

test('a call about payments asks nothing of the line', async () => {
  const house = await openHouse();
  const asked = jest.spyOn(house.counsellorLine, 'isOpen');
  await called(house, '1', '0', '3', '0', '4');
  expect(asked).not.toHaveBeenCalled();
});

test('a published tail does not lead to the line', async () => {
  const house = await openHouse();
  // Old enough to know every call: a path that it does not know is a tail.
  house.clock.advance({ minutes: 11 });
  const phone = aPhone(house, borrowed);
  expect(await phone.dial('5*2*1*1')).toContain('1 Mon paiement');
  expect((await read(house)).cases).toEqual([]);
});

describe('two stores, one of which holds one case more', () => {
  /** The call of somebody whose language was not known. She leaves before the last screen, and slots are written anew as at any time; or she asks. */
  async function store(asks: boolean): Promise<string[]> {
    await database.truncateAll({ anew: true });
    const house = await openHouse();
    const phone = await called(house, '2', ...keys.slice(0, -1));
    if (asks) await phone.type('1');
    else await coverSealedCalls(house);
    expect(phone.screen).toMatch(asks ? /numéro \d\d\./ : /^1 /m);
    await noteEnd(house, 'africastalking', {
      ...{ sessionId: phone.sessionId, status: 'success' },
    });
    const rows = await watchTables(database.url);
    expect((await read(house)).cases).toHaveLength(asks ? 1 : 0);
    return rows
      .map((row) => row.replace(/^(sealed_slots)\(\d+,\d+\)/, '$1'))
      .sort();
  }

  test('are alike row by row, and in the transactions that wrote them', async () => {
    const rows = await store(false);
    expect(rows.filter((row) => row.startsWith('phones'))).toHaveLength(1);
    expect(rows.filter((row) => row.startsWith('sealed_slots'))).toHaveLength(
      64,
    );
    expect(await store(true)).toEqual(rows);
  });

  test.each(['a case', 'no case'])(
    'were changed alike, by %s: rows of one size, no row more, without time, number or session',
    async (between) => {
      const house = await openHouse();
      const before = await dumpTables(database.url);
      if (between === 'a case') await called(house, ...keys);
      else await coverSealedCalls(house);
      const after = await dumpTables(database.url);
      const gone = rowsOnlyIn(before, after);
      const come = rowsOnlyIn(after, before);
      const row =
        /^sealed_slots: ([0-9a-f-]{36})\t(\\\\x[0-9a-f]{664})\t(\\\\x[0-9a-f]{64})$/;
      expect([gone.length, come.length]).toEqual([16, 16]);
      expect([...gone, ...come].filter((one) => !row.test(one))).toEqual([]);
    },
  );
});

describeWithRedis('a call to the line', (server) => {
  const log = createLogger({ level: 'error' });
  let redis: Redis;
  beforeEach(async () => {
    redis = await connectRedis(server.url, log);
  });
  afterEach(() => redis.close());

  /** Wherever bytes are kept that hold the canary, in any form in which it is written. */
  async function traces(house: TestHouse): Promise<string[]> {
    const tables = [...(await dumpTables(database.url))].flatMap(
      ([table, rows]) => [`${table}:`, ...rows],
    );
    const kept = {
      tables: tables.join('\n'),
      redis: await dumpRedis(redis),
      logs: house.lines.join(''),
    };
    return Object.entries(kept).flatMap(([place, bytes]) =>
      bytes.replaceAll(' ', '').includes(canary) ? [place] : [],
    );
  }

  const leaving = {
    'by 0': async (phone: Phone) => {
      await phone.type('0', '00', '0');
      expect(phone.open).toBe(false);
    },
    'by a cut': async (phone: Phone, house: TestHouse) => {
      await noteEnd(house, 'africastalking', {
        sessionId: phone.sessionId,
        status: 'incomplete',
      });
    },
    'by silence': (_phone: Phone, house: TestHouse) => {
      house.clock.advance({ minutes: 11 });
      return Promise.resolve();
    },
  } as const;

  const steps = keys.slice(1, -1).map((_, at) => keys.slice(0, at + 2));
  const ways = steps.flatMap((typed) =>
    Object.entries(leaving).map(([way, leave]) => ({ typed, way, leave })),
  );

  test.each(ways)(
    'that is left $way after $typed keeps nothing',
    async ({ typed, leave }) => {
      const house = await openHouse(redisSessionStore(redis));
      const before = await dumpTables(database.url);
      const phone = await called(house, ...typed);
      await leave(phone, house);
      const after = await dumpTables(database.url);
      expect(await traces(house)).toEqual([]);
      expect(
        rowsOnlyIn(after, before).filter((row) => !row.startsWith('call_ends')),
      ).toEqual([]);
      expect(rowsOnlyIn(before, after)).toEqual([]);
      expect((await read(house)).cases).toEqual([]);
    },
  );

  test('that is completed keeps its number as ciphertext alone, in tables, Redis, logs and the files of the database', async () => {
    const house = await openHouse(redisSessionStore(redis));
    const phone = await called(house, ...keys);
    expect(phone.open).toBe(false);
    expect(await traces(house)).toEqual([]);
    expect((await read(house)).cases).toMatchObject([
      { msisdn: `+223${canary}` },
    ]);
    await database.db.pool.query('checkpoint');
    const { rows } = await database.db.pool.query<{ folder: string }>(
      `select current_setting('data_directory') as folder`,
    );
    const folder = rows[0]?.folder ?? '';
    // A server that was given may keep its files on another machine.
    const files = existsSync(folder) ? await filesHolding(folder, canary) : [];
    expect(files).toEqual([]);
  }, 60_000);
});
