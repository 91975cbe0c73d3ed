import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { refreshFigures } from '../src/complaints/refresh-figures';
import { systemClock } from '../src/runtime/clock';
import { connectDatabase } from '../src/runtime/database';
import { staffDesk } from '../src/staff/staff-desk';
import { withDamm } from '../src/text/check-digit';
import {
  anAccount,
  type OpenedAccount,
  password,
} from '../tests/support/staff';
import { fillComplaints } from './console-store';
import { median, percentile } from './figures';
import { anOfficer, type Officer } from './officer';
import type { BenchOptions, Figure } from './part';
import type { Load, Seen } from './programs/load';
import { startProgram, startRedis, startService } from './servers';
import { openBenchStore } from './store';

const token = 'a-token-of-the-bench';
const hashKey = 'a-hash-key-of-the-bench-long-enough-to-be-one';

const whole = {
  ...{ households: 1_000_000, complaints: 200_000, officers: 20 },
  ...{ seconds: 90, thinkMs: 2_000, stepsPerSecond: 200 },
};
const quick: typeof whole = {
  ...{ households: 20_000, complaints: 4_000, officers: 4 },
  ...{ seconds: 5, thinkMs: 200, stepsPerSecond: 50 },
};

const kinds = ['inbox', 'search', 'case', 'dashboard'] as const;
type Kind = (typeof kinds)[number];
type Times = Record<Kind, number[]>;

/** Officers click through the console while callers dial; what each kind of page takes, as its browser sees it. */
export async function run(options: BenchOptions): Promise<Figure[]> {
  const plan = options.quick ? quick : whole;
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-bench-console-'));
  const closing: (() => Promise<void> | void)[] = [
    () => rmSync(folder, { recursive: true }),
  ];
  try {
    const store = await openBenchStore(plan.households, options);
    closing.push(() => store.close());
    const accounts = await prepare(store.url, plan, options);
    const redis = await startRedis();
    closing.push(() => redis.stop());
    const service = await startService(
      {
        DATABASE_URL: store.url,
        REDIS_URL: `redis://127.0.0.1:${redis.port}`,
        WEBHOOK_TOKENS: token,
        SESSION_SECRET: 'a-session-secret-of-the-bench-long-enough',
        HASH_KEY: hashKey,
      },
      path.join(folder, 'service.log'),
    );
    closing.push(() => service.stop());
    const officers: Officer[] = [];
    for (const [at, account] of accounts.entries())
      officers.push(await signIn(service.port, at, account));
    const load: Load = {
      ...{ port: service.port, path: `/webhooks/africastalking/${token}/ussd` },
      ...{ callers: 50, households: plan.households, own: true },
      ...{ seconds: plan.seconds, stepsPerSecond: plan.stepsPerSecond },
    };
    const times: Times = { inbox: [], search: [], case: [], dashboard: [] };
    const end = performance.now() + plan.seconds * 1000;
    const [calls] = await Promise.all([
      dial(load),
      ...officers.map((officer, at) =>
        click(officer, at, { times, end, plan }),
      ),
    ]);
    return figuresOf(times, calls, plan, options);
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

/** Complaints, their figures, and one account for each officer: of the nation, of regions and of cercles. */
async function prepare(
  url: string,
  plan: typeof whole,
  { say }: BenchOptions,
): Promise<OpenedAccount[]> {
  const began = performance.now();
  await fillComplaints(url, plan, (serial) =>
    withDamm(String(1_000_000 + serial)),
  );
  const db = connectDatabase(url, { max: 4, statementTimeoutMs: 0 });
  try {
    const clock = systemClock();
    await db.pool.query('delete from figure_states');
    await refreshFigures({ db, clock });
    const desk = staffDesk({ db, clock, hashKey, demo: false });
    // A kept store has those of earlier runs.
    const run = Date.now();
    const accounts: OpenedAccount[] = [];
    for (let at = 0; at < plan.officers; at += 1)
      accounts.push(
        await anAccount(desk, { ...post(at), login: `bench-${run}-${at}` }),
      );
    say(
      `  ${plan.complaints} complaints and ${plan.officers} accounts in ${((performance.now() - began) / 1000).toFixed(0)} s`,
    );
    return accounts;
  } finally {
    await db.close();
  }
}

function post(at: number): { role: string; territory: string } {
  if (at % 4 === 0) return { role: 'safeguards', territory: '' };
  return at % 4 === 1
    ? { role: 'regionOfficer', territory: `BR${at % 2}` }
    : { role: 'cercleOfficer', territory: `BC${at % 10}` };
}

async function signIn(
  port: number,
  at: number,
  account: OpenedAccount,
): Promise<Officer> {
  const officer = anOfficer(port, `41.73.98.${at}`);
  await officer.open('/console/connexion');
  await officer.send('/console/connexion', {
    ...{ identifiant: account.login, 'mot-de-passe': password },
  });
  const start = await officer.send('/console/second-facteur', {
    code: account.code(),
  });
  if (!start.includes('Bonjour')) throw new Error('an officer is not let in');
  return officer;
}

/** One officer, page after page, with a while to read each. */
async function click(
  officer: Officer,
  serial: number,
  { times, end, plan }: { times: Times; end: number; plan: typeof whole },
): Promise<void> {
  const timed = async (kind: Kind, page: Promise<string>): Promise<string> => {
    const began = performance.now();
    const text = await page;
    times[kind].push(performance.now() - began);
    await pause(plan.thinkMs * (0.5 + Math.random()));
    return text;
  };
  await pause(Math.random() * plan.thinkMs);
  for (let turn = serial; performance.now() < end; turn += 1) {
    const inbox = await timed(
      'inbox',
      officer.open(`/console/demandes${views[turn % views.length] ?? ''}`),
    );
    const references = [...inbox.matchAll(/\/demandes\/(\d{8})"/g)];
    const reference = references[turn % references.length]?.[1];
    if (reference !== undefined) {
      await timed('case', officer.open(`/console/demandes/${reference}`));
      await officer.open('/console/demandes');
      await timed(
        'search',
        officer.send('/console/demandes/chercher', { cherche: reference }),
      );
    }
    const period = periods[turn % periods.length] ?? '';
    await timed(
      'dashboard',
      officer.open(
        `/console/chiffres?periode=${period}&categorie=C${2 + (turn % 6)}`,
      ),
    );
  }
  officer.close();
}

const views = ['', '?vue=en-retard', '?categorie=C2', '?vue=closes'] as const;

const thisYear = new Date().getUTCFullYear();
const periods = [thisYear, thisYear - 1, `${thisYear - 1}-T2`].map(String);

/** Callers at a fixed pace. @throws Error when an answer was wrong */
async function dial(load: Load): Promise<Seen> {
  const driver = startProgram('load');
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

function figuresOf(
  times: Times,
  calls: Seen,
  { seconds, stepsPerSecond }: typeof whole,
  { say }: BenchOptions,
): Figure[] {
  say(
    `  ${kinds.map((kind) => `${kind} ${times[kind].length} (median ${median(times[kind]).toFixed(0)} ms)`).join(', ')}; load average ${loadavg()[0]?.toFixed(1) ?? ''}`,
  );
  say(
    `  ${calls.steps} of ${seconds * stepsPerSecond} steps, p99 ${percentile(calls.latencies, 0.99).toFixed(0)} ms`,
  );
  // Fewer steps than were due: the pace was not kept, and no figure would be honest.
  const isKept = calls.steps >= seconds * stepsPerSecond * 0.98;
  return kinds.map((kind) => ({
    name: `console.${kind}.p95`,
    value: isKept ? percentile(times[kind], 0.95) : Number.NaN,
  }));
}
