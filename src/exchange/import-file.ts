import { createReadStream } from 'node:fs';
import type { PoolClient } from 'pg';
import type { CommuneFinder } from '../staff/find-commune';
import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { addDays } from '../text/dates';
import type { ReadingDay } from './cell-readers';
import type { FileKind } from './formats';
import { HAS_CHOICES } from './household-phones';
import {
  warnOfCrowdedPhones,
  warnOfUnknownColumns,
  warnOfUnmet,
} from './import-warnings';
import { knownCodes } from './known-codes';
import { importBatch, type ColumnOf, type ImportBatch } from './import-batch';
import { recordSplitter } from './record-splitter';
import { rejectedFile, type RejectedFile } from './rejected-file';
import { rowReader, type RowReader } from './row-reader';
import type { SentenceKey } from './sentences';
import { openCrew, type StagingCrew } from './staging-crew';
import type { LaneVerdicts } from './staging-lane';
import type { RegisterFile } from './survey-file';
import { TARGETS } from './targets';

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

const BATCH_ROWS = 60_000;
// While one crew applies a batch the other takes in the next.
const CREWS = 2;
const LANES = 2;

/** Connections that an import takes from the pool: its lanes, the lock, and one for what is asked beside them. */
export const IMPORT_CONNECTIONS = CREWS * LANES + 2;
const PIECE_BYTES = 262_144;

type Counts = Omit<ImportSummary, 'file' | 'kind' | 'seconds'>;

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
  const rejected = rejectedFile(file, ground.rejectedFolder);
  const counts = await throughCrews(ground, file, rejected, startedAt);
  if (counts.rejected > 0) {
    ground.warn(
      `${counts.rejected} ligne(s) à corriger et à importer à nouveau: ${rejected.path}`,
    );
  }
  if (
    file.format.kind === 'households' &&
    counts.created + counts.updated > 0
  ) {
    await warnOfCrowdedPhones(ground);
  }
  await keepRun(ground, file, counts, startedAt);
  const seconds = Math.round(performance.now() - began) / 1000;
  return { file: file.path, kind: file.format.kind, ...counts, seconds };
}

async function throughCrews(
  ground: ImportGround,
  file: RegisterFile,
  rejected: RejectedFile,
  importedAt: Date,
): Promise<Counts> {
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
    const counts = await readAndApply(ground, file, rejected, crews);
    for (const crew of crews) await crew.close();
    for (const client of clients) client.release();
    return counts;
  } catch (error) {
    // A connection in the middle of a batch is closed: PostgreSQL then takes the batch back.
    for (const client of clients) client.release(true);
    throw error;
  } finally {
    await rejected.close();
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
  rejected: RejectedFile,
  crews: readonly StagingCrew[],
): Promise<Counts> {
  const reader = await readerOf(ground, file);
  const size = ground.batchRows ?? BATCH_ROWS;
  const newBatch = (): ImportBatch =>
    importBatch({ reader, file, size, lanes: LANES });
  const counts = {
    read: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    stale: 0,
    rejected: 0,
  };
  const unmet: number[] = [];
  // The batch that is being applied; the one before it is done when it is begun.
  let applying: Promise<void> = Promise.resolve();
  let turn = 0;
  let batch = newBatch();
  let bytes = file.bodyAt;
  const crew = (): StagingCrew => crewOf(crews, turn);

  const settle = async (
    done: ImportBatch,
    verdicts: LaneVerdicts,
  ): Promise<void> => {
    const bad = done.rejected(verdicts.refused, columnOf(file));
    await rejected.write(bad);
    counts.read += done.rows();
    counts.rejected += bad.length;
    counts.created += verdicts.created;
    counts.updated += verdicts.updated;
    counts.unchanged += verdicts.unchanged;
    counts.stale += verdicts.stale;
    unmet.push(...verdicts.unmet);
  };
  const flush = async (): Promise<void> => {
    const [full, filled] = [batch, crew()];
    await filled.write(full);
    await filled.seal();
    // Batches are applied in the order of the file, one at a time.
    await applying;
    applying = filled.apply(full).then((verdicts) => settle(full, verdicts));
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
    highWaterMark: ground.pieceBytes ?? PIECE_BYTES,
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
    ground.progress?.(bytes, counts.read + batch.rows());
  }
  splitter.end();
  await flush();
  await applying;
  warnOfUnmet(ground.warn, unmet);
  return counts;
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
  const day: ReadingDay = {
    latestDay: addDays(clock.today(), 1),
    latestMs: clock.now().getTime() + 86_400_000,
  };
  const known = await knownCodes(db);
  return rowReader(file.format, file.header, { finder, day, known });
}

function columnOf({ format, header }: RegisterFile): ColumnOf {
  const { parents } = TARGETS[format.kind];
  return (key: SentenceKey) => {
    const parent = parents.find(({ unknown }) => unknown === key);
    const column = parent?.column ?? 'updated_at';
    return { column, at: header.indexOf(column) };
  };
}

async function keepRun(
  { db, clock }: ImportGround,
  file: RegisterFile,
  { read, ...counts }: Counts,
  startedAt: Date,
): Promise<void> {
  await db.prisma.importRun.create({
    data: {
      fileName: file.path.split(/[\\/]/).pop() ?? file.path,
      sha256: file.sha256,
      kind: file.format.kind,
      rowsRead: read,
      ...counts,
      startedAt,
      finishedAt: clock.now(),
    },
  });
}
