import { setTimeout as pause } from 'node:timers/promises';
import {
  countedPhones,
  wholeCall,
  type CountedPhones,
} from '../support/counted-phones';
import { scratchDatabase, type TestDatabase } from '../support/database';
import { gatewayLine } from '../support/gateway-line';
import { middleOf, watchProcess } from '../support/process-watch';
import { describeWithRedis } from '../support/redis';
import { tell } from '../support/tell';
import { aVillage, type Villager } from '../support/village';
import { aWalk, triedLater, walkOn, wrongOf, type Walk } from '../support/walk';
import { startWeb, ussdPath, type WebProcess } from '../support/web-process';

/** `npm run soak`: twenty minutes. */
const seconds = Number(process.env['SOAK_SECONDS'] ?? 60);
const stepsPerSecond = 60;
const callers = 30;
/** Nobody calls again within ten minutes: after a cut she would be asked whether to go on. */
const size = 2_000 + 10 * Math.min(seconds, 1_200);

let store: TestDatabase;
let web: WebProcess;
let people: readonly Villager[];

describeWithRedis('A long day', (redis) => {
  beforeAll(async () => {
    store = await scratchDatabase();
    people = await aVillage(store.db, size);
    web = await startWeb({
      env: { DATABASE_URL: store.url, REDIS_URL: redis.url },
    });
  }, 60_000);
  afterAll(async () => {
    await web.close();
    await store.close();
  });

  test(
    `experiment 28: a soak: every answer right, handles flat, memory bounded`,
    async () => {
      const line = gatewayLine(web.port, ussdPath, callers);
      const watch = watchProcess(web.pid);
      const sum = { calls: 0, steps: 0, tryLater: 0, wrong: [] as string[] };
      const endMs = performance.now() + seconds * 1_000;
      let begun = 0;
      const caller = async (): Promise<void> => {
        while (performance.now() < endMs) {
          const phones = countedPhones((form) => line.post(form));
          const walk = someCall(phones, begun);
          begun += 1;
          await paced(walk, endMs);
          sum.calls += 1;
          sum.steps += phones.seen.length;
          sum.tryLater += triedLater([walk]);
          sum.wrong.push(...wrongOf([walk]));
        }
      };
      await Promise.all(Array.from({ length: callers }, caller));
      watch.stop();
      line.close();

      const { mib, handles } = watch;
      const { wrong, ...counts } = sum;
      tell('experiment 28, soak', {
        seconds,
        ...counts,
        mib: [0.1, 0.25, 0.5, 0.75, 0.95].map((at) =>
          middleOf(mib, at, at + 0.05),
        ),
        handles: [0.1, 0.25, 0.5, 0.75, 0.95].map((at) =>
          middleOf(handles, at, at + 0.05),
        ),
      });
      expect(wrong).toEqual([]);
      expect(counts.steps).toBeGreaterThan(seconds * stepsPerSecond * 0.5);
      if (mib.length === 0) return;
      const growth = middleOf(mib, 0.75, 1) - middleOf(mib, 0.5, 0.75);
      expect(growth).toBeLessThan(50);
      expect(Math.max(...mib)).toBeLessThan(500);
      expect(middleOf(handles, 0.75, 1)).toBeLessThanOrEqual(
        middleOf(handles, 0.25, 0.5) + 5,
      );
    },
    seconds * 1_000 + 120_000,
  );
});

/** Most ask for their payment, some file a request, some mistype, some hang up on the way. */
function someCall(phones: CountedPhones, serial: number): Walk {
  const person = people[(serial * 11) % size];
  if (person === undefined) throw new Error('nobody lives here');
  const steps = wholeCall(person);
  const [dial, menu, card, ...more] = steps;
  const hear = [dial, menu, card].filter((step) => step !== undefined);
  const mistyped = { type: 'x', reads: /^CON [^]*1 Mon paiement/ };
  const walks = [
    steps,
    hear,
    [...hear.slice(0, 1), mistyped, ...hear.slice(1), ...more.slice(0, 1)],
    hear.slice(0, 2),
  ];
  return aWalk(
    phones.call(person.msisdn),
    walks[serial % walks.length] ?? hear,
  );
}

/** Every caller takes a step when it is due, not when the one before was answered. */
async function paced(walk: Walk, endMs: number): Promise<void> {
  const intervalMs = (1_000 * callers) / stepsPerSecond;
  for (let step = 1; step <= walk.steps.length; step += 1) {
    if (performance.now() > endMs) return;
    const dueMs = performance.now() + intervalMs * (0.5 + Math.random());
    await walkOn(walk, step);
    await pause(Math.max(0, dueMs - performance.now()));
  }
}
