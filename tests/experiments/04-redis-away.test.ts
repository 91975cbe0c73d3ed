import { connectRedis, type RedisClient } from '../../src/runtime/redis';
import { badLine, type BadLine } from '../support/bad-line';
import { countedPhones, wholeCall } from '../support/counted-phones';
import { scratchDatabase, type TestDatabase } from '../support/database';
import { gatewayLine } from '../support/gateway-line';
import { describeWithRedis } from '../support/redis';
import { tell } from '../support/tell';
import { aVillage, type Villager } from '../support/village';
import { aWalk, triedLater, walkOn, wrongOf } from '../support/walk';
import { startWeb, ussdPath, type WebProcess } from '../support/web-process';

const callers = 20;
let store: TestDatabase;
let web: WebProcess;
let line: BadLine;
let people: readonly Villager[];
let settled = 0;

describeWithRedis('A Redis of its own', (redis) => {
  const redisPort = () => Number(new URL(redis.url).port);

  beforeAll(async () => {
    store = await scratchDatabase();
    line = await badLine(redisPort());
    const REDIS_URL = `redis://127.0.0.1:${line.port}`;
    web = await startWeb({ env: { DATABASE_URL: store.url, REDIS_URL } });
  }, 60_000);
  beforeEach(async () => {
    people = await aVillage(store.db, callers, settled + 1);
    settled += callers;
    line.delayMs = 0;
    line.mend();
    await command((client) => client.configSet('maxmemory', '0'));
    await untilShared();
    await longKept();
  });
  afterAll(async () => {
    await web.close();
    await line.close();
    await store.close();
  });

  /** The process finds its Redis again by itself: the test waits for that fact. */
  async function untilShared(): Promise<void> {
    for (;;) {
      const { checks } = (await (
        await fetch(`http://127.0.0.1:${web.port}/readyz`)
      ).json()) as { checks: Record<string, string> };
      if (checks['redis'] === 'ok') return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** A Redis that has kept everything for an hour, as the service sees it. */
  async function longKept(): Promise<void> {
    await command((client) =>
      client.set('jigi:ussd:epoch', String(Date.now() - 3_600_000)),
    );
  }

  async function command<T>(
    work: (client: RedisClient) => Promise<T>,
  ): Promise<T> {
    const silent = { warn: () => undefined, info: () => undefined };
    const connected = await connectRedis(redis.url, silent);
    try {
      return await connected.run(work);
    } finally {
      await connected.close();
    }
  }

  /** Half of the callers have begun when it happens; the others begin afterwards. */
  async function walkThrough(
    experiment: string,
    happens: () => Promise<void> | void,
    after: () => Promise<void> | void = () => undefined,
  ): Promise<void> {
    const gateway = gatewayLine(web.port, ussdPath, callers);
    const phones = countedPhones((form) => gateway.post(form));
    const walks = people.map((person) =>
      aWalk(phones.call(person.msisdn), wholeCall(person)),
    );
    const some = (at: number) => (at % 2 === 0 ? 1 + (at % 8) : 0);
    await Promise.all(walks.map((walk, at) => walkOn(walk, some(at))));
    await happens();
    await Promise.all(walks.map((walk, at) => walkOn(walk, 3 + (at % 6))));
    await after();
    await Promise.all(walks.map((walk) => walkOn(walk)));
    gateway.close();

    tell(experiment, {
      callers,
      tryLater: triedLater(walks),
      longestMs: Math.round(phones.longestMs()),
    });
    expect(wrongOf(walks)).toEqual([]);
    await oneRequestEach((msisdn) => phones.referencesOf(msisdn));
  }

  async function oneRequestEach(
    told: (msisdn: string) => string[],
  ): Promise<void> {
    for (const { msisdn, serial } of people) {
      const filed = await store.db.prisma.complaint.findMany({
        where: { household: { householdNumber: `V-${serial}` } },
      });
      expect(told(msisdn)).toEqual(filed.map(({ reference }) => reference));
      expect(filed).toHaveLength(1);
    }
  }

  /** Warnings that the process has counted. */
  async function warnings(): Promise<number> {
    const found = /jigi_log_lines_total\{level="warn"\} (\d+)/.exec(
      await web.figures(),
    );
    return Number(found?.[1] ?? 0);
  }

  test('experiment 5: Redis full in mid-session: calls go on by their path, one request each, and warnings are counted', async () => {
    const before = await warnings();
    await walkThrough('experiment 5, full', async () => {
      await command((client) => client.configSet('maxmemory', '1'));
    });
    expect(await warnings()).toBeGreaterThan(before);
  }, 60_000);

  test('experiment 5: Redis two seconds slow: every answer comes before the gateway gives up, and is right', async () => {
    const before = await warnings();
    await walkThrough('experiment 5, slow', () => {
      line.delayMs = 1_000;
    });
    expect(await warnings()).toBeGreaterThan(before);
  }, 60_000);

  test('experiment 4: Redis out of reach in mid-session and back with all it knew: calls that began without it go on', async () => {
    await walkThrough(
      'experiment 4, back',
      () => line.cut(),
      async () => {
        line.mend();
        await untilShared();
      },
    );
  }, 60_000);

  test('experiment 4: Redis killed in mid-session, not back: calls go on by their path, one request each', async () => {
    await walkThrough('experiment 4, dead', () => redis.kill());
  }, 60_000);
});
