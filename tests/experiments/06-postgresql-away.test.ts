import {
  countedPhones,
  saysTryLater,
  wholeCall,
  type CountedPhones,
} from '../support/counted-phones';
import { gatewayLine } from '../support/gateway-line';
import { ownPostgres, type OwnPostgres } from '../support/own-postgres';
import { tell } from '../support/tell';
import { aVillage, type Villager } from '../support/village';
import { aWalk, walkOn, wrongOf } from '../support/walk';
import { startWeb, ussdPath, type WebProcess } from '../support/web-process';

const callers = 40;
let store: OwnPostgres;
let web: WebProcess;
let people: readonly Villager[];
let line: ReturnType<typeof gatewayLine>;
let phones: CountedPhones;
let settled = 0;

beforeAll(async () => {
  store = await ownPostgres();
  web = await startWeb({ env: { DATABASE_URL: store.url } });
  line = gatewayLine(web.port, ussdPath, callers);
}, 60_000);
beforeEach(async () => {
  people = await aVillage(store.db, callers, settled + 1);
  settled += callers;
  phones = countedPhones((form) => line.post(form));
});
afterAll(async () => {
  line.close();
  await web.close();
  await store.close();
});

/** The door's own deadline: nobody is kept waiting longer, whatever happens. */
const doorMs = 3_000;

test('experiment 6: PostgreSQL stopped and started during calls: what needs no store goes on, the rest ends kindly, and the service is whole again by itself', async () => {
  const asked = people.map(({ msisdn }) => phones.call(msisdn));
  await Promise.all(asked.map((call) => call.dial()));
  await store.stop();
  const [without, withStore] = await Promise.all([
    Promise.all(asked.map((call) => call.send('5*3'))),
    Promise.all(people.map(({ msisdn }) => phones.call(msisdn).dial())),
  ]);
  expect(without.filter((read) => !read.includes('20 22 16 15'))).toEqual([]);
  expect(withStore.filter((read) => !saysTryLater(read))).toEqual([]);
  expect(phones.seen.filter(({ status }) => status !== 200)).toEqual([]);
  expect(phones.longestMs()).toBeLessThan(doorMs);

  await store.start();
  const backAt = performance.now();
  const first = people[0];
  if (first === undefined) throw new Error('nobody lives here');
  let read = '';
  while (!read.startsWith('CON ')) {
    read = await phones.call(first.msisdn).dial();
    expect(performance.now() - backAt).toBeLessThan(2_000);
  }
  const gapMs = Math.round(performance.now() - backAt);
  tell('experiment 6', { longestMs: Math.round(phones.longestMs()), gapMs });

  const walks = people.map((person) =>
    aWalk(phones.call(person.msisdn), wholeCall(person)),
  );
  await Promise.all(walks.map((walk) => walkOn(walk)));
  expect(wrongOf(walks)).toEqual([]);
}, 60_000);

test.each([
  ['stopped', () => store.stop()],
  ['crashed', () => store.crash()],
])(
  'experiment 8: PostgreSQL %s while requests are confirmed: told "recorded" is recorded, and nothing is recorded twice',
  async (how, die) => {
    const walks = people.map((person) =>
      aWalk(phones.call(person.msisdn), wholeCall(person)),
    );
    await Promise.all(walks.map((walk) => walkOn(walk, 7)));
    const confirm = walks.map(({ call }) => call.send(`${call.path}*3`));
    await Promise.race(confirm);
    await die();
    const read = await Promise.all(confirm);
    const recorded = read.filter((body) => body.includes('enregistrée'));
    const told = people.flatMap(({ msisdn }) => phones.referencesOf(msisdn));
    expect(told).toHaveLength(recorded.length);
    expect(
      read.filter(
        (body) => !body.includes('enregistrée') && !saysTryLater(body),
      ),
    ).toEqual([]);

    await store.start();
    const kept = await references();
    expect(told.filter((reference) => !kept.has(reference))).toEqual([]);
    tell(`experiment 8, ${how}`, {
      recorded: recorded.length,
      toldToTryLater: read.length - recorded.length,
    });

    // The gateway asks again on behalf of those who were told to try later.
    for (const { call } of walks) {
      let again = '';
      while (!again.includes('enregistrée')) {
        again = await call.send(`${call.path}*3`);
      }
    }
    const all = people.flatMap(({ msisdn }) => phones.referencesOf(msisdn));
    expect(all).toHaveLength(callers);
    expect(await references()).toEqual(new Set(all));
  },
  60_000,
);

/** Of every request of these callers that is in the store. */
async function references(): Promise<Set<string>> {
  const filed = await store.db.prisma.complaint.findMany({
    where: {
      household: {
        householdNumber: { in: people.map(({ serial }) => `V-${serial}`) },
      },
    },
    select: { reference: true },
  });
  return new Set(filed.map(({ reference }) => reference));
}
