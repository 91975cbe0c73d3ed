import {
  countedPhones,
  wholeCall,
  type CountedPhones,
} from '../support/counted-phones';
import { scratchDatabase, type TestDatabase } from '../support/database';
import { gatewayLine, type GatewayAnswer } from '../support/gateway-line';
import { describeWithRedis } from '../support/redis';
import { tell } from '../support/tell';
import { aVillage, type Villager } from '../support/village';
import { aWalk, triedLater, walkOn, wrongOf } from '../support/walk';
import { startWeb, ussdPath, type WebProcess } from '../support/web-process';

/** Ten thousand with `FULL=1`. */
const sessions = process.env['FULL'] === '1' ? 10_000 : 1_000;
const atOnce = 60;

let store: TestDatabase;
let people: readonly Villager[];
const webs: WebProcess[] = [];

describeWithRedis('Two processes', (redis) => {
  const start = (port?: number): Promise<WebProcess> =>
    startWeb({
      ...(port === undefined ? {} : { port }),
      env: { DATABASE_URL: store.url, REDIS_URL: redis.url },
    });

  beforeAll(async () => {
    store = await scratchDatabase();
    people = await aVillage(store.db, sessions);
    webs.push(await start(), await start());
  }, 60_000);
  afterAll(async () => {
    await Promise.all(webs.map((web) => web.close()));
    await store.close();
  });

  test(`experiment 3: ${sessions} calls whose steps alternate between two processes, one killed with -9 and started again on the way: no wrong screen, no double effect`, async () => {
    const balancer = roundRobin(webs);
    const phones = countedPhones(balancer.post);
    let begun = 0;
    const sum = { calls: 0, tryLater: 0, wrong: [] as string[] };
    const caller = async (): Promise<void> => {
      while (begun < people.length) {
        const person = people[begun];
        begun += 1;
        if (person === undefined) return;
        const walk = aWalk(phones.call(person.msisdn), wholeCall(person));
        await walkOn(walk);
        sum.calls += 1;
        sum.tryLater += triedLater([walk]);
        sum.wrong.push(...wrongOf([walk]));
      }
    };
    const death = (async () => {
      while (begun < sessions / 3) await turn();
      const [victim] = webs;
      if (victim === undefined) throw new Error('nobody to kill');
      victim.signal('SIGKILL');
      await victim.close();
      while (begun < sessions / 2) await turn();
      webs[0] = await start(victim.port);
    })();
    await Promise.all([...Array.from({ length: atOnce }, caller), death]);
    balancer.close();

    const { wrong, ...counts } = sum;
    tell('experiment 3, two processes', {
      ...counts,
      steps: phones.seen.length,
      taken: balancer.taken,
      sentAgain: balancer.sentAgain(),
    });
    expect(wrong).toEqual([]);
    expect(Math.min(...balancer.taken)).toBeGreaterThan(sessions);
    await oneRequestEach(phones);
  }, 1_200_000);

  /** What every phone was told is what the store holds of it. */
  async function oneRequestEach(phones: CountedPhones): Promise<void> {
    const filed = await store.db.prisma.complaint.findMany({
      select: {
        reference: true,
        household: { select: { householdNumber: true } },
      },
    });
    expect(filed).toHaveLength(sessions);
    const told = new Map<string, Set<string>>();
    for (const { msisdn, body } of phones.seen) {
      const reference = /\d\d \d\d \d\d \d\d\b/.exec(body)?.[0];
      if (!body.includes('enregistrée') || reference === undefined) continue;
      const known = told.get(msisdn) ?? new Set();
      told.set(msisdn, known.add(reference.replaceAll(' ', '')));
    }
    for (const { reference, household } of filed) {
      const serial = Number(household?.householdNumber.slice(2));
      const { msisdn = '' } = people[serial - 1] ?? {};
      expect([...(told.get(msisdn) ?? [])]).toEqual([reference]);
    }
  }
});

interface Balancer {
  post: (form: Readonly<Record<string, string>>) => Promise<GatewayAnswer>;
  /** Steps that each process answered. */
  taken: number[];
  sentAgain(): number;
  close(): void;
}

/** One step to each process in turn; a step that a dead one did not answer goes to the next. */
function roundRobin(processes: readonly WebProcess[]): Balancer {
  const lines = processes.map(({ port }) =>
    gatewayLine(port, ussdPath, atOnce),
  );
  const taken = lines.map(() => 0);
  let posted = 0;
  let again = 0;
  return {
    taken,
    sentAgain: () => again,
    async post(form) {
      posted += 1;
      const first = posted;
      for (let tries = 0; ; tries += 1) {
        const at = (first + tries) % lines.length;
        try {
          const answer = await lines[at]?.post(form);
          if (answer === undefined) throw new Error('no process');
          taken[at] = (taken[at] ?? 0) + 1;
          return answer;
        } catch (error) {
          again += 1;
          if (tries > 10) throw error;
        }
      }
    },
    close: () => {
      for (const line of lines) line.close();
    },
  };
}

/** Lets others go on: the test waits for a fact, not for a time. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
