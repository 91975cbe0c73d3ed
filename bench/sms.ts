import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BenchOptions, Figure } from './part';
import { startRedis, startRival, startService } from './servers';
import { type BesidePlan, besideCalls } from './sms-beside-calls';
import { queueing } from './sms-queueing';
import { sending, type SendingPlan } from './sms-sending';
import { openBenchStore } from './store';

const token = 'a-token-of-the-bench';

const settings = {
  WEBHOOK_TOKENS: token,
  SESSION_SECRET: 'a-session-secret-of-the-bench-long-enough',
  HASH_KEY: 'a-hash-key-of-the-bench-long-enough-to-be-one',
  KANNEL_USERNAME: 'bench',
  KANNEL_PASSWORD: 'a-password-of-the-bench',
  SMS_ROUTES: '{"*":["kannel"]}',
};

type Plan = SendingPlan &
  BesidePlan & {
    queueRounds: number;
    /** Messages for each household: they make a million of a hundred thousand. */
    copies: number;
  };

const whole: Plan = {
  ...{ households: 100_000, queueRounds: 2, copies: 10 },
  ...{ sendRounds: 3, messages: 100_000, personal: 10_000, jobs: 20_000 },
  ...{ besideRounds: 3, roundSeconds: 12, stepsPerSecond: 100 },
  ...{ inFlight: 50, sinkMs: 100 },
};

const quick: Plan = {
  ...{ households: 5_000, queueRounds: 1, copies: 2 },
  ...{ sendRounds: 1, messages: 5_000, personal: 500, jobs: 2_000 },
  ...{ besideRounds: 1, roundSeconds: 3, stepsPerSecond: 50 },
  ...{ inFlight: 20, sinkMs: 100 },
};

/** Messages: taken into the queue, carried to a gateway, and beside calls. */
export async function run(options: BenchOptions): Promise<Figure[]> {
  const plan = options.quick ? quick : whole;
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-bench-sms-'));
  const closing: (() => Promise<void> | void)[] = [
    () => rmSync(folder, { recursive: true }),
  ];
  try {
    const store = await openBenchStore(plan.households, options);
    closing.push(() => store.close());
    const redis = await startRedis();
    closing.push(() => redis.stop());
    const redisUrl = `redis://127.0.0.1:${redis.port}`;
    const { url } = store;
    const queued = await queueing(url, plan, folder, options);
    const sink = await startRival('sms-sink');
    closing.push(() => sink.stop());
    const sent = await sending({ url, sink, redisUrl }, plan, options);
    const env = { ...settings, DATABASE_URL: url, REDIS_URL: redisUrl };
    const logFile = path.join(folder, 'service.log');
    // The web process needs no gateway of its own, but the same settings.
    const here = { KANNEL_URL: `http://127.0.0.1:${sink.port}` };
    const service = await startService({ ...env, ...here }, logFile);
    closing.push(() => service.stop());
    const doorPath = `/webhooks/africastalking/${token}/ussd`;
    const place = { url, service, doorPath, env, logFile };
    return [...queued, ...sent, ...(await besideCalls(place, plan, options))];
  } finally {
    for (const close of closing.reverse()) await close();
  }
}
