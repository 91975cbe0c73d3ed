import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { figureOf, median, percentile } from './figures';
import type { BenchOptions, Figure } from './part';
import type { Load, Seen } from './programs/load';
import type { SinkCount } from './programs/sms-sink';
import {
  type Server,
  startProgram,
  startRivalProgram,
  startWorker,
} from './servers';
import { fill } from './sms-sending';

/** How long and how fast calls come beside sending. */
export interface BesidePlan {
  households: number;
  besideRounds: number;
  roundSeconds: number;
  stepsPerSecond: number;
  inFlight: number;
  sinkMs: number;
}

/** What calls and messages share. */
interface Place {
  url: string;
  service: Server;
  doorPath: string;
  env: Readonly<Record<string, string>>;
  logFile: string;
}

/**
 * The whole worker sends personalised messages through a gateway that takes its time, while callers dial at a fixed
 * pace; and they dial without it, in turn. How fast it sends, and what callers notice.
 */
export async function besideCalls(
  place: Place,
  plan: BesidePlan,
  { say }: BenchOptions,
): Promise<Figure[]> {
  const sink = await startRivalProgram('sms-sink', [String(plan.sinkMs)]);
  const bound = plan.inFlight / (plan.sinkMs / 1000);
  const rates: number[] = [];
  const latencies = { quiet: [] as number[], busy: [] as number[] };
  try {
    for (let round = -1; round < plan.besideRounds; round += 1) {
      const quiet = await dial(place, plan);
      // More than can go while it is looked at.
      await fill(place.url, bound * (plan.roundSeconds + 15), true);
      const worker = await startWorker(
        {
          ...place.env,
          ...{ KANNEL_URL: `http://127.0.0.1:${sink.server.port}` },
          SMS_IN_FLIGHT: String(plan.inFlight),
        },
        place.logFile,
      );
      await flowing(sink.program);
      const busy = await dial(place, plan);
      const { messages, seconds } = await counted(sink.program);
      await worker.stop();
      if (round < 0) continue;
      rates.push(messages / seconds / bound);
      latencies.quiet.push(percentile(quiet.latencies, 0.99));
      latencies.busy.push(percentile(busy.latencies, 0.99));
    }
  } finally {
    await sink.server.stop();
  }
  say(
    `  ${(median(rates) * bound).toFixed(0)} messages/s of at most ${bound}; p99 of calls ${median(latencies.quiet).toFixed(1)} ms without, ${median(latencies.busy).toFixed(1)} ms with them`,
  );
  const ratios = latencies.busy.map(
    (busy, at) => busy / (latencies.quiet[at] ?? Number.NaN),
  );
  return [figureOf('sms.flight.rate', rates), figureOf('sms.ussd.p99', ratios)];
}

/** Waits until messages come, a second long, and begins to count anew. */
async function flowing(program: Parameters<typeof counted>[0]): Promise<void> {
  for (;;) {
    await pause(1_000);
    if ((await counted(program)).messages > 100) return;
  }
}

async function counted(
  program: ReturnType<typeof startProgram>,
): Promise<SinkCount> {
  const told = once(program, 'message');
  program.send('count');
  // bench/programs/sms-sink.ts tells nothing else after its port.
  const [count] = (await told) as [SinkCount];
  return count;
}

/** Callers at a fixed pace. @throws Error when an answer was wrong */
async function dial(
  { service, doorPath }: Place,
  { households, roundSeconds: seconds, stepsPerSecond }: BesidePlan,
): Promise<Seen> {
  const driver = startProgram('load');
  const load: Load = {
    ...{ port: service.port, path: doorPath, callers: 50, households },
    ...{ own: true, seconds, stepsPerSecond },
  };
  driver.send(load);
  // bench/programs/load.ts sends nothing else.
  const [seen] = (await once(driver, 'message')) as [Seen];
  driver.kill();
  if (seen.wrongCount > 0)
    throw new Error(
      `${seen.wrongCount} wrong answers, such as ${seen.wrong.join('; ')}`,
    );
  return seen;
}
