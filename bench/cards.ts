import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gatewayLine } from '../tests/support/gateway-line';
import { median } from './figures';
import type { BenchOptions, Figure } from './part';
import { startRedis, startService } from './servers';
import { openBenchStore } from './store';

const token = 'a-token-of-the-bench';
const doorPath = `/webhooks/africastalking/${token}/ussd`;

/** How many households there are, and how many cards are tried. */
const whole = { households: 100_000, tries: 2_000 };
const quick = { households: 20_000, tries: 100 };

/** A card that is there with a wrong back, and one that is not there, in turn: nobody may tell them apart by time. */
export async function run(options: BenchOptions): Promise<Figure[]> {
  const plan = options.quick ? quick : whole;
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-bench-cards-'));
  const closing: (() => Promise<void> | void)[] = [
    () => rmSync(folder, { recursive: true }),
  ];
  try {
    const store = await openBenchStore(plan.households, options);
    closing.push(() => store.close());
    const redis = await startRedis();
    closing.push(() => redis.stop());
    const service = await startService(
      {
        DATABASE_URL: store.url,
        REDIS_URL: `redis://127.0.0.1:${redis.port}`,
        WEBHOOK_TOKENS: token,
        SESSION_SECRET: 'a-session-secret-of-the-bench-long-enough',
        HASH_KEY: 'a-hash-key-of-the-bench-long-enough-to-be-one',
      },
      path.join(folder, 'service.log'),
    );
    closing.push(() => service.stop());
    return figuresOf(await tryCards(service.port, plan), options);
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

/** What each try took, in milliseconds. */
interface Times {
  wrong: number[];
  missing: number[];
}

/** Both kinds in turn; which comes first changes, so that neither is always the warmer. */
async function tryCards(port: number, plan: typeof whole): Promise<Times> {
  const line = gatewayLine(port, doorPath, 1);
  const times: Times = { wrong: [], missing: [] };
  const warmUps = Math.ceil(plan.tries / 10);
  for (let at = -warmUps; at < plan.tries / 2; at += 1) {
    const serial = at + warmUps;
    const kinds = ['wrong', 'missing'] as const;
    for (const kind of serial % 2 === 0 ? kinds : kinds.toReversed()) {
      const card = (kind === 'wrong' ? 10_000_000 : 90_000_000) + serial;
      const back = String((serial + 1) % 100).padStart(2, '0');
      const tookMs = await tryCard(line, kind, serial, `${card}${back}`);
      if (at >= 0) times[kind].push(tookMs);
    }
  }
  line.close();
  return times;
}

/** A call from a phone that nobody knows; only the step with the card is timed. @throws Error when it is answered otherwise */
async function tryCard(
  line: ReturnType<typeof gatewayLine>,
  kind: string,
  serial: number,
  digits: string,
): Promise<number> {
  const number = 22_360_000_000 + serial * 2 + (kind === 'wrong' ? 0 : 1);
  const send = (text: string) =>
    line.post({
      ...{ text, sessionId: `ATUid_${kind}_${serial}` },
      ...{ phoneNumber: `+${number}`, serviceCode: '*384*55#' },
      networkCode: '61001',
    });
  for (const text of ['', '2', '2*1']) await send(text);
  const began = performance.now();
  const { body } = await send(`2*1*${digits}`);
  const tookMs = performance.now() - began;
  if (!body.includes('Pas trouvé'))
    throw new Error(`a ${kind} card is answered: ${body}`);
  return tookMs;
}

function figuresOf({ wrong, missing }: Times, { say }: BenchOptions): Figure[] {
  say(
    `  wrong ${median(wrong).toFixed(2)} ms, missing ${median(missing).toFixed(2)} ms, ${wrong.length} of each`,
  );
  return [{ name: 'cards.missing', value: median(missing) / median(wrong) }];
}
