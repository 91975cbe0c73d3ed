import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { csvLine } from '../src/exchange/csv-cells';
import type { ImportSummary } from '../src/exchange/import-file';
import { syntheticHouseholds } from '../src/exchange/synthetic-households';
import {
  makeSyntheticProgramme,
  syntheticFrame,
} from '../src/exchange/synthetic-programme';
import { joinOrStartPostgres } from '../src/runtime/embedded-postgres';
import { migrate } from '../src/runtime/migrate';
import { figureOf } from './figures';
import { watchMemory } from './memory';
import type { BenchOptions, Figure } from './part';

/** What one import took, and what became of its files. */
interface ImportedOnce {
  readonly seconds: number;
  readonly summaries: readonly ImportSummary[];
}

const QUICK_HOUSEHOLDS = 50_000;
const HOUSEHOLDS = 1_000_000;
const ROUNDS = 2;
/** As a server that keeps a million households is set: both sides of the comparison run on it. */
const SETTINGS = { shared_buffers: '1GB', max_wal_size: '4GB' };
const TODAY = '2026-03-12';
const COMMAND = path.join(__dirname, '..', 'dist', 'src', 'cli', 'jigi.js');

/** The files that are compared: what COPY reads, and the columns that its bare tables have. */
const BARE: Readonly<Record<string, string>> = {
  households: `household_number text, card_number text, card_check text, pcode text, cercle text,
    commune text, village_code text, village text, recipient_first_name text,
    recipient_last_name text, recipient_sex text, alternate_first_name text,
    alternate_last_name text, phone text, phone_owner text, language text, sms_consent boolean,
    status text, updated_at timestamptz`,
  enrolments: `household_number text, rule_code text, cohort_start date, cohort_end date,
    status text, updated_at timestamptz`,
  payments: `wave_code text, household_number text, rule_code text, instalment_number integer,
    instalments_total integer, months_covered integer, amount_xof integer, pay_point text,
    payee_reference text, status text, updated_at timestamptz`,
};

/**
 * The import of a register with its enrolments and one wave of payments, against a bare COPY of the same
 * files into tables without keys, indexes or checks; then the same files again, which must change nothing.
 */
export async function run(options: BenchOptions): Promise<Figure[]> {
  const { quick, say } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-bench-import-'));
  const server = await joinOrStartPostgres({
    dataDir: path.join(folder, 'data'),
    settings: SETTINGS,
  });
  const client = new pg.Client({ connectionString: server.url });
  try {
    await migrate(server.url);
    await client.connect();
    const households = quick ? QUICK_HOUSEHOLDS : HOUSEHOLDS;
    const files = await writeFiles(households, folder);
    say(`${households} households written`);
    const rounds: Round[] = [];
    for (let number = 0; number < (quick ? 1 : ROUNDS); number += 1) {
      const round = await runRound(client, server.url, files);
      say(told(round));
      rounds.push(round);
    }
    return [
      figureOf(
        'import.copy',
        rounds.map(({ bare, first }) => first.seconds / bare),
      ),
      figureOf(
        'import.again',
        rounds.map(({ bare, again }) => again.seconds / bare),
      ),
      figureOf(
        'import.changed',
        rounds.map(({ again }) => changedBy(again)),
      ),
      figureOf(
        'import.memory',
        rounds.map(({ mib }) => mib),
      ),
    ];
  } finally {
    await client.end();
    await server.release();
    rmSync(folder, { recursive: true });
  }
}

interface Files {
  /** Those before the ones that are measured: rules and waves. */
  readonly rules: string;
  readonly waves: string;
  readonly measured: Readonly<Record<string, string>>;
}

interface Round {
  /** Seconds of the bare COPY. */
  readonly bare: number;
  readonly first: ImportedOnce;
  readonly again: ImportedOnce;
  readonly mib: number;
}

async function writeFiles(households: number, folder: string): Promise<Files> {
  const request = { households, seed: 7, today: TODAY };
  const paths = await makeSyntheticProgramme(request, folder);
  const named = (kind: string): string =>
    paths.find((file) => file.endsWith(`/${kind}.csv`)) ?? '';
  const payments = path.join(folder, 'one-wave.csv');
  const frame = syntheticFrame(request);
  await pipeline(Readable.from(oneWave(frame)), createWriteStream(payments));
  return {
    rules: named('benefit-rules'),
    waves: named('waves'),
    measured: {
      households: named('households'),
      enrolments: named('enrolments'),
      payments,
    },
  };
}

/** A payment for every household, in the wave that is open. */
function* oneWave(frame: ReturnType<typeof syntheticFrame>): Generator<string> {
  yield 'wave_code;household_number;rule_code;instalment_number;instalments_total;months_covered;amount_xof;pay_point;payee_reference;status;updated_at\n';
  let chunk = '';
  for (const { number, index, commune } of syntheticHouseholds(frame)) {
    chunk += csvLine([
      ...[
        'TM15-C1',
        number,
        'TM15',
        '8',
        '18',
        '2',
        String(30_000 + 5 * index),
      ],
      ...[`Mairie de ${commune.commune}`, `P-${index}`, 'planned'],
      `${TODAY}T00:00:00Z`,
    ]);
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

async function runRound(
  client: pg.Client,
  url: string,
  { rules, waves, measured }: Files,
): Promise<Round> {
  const files = Object.values(measured);
  await client.query(EMPTY);
  // What waits to be written must not be paid by whom comes next.
  await client.query('checkpoint');
  const before = await bareCopy(client, measured);
  await client.query('checkpoint');
  await importOnce(url, [rules]);
  await importOnce(url, [waves]);
  const first = await importOnce(url, files);
  const again = await importOnce(url, files);
  await client.query('checkpoint');
  // On both sides of the import: a machine that slows down meanwhile is unfair to neither.
  const after = await bareCopy(client, measured);
  const bare = (before + after) / 2;
  const mib = Math.max(first.mib, again.mib);
  return { bare, first: first.once, again: again.once, mib };
}

const EMPTY = `set jigi.retention = 'on';
  truncate households, benefit_rules, import_runs restart identity cascade`;

async function bareCopy(
  client: pg.Client,
  measured: Files['measured'],
): Promise<number> {
  let seconds = 0;
  for (const [name, file] of Object.entries(measured)) {
    await client.query(`drop table if exists bare_${name}`);
    await client.query(`create table bare_${name} (${BARE[name] ?? ''})`);
    const began = performance.now();
    const copy = copyFrom(
      `copy bare_${name} from stdin with (format csv, header, delimiter ';')`,
    );
    await pipeline(
      createReadStream(file, { highWaterMark: 262_144 }),
      client.query(copy),
    );
    seconds += (performance.now() - began) / 1000;
  }
  for (const name of Object.keys(measured)) {
    await client.query(`drop table bare_${name}`);
  }
  return seconds;
}

/** Runs the command as the administrator does, and times it from the first to the last moment of its process. */
async function importOnce(
  url: string,
  files: readonly string[],
): Promise<{ once: ImportedOnce; mib: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, [COMMAND, 'import', ...files], {
    env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const memory = watchMemory(child.pid ?? 0);
  const printed = text(child.stdout);
  await once(child, 'exit');
  memory.stop();
  const seconds = (performance.now() - began) / 1000;
  const summaries = (await printed)
    .trimEnd()
    .split('\n')
    // The parse boundary: the command prints one summary a line.
    .map((line) => JSON.parse(line) as ImportSummary);
  return { once: { seconds, summaries }, mib: Math.max(0, ...memory.mib) };
}

function changedBy({ summaries }: ImportedOnce): number {
  return summaries.reduce(
    (sum, { created, updated, stale, rejected }) =>
      sum + created + updated + stale + rejected,
    0,
  );
}

function told({ bare, first, again, mib }: Round): string {
  const each = first.summaries
    .map(
      ({ kind, seconds, created }) =>
        `${kind} ${created} in ${seconds.toFixed(1)} s`,
    )
    .join(', ');
  return `COPY ${bare.toFixed(1)} s, import ${first.seconds.toFixed(1)} s (${each}), again ${again.seconds.toFixed(1)} s, ${mib.toFixed(0)} MiB`;
}
