import { checkReadiness } from '../../src/runtime/health';
import { connectRedis, type Redis } from '../../src/runtime/redis';
import { testDatabase, type TestDatabase } from '../support/database';
import { describeWithRedis } from '../support/redis';

const told: string[] = [];
const log = {
  warn: (line: string) => void told.push(line),
  info: (line: string) => void told.push(line),
};

describeWithRedis('Redis', (server) => {
  let redis: Redis;

  beforeEach(async () => {
    told.length = 0;
    redis = await connectRedis(server.url, log, { commandTimeoutMs: 250 });
  });

  afterEach(() => redis.close());

  const get = (key: string) => redis.run((client) => client.get(key));

  /** Asks again and again until Redis answers: the test waits for a fact, not for a time. */
  async function untilBack(): Promise<void> {
    for (;;) {
      try {
        await get('any');
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  test('keeps and gives back', async () => {
    await redis.run((client) => client.set('a', '1', { PX: 60_000 }));
    expect(await get('a')).toBe('1');
  });

  test('that is killed makes a command fail, not wait, and is used again when it is back', async () => {
    await redis.run((client) => client.set('a', '1'));
    await server.kill();
    for (let tries = 0; tries < 20; tries += 1)
      await expect(get('a')).rejects.toThrow(/redis/);
    await server.start();
    await untilBack();
    await redis.run((client) => client.set('a', '2'));
    expect(await get('a')).toBe('2');
    expect(told).toEqual(['redis is away', 'redis is back']);
  });

  test('that is frozen makes a command fail, and is used again when it goes on', async () => {
    server.freeze();
    await expect(get('a')).rejects.toThrow('redis is silent');
    server.thaw();
    await untilBack();
  });

  test('that refuses a command is told as unavailable, with its own words as cause', async () => {
    await redis.run((client) => client.set('text', 'x'));
    await expect(
      redis.run((client) => client.lPush('text', 'y')),
    ).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('that is away at start does not keep the service from starting', async () => {
    await redis.close();
    await server.kill();
    redis = await connectRedis(server.url, log, { firstConnectionMs: 50 });
    await expect(get('a')).rejects.toThrow('redis is away');
    await server.start();
    await untilBack();
  });

  describe('and readiness', () => {
    let store: TestDatabase;

    beforeAll(async () => {
      store = await testDatabase();
    });

    afterAll(() => store.close());

    test('follows Redis', async () => {
      const parts = { db: store.db, redis };
      expect(await checkReadiness(parts)).toEqual({
        ready: true,
        checks: { database: 'ok', redis: 'ok' },
      });
      await server.kill();
      expect(await checkReadiness(parts)).toEqual({
        ready: false,
        checks: { database: 'ok', redis: 'down' },
      });
      await server.start();
    });
  });
});
