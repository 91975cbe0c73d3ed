import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { hasCode } from '../runtime/has-code';
import { insertNewSql, judgeSql } from './apply-sql';
import { findUnmet } from './find-unmet';
import type { FileFormat } from './formats';
import {
  MOVE_PHONES,
  NEW_LINKS,
  NOTE_MOVES,
  OPEN_CORRECTIONS,
} from './household-phones';
import type { SentenceKey } from './sentences';
import { makeStagingTable } from './make-staging-table';
import { TARGETS, type Parent } from './targets';

/** What became of rows that were applied together. */
export interface LaneVerdicts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly stale: number;
  /** Lines that were not taken in, with the sentence that says why. */
  readonly refused: ReadonlyMap<number, SentenceKey>;
  /** Lines of sessions and distributions that meet no household. */
  readonly unmet: readonly number[];
}

/** How a lane applies its batches. */
export interface LaneOptions {
  readonly format: FileFormat;
  readonly importedAt: Date;
  /** Whether choices of callers or staff must be compared with the file. */
  readonly hasChoices: boolean;
}

/**
 * One connection with a staging table of its own. A batch is one transaction: begun, filled through
 * COPY, applied and committed, or rolled back whole. While one lane applies, another can be filled.
 */
export interface StagingLane {
  begin(): Promise<void>;
  write(text: string): Promise<void>;
  /** Ends the filling; nothing is applied yet. */
  seal(): Promise<void>;
  /** @param roundRows how many rows were staged for each round */
  apply(roundRows: readonly number[]): Promise<LaneVerdicts>;
  close(): Promise<void>;
}

// The planner has no statistics of the staging table. Whatever it would guess, looking up every row by its
// key is cheapest: reading a table of parents whole costs more for each batch, even in no order.
const PLAN_BY_KEYS =
  'set local enable_nestloop = on; set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off';
const PLAN_FREELY =
  'set local enable_nestloop = on; set local enable_seqscan = on; set local enable_hashjoin = on; set local enable_mergejoin = on';

const UNIQUE_VIOLATION = '23505';

/** A lane at work: its connection and statements, and how far its batch is. */
interface Lane {
  readonly client: pg.PoolClient;
  readonly options: LaneOptions;
  readonly isHouseholds: boolean;
  readonly insertNew: string;
  readonly judge: string;
  /** Whether foreign keys may be left unchecked. */
  readonly trusted: boolean;
  /** Nothing of the batch before was known, so probably nothing of the next is; the answer is right either way. */
  expectsNew: boolean;
  copy: CopyStreamQuery | undefined;
  lost: Error | undefined;
}

/** Opens a lane on a connection that waits for long statements. */
export async function openLane(
  client: pg.PoolClient,
  options: LaneOptions,
): Promise<StagingLane> {
  const { format } = options;
  const isHouseholds = format.kind === 'households';
  const target = TARGETS[format.kind];
  await makeStagingTable(client, format);
  const lane: Lane = {
    ...{ client, options, isHouseholds },
    insertNew: insertNewSql(target, isHouseholds ? NEW_LINKS : undefined),
    judge: judgeSql(
      target,
      isHouseholds ? [`linked as (${NEW_LINKS})`, NOTE_MOVES] : [],
    ),
    trusted: await maySkipTriggers(client),
    expectsNew: await isEmpty(client, target.table),
    copy: undefined,
    lost: undefined,
  };
  return {
    begin: () => begin(lane),
    write: (text) => write(lane, text),
    seal: () => seal(lane),
    apply: (roundRows) => apply(lane, roundRows),
    async close() {
      await client.query('drop table if exists staged, phone_moves');
    },
  };
}

async function begin(lane: Lane): Promise<void> {
  const { client } = lane;
  await client.query('begin');
  // One flush at the end of the file makes all of it durable.
  await client.query(`set local synchronous_commit = off`);
  await client.query(`set local work_mem = '64MB'; set local jit = off`);
  // The statement that applies a batch has just found every parent that the keys point to;
  // asking again for each row would take longer than all the rest.
  if (lane.trusted)
    await client.query('set local session_replication_role = replica');
  lane.copy = client.query(
    copyFrom(`copy staged from stdin with (format text, null '')`),
  );
  // A connection that is lost between two writes is told by the next one; unheard, it would end the process.
  lane.copy.on('error', (error) => {
    lane.lost = error;
  });
}

async function write({ copy, lost }: Lane, text: string): Promise<void> {
  if (lost !== undefined) throw lost;
  if (copy === undefined || text === '') return;
  if (!copy.write(text)) await once(copy, 'drain');
}

async function seal({ copy, lost }: Lane): Promise<void> {
  if (lost !== undefined) throw lost;
  if (copy === undefined) return;
  const ended = once(copy, 'finish');
  copy.end();
  await ended;
}

async function apply(
  lane: Lane,
  roundRows: readonly number[],
): Promise<LaneVerdicts> {
  const { client, options, isHouseholds } = lane;
  const verdicts: GatheredVerdicts = {
    ...{ created: 0, updated: 0, unchanged: 0, stale: 0 },
    refused: new Map(),
  };
  for (const [index, staged] of roundRows.entries()) {
    if (staged > 0) await applyRound(lane, index + 1, staged, verdicts);
    if (index === 0) lane.expectsNew = nothingWasKnown(verdicts);
  }
  await client.query(PLAN_FREELY);
  if (isHouseholds && options.hasChoices) {
    await client.query(OPEN_CORRECTIONS, [options.importedAt]);
  }
  const unmet = await findUnmet(client, options.format.kind);
  await client.query('commit');
  lane.copy = undefined;
  return { ...verdicts, unmet };
}

/** Takes the rows for new where they probably are, and judges those that were not brought in so. */
async function applyRound(
  lane: Lane,
  round: number,
  staged: number,
  verdicts: GatheredVerdicts,
): Promise<void> {
  const { client, isHouseholds, judge } = lane;
  const { importedAt } = lane.options;
  await client.query(PLAN_BY_KEYS);
  // A key that comes again within a batch is known by then.
  const created = lane.expectsNew && round === 1 ? await insertAsNew(lane) : 0;
  verdicts.created += created;
  if (created === staged) return;
  const { rows } = await client.query<VerdictRow>(
    judge,
    parameters(lane, judge, round),
  );
  // What was brought in just now was judged with the others, and found unchanged.
  verdicts.unchanged -= created;
  for (const { verdict, rows: count, lines } of rows) {
    if (isTaken(verdict)) verdicts[verdict] += count;
    else (lines ?? []).forEach((line) => verdicts.refused.set(line, verdict));
  }
  // Phones move round by round: a later row of the same household finds them settled.
  if (isHouseholds) await movePhones(client, importedAt);
}

/** @returns how many rows were brought in as new: none, where the store has one of their keys */
async function insertAsNew(lane: Lane): Promise<number> {
  const { client, insertNew } = lane;
  await client.query('savepoint as_new');
  try {
    const { rows, rowCount } = await client.query<{ added: number }>(
      insertNew,
      parameters(lane, insertNew, 1),
    );
    await client.query('release savepoint as_new');
    return rows[0]?.added ?? rowCount ?? 0;
  } catch (error) {
    if (!hasCode(error, UNIQUE_VIOLATION)) throw error;
    await client.query('rollback to savepoint as_new');
    return 0;
  }
}

function nothingWasKnown(verdicts: GatheredVerdicts): boolean {
  const { created, updated, unchanged, stale } = verdicts;
  return created > 0 && updated + unchanged + stale === 0;
}

function parameters(lane: Lane, statement: string, round: number): unknown[] {
  return statement.includes('$2') ? [round, lane.options.importedAt] : [round];
}

/** Verdicts of the rounds so far. */
interface GatheredVerdicts extends Record<Taken, number> {
  readonly refused: Map<number, SentenceKey>;
}

/** The sentences that the store, rather than a cell alone, can call for. */
type StoreRefusal = Parent['unknown'] | 'sameDateOtherContent';

interface VerdictRow {
  readonly verdict: Taken | StoreRefusal;
  readonly rows: number;
  readonly lines: readonly number[] | null;
}

type Taken = 'created' | 'updated' | 'unchanged' | 'stale';

const TAKEN: ReadonlySet<string> = new Set<Taken>([
  ...(['created', 'updated', 'unchanged', 'stale'] as const),
]);

function isTaken(verdict: VerdictRow['verdict']): verdict is Taken {
  return TAKEN.has(verdict);
}

async function movePhones(client: pg.PoolClient, at: Date): Promise<void> {
  for (const statement of MOVE_PHONES) {
    await client.query(statement, statement.includes('$1') ? [at] : []);
  }
}

async function isEmpty(client: pg.PoolClient, table: string): Promise<boolean> {
  const { rowCount } = await client.query(`select from ${table} limit 1`);
  return rowCount === 0;
}

/** Whether this role may leave foreign keys unchecked: a superuser, or one that was granted the setting. */
async function maySkipTriggers(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `select has_parameter_privilege('session_replication_role', 'set') as may`,
  );
  return rows[0]?.may === true;
}
