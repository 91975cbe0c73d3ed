import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { figureOf, median, percentile } from './figures';
import { watchMemory } from './memory';
import { cpuSeconds } from './process-cost';
import type { BenchOptions, Figure } from './part';
import type { Load, Seen } from './programs/load';
import { startProgram, startRedis, startRival, startService } from './servers';
import type { Server } from './servers';
import { openBenchStore } from './store';

const token = 'a-token-of-the-bench';
const servicePath = `/webhooks/africastalking/${token}/ussd`;

/** How long and how large a run is. */
interface Plan {
  households: number;
  callers: number;
  /** Rounds that are driven and not counted: until the just-in-time compiler has seen it all. */
  warmUps: number;
  rounds: number;
  roundSeconds: number;
  pacedSeconds: number;
  stepsPerSecond: number;
}

const whole: Plan = {
  households: 1_000_000,
  callers: 50,
  warmUps: 3,
  rounds: 7,
  roundSeconds: 5,
  pacedSeconds: 120,
  stepsPerSecond: 500,
};

const quick: Plan = {
  households: 20_000,
  callers: 20,
  warmUps: 1,
  rounds: 2,
  roundSeconds: 1,
  pacedSeconds: 4,
  stepsPerSecond: 200,
};

/** Whom the rounds compare; each has a process of its own, and one is driven at a time. */
type Contestant = 'http' | 'express' | 'menu' | 'service';

/** What one round gave of one contestant. */
interface Round {
  rate: number;
  p99: number;
  /** Processor time of the server alone, in microseconds a step. */
  cpu: number;
}

/** The five-step payment session on the whole service, beside a bare Express and ussd-menu-builder. */
export async function run(options: BenchOptions): Promise<Figure[]> {
  const plan = options.quick ? quick : whole;
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-bench-run-'));
  const closing: (() => Promise<void> | void)[] = [
    () => rmSync(folder, { recursive: true }),
  ];
  try {
    const store = await openBenchStore(plan.households, options);
    closing.push(() => store.close());
    const redis = await startRedis();
    closing.push(() => redis.stop());
    const servers = await startAll(store.url, redis, folder, closing);
    const rounds = await compare(servers, plan, options);
    const paced = await pace(servers.service, plan, options);
    return [...ratiosOf(rounds), ...paced];
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function startAll(
  databaseUrl: string,
  redis: Server,
  folder: string,
  closing: (() => Promise<void> | void)[],
): Promise<Record<Contestant, Server>> {
  const redisUrl = `redis://127.0.0.1:${redis.port}`;
  const settings = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    WEBHOOK_TOKENS: token,
    SESSION_SECRET: 'a-session-secret-of-the-bench-long-enough',
    HASH_KEY: 'a-hash-key-of-the-bench-long-enough-to-be-one',
  };
  const logFile = path.join(folder, 'service.log');
  const started = async (starting: Promise<Server>): Promise<Server> => {
    const server = await starting;
    closing.push(() => server.stop());
    return server;
  };
  return {
    http: await started(startRival('bare-http')),
    express: await started(startRival('bare-express')),
    menu: await started(startRival('menu-builder', [redisUrl])),
    service: await started(startService(settings, logFile)),
  };
}

/** Drives each contestant in turn, round after round, so that the machine's moods fall on all alike. */
async function compare(
  servers: Record<Contestant, Server>,
  plan: Plan,
  { say }: BenchOptions,
): Promise<Record<Contestant, Round[]>> {
  const rounds: Record<Contestant, Round[]> = {
    http: [],
    express: [],
    menu: [],
    service: [],
  };
  // Record's keys are the contestants; Object.keys forgets it.
  const names = Object.keys(rounds) as Contestant[];
  for (let round = -plan.warmUps; round < plan.rounds; round += 1) {
    for (const name of names) {
      const before = cpuSeconds(servers[name].pid);
      const seen = await drive(name, servers[name], plan);
      const used = cpuSeconds(servers[name].pid) - before;
      if (round >= 0) {
        rounds[name].push({
          rate: seen.steps / seen.seconds,
          p99: percentile(seen.latencies, 0.99),
          cpu: (used * 1e6) / seen.steps,
        });
      }
    }
  }
  for (const name of names) {
    const of = (key: keyof Round): number =>
      median(rounds[name].map((one) => one[key]));
    say(
      `  ${name.padEnd(8)} ${of('rate').toFixed(0).padStart(6)} steps/s, p99 ${of('p99').toFixed(1)} ms, ${of('cpu').toFixed(0)} us of processor a step`,
    );
  }
  return rounds;
}

function ratiosOf(rounds: Record<Contestant, Round[]>): Figure[] {
  const over = (a: Contestant, b: Contestant, of: keyof Round): number[] =>
    rounds[a].map((one, at) => one[of] / (rounds[b][at]?.[of] ?? Number.NaN));
  return [
    figureOf('ussd.express.rate', over('service', 'express', 'rate')),
    figureOf('ussd.express.p99', over('service', 'express', 'p99')),
    figureOf('ussd.menu.rate', over('service', 'menu', 'rate')),
    figureOf('ussd.express.cpu', over('service', 'express', 'cpu')),
    figureOf('ussd.driver.rate', over('http', 'express', 'rate')),
  ];
}

/** Keeps the service at a steady pace, and watches what it answers, how soon and on how much memory. */
async function pace(
  service: Server,
  plan: Plan,
  { say }: BenchOptions,
): Promise<Figure[]> {
  const { pacedSeconds: seconds, stepsPerSecond } = plan;
  say(`  ${stepsPerSecond} steps/s for ${seconds} s`);
  const memory = watchMemory(service.pid);
  const seen = await drive('service', service, plan, {
    seconds,
    stepsPerSecond,
  });
  memory.stop();
  const p99 = percentile(seen.latencies, 0.99);
  const due = seconds * stepsPerSecond;
  say(
    `  ${seen.steps} of ${due} steps, median ${median(seen.latencies).toFixed(1)} ms, slowest ${Math.max(...lastOf(seen.latencies)).toFixed(0)} ms`,
  );
  const half = memory.mib.slice(memory.mib.length / 2);
  const quarter = Math.ceil(half.length / 2);
  return [
    // Fewer steps than were due: the pace was not kept, and no figure would be honest.
    {
      name: 'ussd.paced.p99',
      value: seen.steps < due * 0.98 ? Number.NaN : p99,
    },
    ...(memory.mib.length === 0
      ? []
      : [
          { name: 'ussd.paced.memory', value: Math.max(...memory.mib) },
          {
            name: 'ussd.paced.growth',
            value: median(half.slice(quarter)) - median(half.slice(0, quarter)),
          },
        ]),
  ];
}

function lastOf(latencies: readonly number[]): number[] {
  return [percentile(latencies, 1)];
}

/** One load on one contestant, from a driver of its own. @throws Error when an answer was wrong */
async function drive(
  name: Contestant,
  server: Server,
  plan: Plan,
  paced: { seconds: number; stepsPerSecond?: number } = {
    seconds: plan.roundSeconds,
  },
): Promise<Seen> {
  const driver = startProgram('load');
  const load: Load = {
    port: server.port,
    path: name === 'service' ? servicePath : '/ussd',
    callers: plan.callers,
    households: plan.households,
    own: name === 'service',
    ...paced,
  };
  driver.send(load);
  // bench/programs/load.ts sends nothing else.
  const [seen] = (await once(driver, 'message')) as [Seen];
  driver.kill();
  if (seen.wrongCount > 0) {
    throw new Error(
      `${name}: ${seen.wrongCount} wrong answers of ${seen.steps}, such as ${seen.wrong.join('; ')}`,
    );
  }
  return seen;
}
