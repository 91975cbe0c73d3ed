import { createReadStream } from 'node:fs';
import type { PoolClient } from 'pg';
import type { CommuneFinder } from '../staff/find-commune';
import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { addDays } from '../text/dates';
import type { FileKind } from './formats';
import { HAS_CHOICES } from './household-phones';
import { importBatch, type ImportBatch } from './import-batch';
import {
  warnOfCrowdedPhones,
  warnOfUnknownColumns,
  warnOfUnmet,
} from './import-warnings';
import { keyRounds } from './key-rounds';
import { knownCodes } from './known-codes';
import { recordSplitter } from './record-splitter';
import { reportRejections } from './report-rejections';
import { rowReader, type RowReader } from './row-reader';
import type { SentenceKey } from './sentences';
import { openCrew, type StagingCrew } from './staging-crew';
import type { LaneVerdicts } from './staging-lane';
import type { RegisterFile } from './survey-file';

/** What became of a file; printed as one line of JSON. */
export interface ImportSummary {
  readonly file: string;
  readonly kind: FileKind;
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly stale: number;
  readonly rejected: number;
  readonly seconds: number;
}

/** What an import needs. The database must be one that waits for long statements. */
export interface ImportGround {
  readonly db: Database;
  readonly clock: Clock;
  readonly finder: CommuneFinder;
  /** Where rejected rows are written; next to the file when absent. */
  readonly rejectedFolder?: string | undefined;
  /** Takes warnings for the staff, in French. */
  readonly warn: (line: string) => void;
  /** Told after every piece of the file how far the reading is. */
  readonly progress?: (readBytes: number, rows: number) => void;
  /** Rows that are applied in one transaction. */
  readonly batchRows?: number;
  /** Bytes of the file that are read at a time. */
  readonly pieceBytes?: number;
}

// Large enough that reading the register beside it, to look the keys up, costs little a row.
const BATCH_ROWS = 150_000;
// Small enough that its text is young garbage: larger strings pile up until a full collection.
const PIECE_BYTES = 65_536;
// While one crew applies a batch the other takes in the next.
const CREWS = 2;
const LANES = 2;

/** Connections that an import takes from the pool: its lanes, the lock, and one for what is asked beside them. */
export const IMPORT_CONNECTIONS = CREWS * LANES + 2;

/** What became of the rows so far. */
interface Tally {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  stale: number;
  readonly rejections: Map<number, SentenceKey | undefined>;
  readonly unmet: number[];
}

/**
 * Brings a recognised file into the store, batch by batch; while one batch is applied the next is read.
 * @throws what PostgreSQL says when a batch cannot be applied; the batches before it stay applied.
 */
export async function importFile(
  ground: ImportGround,
  file: RegisterFile,
): Promise<ImportSummary> {
  const startedAt = ground.clock.now();
  const began = performance.now();
  warnOfUnknownColumns(ground.warn, file);
  const reader = await readerOf(ground, file);
  const tally = await throughCrews(ground, file, reader, startedAt);
  const { rejections, unmet, ...counts } = tally;
  if (rejections.size > 0) {
    const { rejectedFolder: folder } = ground;
    const where = await reportRejections(file, rejections, reader, folder);
    ground.warn(
      `${rejections.size} ligne(s) à corriger et à importer à nouveau: ${where}`,
    );
  }
  warnOfUnmet(ground.warn, unmet);
  if (
    file.format.kind === 'households' &&
    counts.created + counts.updated > 0
  ) {
    await warnOfCrowdedPhones(ground);
  }
  const seconds = Math.round(performance.now() - began) / 1000;
  const summary = {
    ...{ file: file.path, kind: file.format.kind, ...counts },
    ...{ rejected: rejections.size, seconds },
  };
  await keepRun(ground, file, summary, startedAt);
  return summary;
}

async function throughCrews(
  ground: ImportGround,
  file: RegisterFile,
  reader: RowReader,
  importedAt: Date,
): Promise<Tally> {
  const { pool } = ground.db;
  const { rows } = await pool.query<{ yes: boolean }>(HAS_CHOICES);
  const hasChoices = rows[0]?.yes === true;
  const { format } = file;
  const clients = await connections(pool, CREWS * LANES);
  try {
    const crews: StagingCrew[] = [];
    for (let crew = 0; crew < CREWS; crew += 1) {
      const own = clients.slice(crew * LANES, (crew + 1) * LANES);
      crews.push(await openCrew(own, { format, importedAt, hasChoices }));
    }
    const tally = await readAndApply(ground, file, reader, crews);
    for (const crew of crews) await crew.close();
    for (const client of clients) client.release();
    return tally;
  } catch (error) {
    // A connection in the middle of a batch is closed: PostgreSQL then takes the batch back.
    for (const client of clients) client.release(true);
    throw error;
  }
}

async function connections(
  pool: Database['pool'],
  count: number,
): Promise<PoolClient[]> {
  const clients: PoolClient[] = [];
  while (clients.length < count) clients.push(await pool.connect());
  return clients;
}

async function readAndApply(
  ground: ImportGround,
  file: RegisterFile,
  reader: RowReader,
  crews: readonly StagingCrew[],
): Promise<Tally> {
  const { batchRows: size = BATCH_ROWS, pieceBytes = PIECE_BYTES } = ground;
  // A batch is cut between two pieces, so it holds up to a piece of the shortest rows more.
  const rounds = keyRounds(size + pieceBytes);
  const newBatch = (): ImportBatch =>
    importBatch({ reader, rounds, size, lanes: LANES });
  const tally: Tally = {
    ...{ read: 0, created: 0, updated: 0, unchanged: 0, stale: 0 },
    ...{ rejections: new Map(), unmet: [] },
  };
  // The batch that is being applied; the one before it is done when it is begun.
  let applying: Promise<void> = Promise.resolve();
  let turn = 0;
  let batch = newBatch();
  let bytes = file.bodyAt;
  const crew = (): StagingCrew => crewOf(crews, turn);

  const flush = async (): Promise<void> => {
    const [full, filled] = [batch, crew()];
    await filled.write(full);
    await filled.seal();
    // Batches are applied in the order of the file, one at a time.
    await applying;
    tally.read += full.rows();
    for (const line of full.unreadable()) tally.rejections.set(line, undefined);
    applying = filled.apply(full).then((verdicts) => {
      add(tally, verdicts);
    });
    // Seen when it is awaited; until then it must not end the process.
    applying.catch(() => undefined);
    batch = newBatch();
    turn += 1;
  };

  const splitter = recordSplitter(
    file.separator,
    file.header.length,
    (record) => {
      batch.add(record);
    },
  );
  await crew().begin();
  const stream = createReadStream(file.path, {
    start: file.bodyAt,
    highWaterMark: pieceBytes,
  });
  for await (const piece of stream) {
    // A file opened without an encoding is read in buffers.
    const chunk = piece as Buffer;
    splitter.push(chunk);
    bytes += chunk.length;
    if (batch.isFull()) {
      await flush();
      await crew().begin();
    } else await crew().write(batch);
    ground.progress?.(bytes, tally.read + batch.rows());
  }
  splitter.end();
  await flush();
  await applying;
  return tally;
}

function add(tally: Tally, verdicts: LaneVerdicts): void {
  tally.created += verdicts.created;
  tally.updated += verdicts.updated;
  tally.unchanged += verdicts.unchanged;
  tally.stale += verdicts.stale;
  for (const [line, key] of verdicts.refused) tally.rejections.set(line, key);
  for (const line of verdicts.unmet) tally.unmet.push(line);
}

function crewOf(crews: readonly StagingCrew[], turn: number): StagingCrew {
  const crew = crews[turn % crews.length];
  if (crew === undefined) throw new RangeError('an import needs a crew');
  return crew;
}

async function readerOf(
  { db, clock, finder }: ImportGround,
  file: RegisterFile,
): Promise<RowReader> {
  const day = {
    latestDay: addDays(clock.today(), 1),
    latestMs: clock.now().getTime() + 86_400_000,
  };
  const known = await knownCodes(db);
  return rowReader(file.format, file.header, { finder, day, known });
}

async function keepRun(
  { db, clock }: ImportGround,
  file: RegisterFile,
  summary: ImportSummary,
  startedAt: Date,
): Promise<void> {
  const { created, updated, unchanged, stale, rejected } = summary;
  await db.prisma.importRun.create({
    data: {
      fileName: file.path.split(/[\\/]/).pop() ?? file.path,
      sha256: file.sha256,
      kind: file.format.kind,
      rowsRead: summary.read,
      ...{ created, updated, unchanged, stale, rejected },
      startedAt,
      finishedAt: clock.now(),
    },
  });
}
