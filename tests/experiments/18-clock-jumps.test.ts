import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { countedPhones, wholeCall } from '../support/counted-phones';
import { scratchDatabase, type TestDatabase } from '../support/database';
import { gatewayLine } from '../support/gateway-line';
import { describeWithRedis } from '../support/redis';
import { aVillage, type Villager } from '../support/village';
import { aWalk, walkOn, wrongOf } from '../support/walk';
import { startWeb, ussdPath, type WebProcess } from '../support/web-process';

const callers = 20;
const hourMs = 3_600_000;
const preload = path.join(__dirname, '../support/jumping-clock.cjs');
/** After half past eleven thirty minutes end tomorrow. */
const locked = /Réessayez (dans 30 minutes|demain)/;

let store: TestDatabase;
let people: readonly Villager[];
const webs: WebProcess[] = [];

describeWithRedis('One store', (redis) => {
  beforeAll(async () => {
    store = await scratchDatabase();
    people = await aVillage(store.db, 2 * callers);
  });
  afterEach(async () => {
    await Promise.all(webs.splice(0).map((web) => web.close()));
  });
  afterAll(() => store.close());

  /** A process whose machine's clock jumps at SIGUSR2. */
  async function process(jumpMs: number) {
    const web = await startWeb({
      preload,
      env: {
        DATABASE_URL: store.url,
        REDIS_URL: redis.url,
        CLOCK_JUMP_MS: String(jumpMs),
      },
    });
    webs.push(web);
    const line = gatewayLine(web.port, ussdPath, callers);
    return {
      post: line.post,
      async jump() {
        web.signal('SIGUSR2');
        while (!web.printed().includes('the clock shows')) await pause(10);
      },
    };
  }

  test.each([
    ['ahead', hourMs, 0],
    ['back', -hourMs, callers],
  ])(
    'experiment 18: the clock of one of two processes jumps an hour %s: calls go on in both, and locks hold in both',
    async (_where, jumpMs, from) => {
      const [right, wrong] = [await process(0), await process(jumpMs)];
      let taken = 0;
      const phones = countedPhones((form) => {
        taken += 1;
        return (taken % 2 === 0 ? right : wrong).post(form);
      });
      const [first, ...others] = people.slice(from, from + callers);
      if (first === undefined) throw new Error('nobody lives here');
      const walks = others.map((person) =>
        aWalk(phones.call(person.msisdn), wholeCall(person)),
      );
      await Promise.all(walks.map((walk, at) => walkOn(walk, 1 + (at % 7))));
      await wrong.jump();
      await Promise.all(walks.map((walk) => walkOn(walk)));
      expect(wrongOf(walks)).toEqual([]);
      expect(await store.db.prisma.complaint.count()).toBe(
        (from / callers + 1) * (callers - 1),
      );

      const call = countedPhones(wrong.post).call(first.msisdn);
      await call.dial();
      await call.type('1');
      for (const digits of ['0001', '0002', '0003']) await call.type(digits);
      expect(await call.type(first.digits)).toMatch(locked);
      for (const { post } of [right, wrong]) {
        const again = countedPhones(post).call(first.msisdn);
        await again.dial();
        await again.type('1');
        expect(await again.type(first.digits)).toMatch(locked);
      }
    },
    60_000,
  );
});
