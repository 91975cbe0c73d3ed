import { countedPhones, wholeCall } from '../support/counted-phones';
import { scratchDatabase, type TestDatabase } from '../support/database';
import { gatewayLine } from '../support/gateway-line';
import { describeWithRedis } from '../support/redis';
import { tell } from '../support/tell';
import { aVillage, type Villager } from '../support/village';
import { aWalk, triedLater, walkOn, wrongOf } from '../support/walk';
import { startWeb, ussdPath, type WebProcess } from '../support/web-process';

const sessions = 2_000;
/** Callers read and type: of the calls that are open, few have a step on its way. */
const inFlight = 100;

let store: TestDatabase;
let web: WebProcess;
let people: readonly Villager[];

describeWithRedis('A crowd', (redis) => {
  beforeAll(async () => {
    store = await scratchDatabase();
    people = await aVillage(store.db, sessions);
    web = await startWeb({
      env: { DATABASE_URL: store.url, REDIS_URL: redis.url },
    });
  }, 60_000);
  afterAll(async () => {
    await web.close();
    await store.close();
  });

  test(`experiment 28: ${sessions} sessions at once: every phone sees its own screens`, async () => {
    const line = gatewayLine(web.port, ussdPath, inFlight);
    const phones = countedPhones((form) => line.post(form));
    const walks = people.map((person) =>
      aWalk(phones.call(person.msisdn), wholeCall(person).slice(0, 4)),
    );
    // All of them are open before any goes on.
    for (let step = 1; step <= 4; step += 1)
      await Promise.all(walks.map((walk) => walkOn(walk, step)));
    line.close();
    tell('experiment 28, sessions', {
      sessions,
      tryLater: triedLater(walks),
      steps: phones.seen.length,
    });
    expect(wrongOf(walks)).toEqual([]);
  }, 120_000);

  test('experiment 28: SIGTERM under load: no failed answer, no lost request, exit 0 within ten seconds', async () => {
    const line = gatewayLine(web.port, ussdPath, inFlight);
    const phones = countedPhones((form) => line.post(form));
    const failed: string[] = [];
    let answered = 0;
    let isClosed = false;
    let told = 0;
    const caller = async (at: number): Promise<void> => {
      for (let round = 0; !isClosed; round += 1) {
        const person = people[(at + round * inFlight) % sessions];
        if (person === undefined) return;
        const walk = aWalk(phones.call(person.msisdn), wholeCall(person));
        try {
          await walkOn(walk);
        } catch (error) {
          // A line that is not taken any more: the gateway asks another process.
          isClosed = true;
          if (!wasNotTaken(error)) failed.push(String(error));
        }
        answered += walk.at;
        failed.push(...walk.wrong);
      }
    };
    const calling = Array.from({ length: inFlight }, (_, at) => caller(at));
    while (phones.seen.length < 500)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const began = performance.now();
    web.signal('SIGTERM');
    expect(await web.ended).toBe(0);
    const seconds = (performance.now() - began) / 1_000;
    isClosed = true;
    await Promise.all(calling);
    line.close();
    const filed = await store.db.prisma.complaint.count();
    for (const { msisdn } of people) told += phones.referencesOf(msisdn).length;
    tell('experiment 28, SIGTERM', {
      ...{ answered, filed, told },
      seconds: Number(seconds.toFixed(2)),
    });
    expect(failed).toEqual([]);
    expect(phones.seen.filter(({ status }) => status !== 200)).toEqual([]);
    expect(told).toBe(filed);
    // After five seconds lines would be cut, answers under way with them.
    expect(seconds).toBeLessThan(5);
  }, 60_000);
});

/** Nobody listens there any more, or the line was closed in the very moment in which it was asked. */
function wasNotTaken(error: unknown): boolean {
  // Errors of Node are of another realm in Jest: only their code tells them.
  const { code } = error as { code?: unknown };
  return code === 'ECONNREFUSED' || code === 'ECONNRESET';
}
