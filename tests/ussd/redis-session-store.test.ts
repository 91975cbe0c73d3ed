import { setTimeout as pause } from 'node:timers/promises';

import { connectRedis } from '../../src/runtime/redis';
import type { Redis } from '../../src/runtime/redis';
import { redisSessionStore } from '../../src/ussd/redis-session-store';
import type { SessionStore } from '../../src/ussd/session-store';
import { badLine } from '../support/bad-line';
import type { BadLine } from '../support/bad-line';
import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { aPhone } from '../support/phone';
import { describeWithRedis } from '../support/redis';
import { ussdHouse } from '../support/ussd-house';
import { describeSessionStore } from './session-store.contract';

const log = { warn: () => undefined, info: () => undefined };
const own = '+22376123456';

describeWithRedis('the Redis session store', (server) => {
  let redis: Redis;
  let database: TestDatabase;
  let nowMs = 0;
  beforeAll(async () => {
    database = await testDatabase();
    redis = await connectRedis(server.url, log);
  });
  /** Waits for a fact, not for a time: Redis answers again. */
  async function untilBack(): Promise<void> {
    for (;;) {
      try {
        await redis.run((client) => client.ping());
        return;
      } catch {
        await pause(5);
      }
    }
  }
  beforeEach(async () => {
    nowMs = 0;
    await untilBack();
    await redis.run((client) => client.flushAll());
    await database.truncateAll();
    await aHousehold()
      .withCard('12345678', '90')
      .on(own)
      .owed({})
      .save(database.db);
    await database.db.prisma.phone.create({
      data: { msisdn: own, locale: 'fr' },
    });
  });
  afterAll(async () => {
    await redis.close();
    await database.close();
  });

  describeSessionStore(() => ({
    store: redisSessionStore(redis, () => nowMs),
    age: (seconds) => {
      nowMs += seconds * 1000;
    },
  }));

  test('holds nothing that can be read: no number, card, amount or place', async () => {
    const house = ussdHouse(database.db, { store: redisSessionStore(redis) });
    const phone = aPhone(house, own);
    await phone.dial();
    await phone.type('1', '5678');
    expect(phone.screen).toContain('30 000 F CFA');

    const keys = await redis.run((client) => client.keys('*'));
    const values = await Promise.all(
      keys.map((key) => redis.run((client) => client.get(key))),
    );
    const held = [...keys, ...values].join('\n');
    expect(held).not.toMatch(/76123456|5678|30.?000|Kita|payment/);
  });

  test('a call goes on by its path when Redis has lost everything', async () => {
    const house = ussdHouse(database.db, { store: redisSessionStore(redis) });
    const phone = aPhone(house, own);
    await phone.dial();
    await phone.type('1');
    await redis.run((client) => client.flushAll());
    expect(await phone.type('5678')).toContain('30 000 F CFA');
  });

  describe('a step that one process could not keep', () => {
    const step = {
      ...{ sessionKey: 'a call', expectedSeq: 0, seq: 1, value: 'sealed' },
      callerKey: undefined,
    };
    let line: BadLine;
    let otherRedis: Redis;
    let one: SessionStore;
    let other: SessionStore;
    beforeEach(async () => {
      line = await badLine(Number(new URL(server.url).port));
      const url = `redis://127.0.0.1:${line.port}`;
      otherRedis = await connectRedis(url, log);
      one = redisSessionStore(otherRedis, () => nowMs);
      other = redisSessionStore(redis, () => nowMs);
      await other.load('a call');
      nowMs = 601_000;
      expect((await other.load('a call')).mayHaveForgotten).toBe(false);
    });
    afterEach(async () => {
      await redis.run((client) => client.configSet('maxmemory', '0'));
      await otherRedis.close();
      await line.close();
    });

    async function untilOthersKnow(): Promise<void> {
      while (!(await other.load('a call')).mayHaveForgotten) {
        await pause(10);
      }
    }

    test('is known to the others while Redis is full', async () => {
      await redis.run((client) => client.configSet('maxmemory', '1'));
      await expect(one.save(step)).rejects.toThrow();
      await untilOthersKnow();
    });

    test('is known to the others once Redis is within its reach, whether it is asked again or not', async () => {
      line.cut();
      await expect(one.save(step)).rejects.toThrow();
      line.mend();
      await untilOthersKnow();
    });

    test('is forgotten with the process: one that closes goes on with nothing', async () => {
      const runs = jest.spyOn(otherRedis, 'run');
      line.cut();
      await expect(one.save(step)).rejects.toThrow();
      await otherRedis.close();
      runs.mockClear();
      await pause(400);
      expect(runs).not.toHaveBeenCalled();
    });
  });

  test('a call goes on while Redis is dead, and after it is back', async () => {
    const house = ussdHouse(database.db, { store: redisSessionStore(redis) });
    const phone = aPhone(house, own);
    await phone.dial();
    await server.kill();
    expect(await phone.type('1', '5678')).toContain('30 000 F CFA');
    await server.start();
    expect(await phone.type('0')).toContain('1 Mon paiement');
  });

  test('a Redis that hangs keeps nobody waiting', async () => {
    const house = ussdHouse(database.db, { store: redisSessionStore(redis) });
    const phone = aPhone(house, own);
    await phone.dial();
    server.freeze();
    try {
      expect(await phone.type('1', '5678')).toContain('30 000 F CFA');
    } finally {
      server.thaw();
    }
  });
});
