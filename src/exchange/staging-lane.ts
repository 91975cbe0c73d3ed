import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { insertNewSql, judgeSql } from './apply-sql';
import type { FileFormat } from './formats';
import {
  MOVE_PHONES,
  NEW_LINKS,
  NOTE_MOVES,
  OPEN_CORRECTIONS,
  PHONE_MOVES,
} from './household-phones';
import { stagedColumns } from './row-reader';
import type { SentenceKey } from './sentences';
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

const SQL_TYPES: readonly (readonly [RegExp, string])[] = [
  [/_id$|_xof$|^months_|_months$|^instalment|^days_/, 'integer'],
  [/^date$|_date$|_start$|_end$|^valid_|^paid_on$|_month$/, 'date'],
  [/^sms_consent$/, 'boolean'],
  [/^updated_at$/, 'timestamptz(3)'],
];

// The planner has no statistics of the staging table. Few rows look their keys up one by one; many are
// met by reading the table of their parents once.
const MANY_ROWS = 5000;
const PLAN_BY_KEYS =
  'set local enable_nestloop = on; set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off';
const PLAN_AT_ONCE =
  'set local enable_nestloop = off; set local enable_seqscan = on; set local enable_hashjoin = on; set local enable_mergejoin = off';
const PLAN_FREELY =
  'set local enable_nestloop = on; set local enable_seqscan = on; set local enable_hashjoin = on; set local enable_mergejoin = on';

/** Opens a lane on a connection that waits for long statements. */
export async function openLane(
  client: pg.PoolClient,
  options: LaneOptions,
): Promise<StagingLane> {
  const { format, importedAt } = options;
  const columns = stagedColumns(format);
  await client.query(`set temp_buffers = '64MB'`);
  const isHouseholds = format.kind === 'households';
  const target = TARGETS[format.kind];
  const insertNew = insertNewSql(target, isHouseholds ? NEW_LINKS : undefined);
  const judge = judgeSql(
    target,
    isHouseholds ? [`linked as (${NEW_LINKS})`, NOTE_MOVES] : [],
  );
  const parameters = (statement: string, round: number): unknown[] =>
    statement.includes('$2') ? [round, importedAt] : [round];
  const typed = columns.map((name) => `${name} ${sqlType(name)}`).join(', ');
  await client.query(`create temp table staged
    (line integer, round integer, ${typed}) on commit delete rows`);
  if (isHouseholds) await client.query(PHONE_MOVES);
  const trusted = await maySkipTriggers(client);
  // As the batch before it went, so probably goes the next; the answer is right either way.
  let expectsNew = await isEmpty(client, target.table);
  let copy: CopyStreamQuery | undefined;
  let lost: Error | undefined;

  return {
    async begin() {
      await client.query('begin');
      // One flush at the end of the file makes all of it durable.
      await client.query(`set local synchronous_commit = off`);
      await client.query(`set local work_mem = '64MB'; set local jit = off`);
      // The statement that applies a batch has just found every parent that the keys point to;
      // asking again for each row would take longer than all the rest.
      if (trusted)
        await client.query('set local session_replication_role = replica');
      copy = client.query(
        copyFrom(`copy staged from stdin with (format text, null '')`),
      );
      // A connection that is lost between two writes is told by the next one; unheard, it would end the process.
      copy.on('error', (error) => {
        lost = error;
      });
    },
    async write(text) {
      if (lost !== undefined) throw lost;
      if (copy === undefined || text === '') return;
      if (!copy.write(text)) await once(copy, 'drain');
    },
    async seal() {
      if (lost !== undefined) throw lost;
      if (copy === undefined) return;
      const ended = once(copy, 'finish');
      copy.end();
      await ended;
    },
    async apply(roundRows) {
      const counts = { created: 0, updated: 0, unchanged: 0, stale: 0 };
      const refused = new Map<number, SentenceKey>();
      for (const [index, staged] of roundRows.entries()) {
        const round = index + 1;
        if (staged === 0) continue;
        await client.query(staged < MANY_ROWS ? PLAN_BY_KEYS : PLAN_AT_ONCE);
        let created = 0;
        if (expectsNew) {
          const added = await client.query(
            insertNew,
            parameters(insertNew, round),
          );
          created = added.rowCount ?? 0;
          counts.created += created;
          if (created === staged) continue;
        }
        const { rows } = await client.query<VerdictRow>(
          judge,
          parameters(judge, round),
        );
        // What was brought in just now was judged with the others, and found unchanged.
        counts.unchanged -= created;
        for (const { verdict, rows: count, lines } of rows) {
          if (isTaken(verdict)) counts[verdict] += count;
          else (lines ?? []).forEach((line) => refused.set(line, verdict));
        }
        // Phones move round by round: a later row of the same household finds them settled.
        if (isHouseholds) await movePhones(client, importedAt);
      }
      expectsNew =
        counts.created > counts.unchanged + counts.updated + counts.stale;
      await client.query(PLAN_FREELY);
      if (isHouseholds && options.hasChoices) {
        await client.query(OPEN_CORRECTIONS, [importedAt]);
      }
      const unmet = await findUnmet(client, format);
      await client.query('commit');
      copy = undefined;
      return { ...counts, refused, unmet };
    },
    async close() {
      await client.query('drop table if exists staged, phone_moves');
    },
  };
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

function sqlType(column: string): string {
  return SQL_TYPES.find(([name]) => name.test(column))?.[1] ?? 'text';
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

/** A gathering meets households by village code, or by commune and village name where one of them has no code. */
async function findUnmet(
  client: pg.PoolClient,
  { kind }: FileFormat,
): Promise<readonly number[]> {
  if (kind !== 'sessions' && kind !== 'distributions') return [];
  const { rows } = await client.query<{ line: number }>(
    `select line from staged s where not exists (
       select from households h where h.village_code = s.village_code)
     and not exists (
       select from households h where h.commune_code = s.commune_code
         and h.village_key = s.village_key
         and (s.village_code is null or h.village_code is null))
     order by line`,
  );
  return rows.map(({ line }) => line);
}
