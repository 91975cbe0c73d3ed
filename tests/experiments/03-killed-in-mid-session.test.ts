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
let people: readonly Villager[];
let web: WebProcess;

beforeEach(async () => {
  store = await scratchDatabase();
  people = await aVillage(store.db, callers);
}, 60_000);
afterEach(async () => {
  await web.close();
  await store.close();
});

/** Every caller goes some steps, the process dies and comes back, and every caller goes on. */
async function walkThroughDeath(env: Record<string, string>): Promise<void> {
  web = await startWeb({ env: { DATABASE_URL: store.url, ...env } });
  const line = gatewayLine(web.port, ussdPath, callers);
  const phones = countedPhones((form) => line.post(form));
  const walks = people.map((person) =>
    aWalk(phones.call(person.msisdn), wholeCall(person)),
  );
  // Nobody is cut at the same place as her neighbour; some have filed their request already.
  await Promise.all(walks.map((walk, at) => walkOn(walk, 1 + (at % 8))));
  web.signal('SIGKILL');
  await web.ended;
  const { port } = web;
  await web.close();
  web = await startWeb({ port, env: { DATABASE_URL: store.url, ...env } });
  await Promise.all(walks.map((walk) => walkOn(walk)));
  line.close();

  tell('experiment 3', {
    callers,
    tryLater: triedLater(walks),
    longestMs: Math.round(phones.longestMs()),
  });
  expect(wrongOf(walks)).toEqual([]);
  const filed = await store.db.prisma.complaint.findMany();
  expect(filed).toHaveLength(callers);
  expect(
    people.flatMap(({ msisdn }) => phones.referencesOf(msisdn)).sort(),
  ).toEqual(filed.map(({ reference }) => reference).sort());
}

test('experiment 3: kill -9 of the web process in mid-session, sessions in its memory: every call goes on by its path, one request each', async () => {
  await walkThroughDeath({});
}, 60_000);

describeWithRedis('experiment 3', (redis) => {
  test('experiment 3: kill -9 of the web process in mid-session, sessions in Redis: every call goes on where it was, one request each', async () => {
    await walkThroughDeath({ REDIS_URL: redis.url });
  }, 60_000);
});
