import type { PoolClient } from 'pg';
import type { CommuneFinder } from '../staff/find-commune';
import type { Clock } from '../runtime/clock';
import { inTransaction, type Database } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { addDays } from '../text/dates';
import type { FileKind } from './formats';
import { HAS_CHOICES } from './household-phones';
import {
  warnOfHouseholds,
  warnOfUnknownColumns,
  warnOfUnmet,
} from './import-warnings';
import { knownCodes } from './known-codes';
import { readAndApply, type Tally } from './read-and-apply';
import {
  reportRejections,
  withdrawReport,
  type Rejections,
} from './report-rejections';
import { rowReader, type RowReader } from './row-reader';
import { openCrew, type StagingCrew } from './staging-crew';
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
  /** Who imports, for the audit chain; the service itself when absent. */
  readonly actor?: string;
  /** Where rejected rows are written. */
  readonly rejectedPath: string;
  /** Takes warnings for the staff, in French. */
  readonly warn: (line: string) => void;
  /** Told after every piece of the file how far the reading is. */
  readonly progress?: (readBytes: number, rows: number) => void;
  /** Rows that are applied in one transaction. */
  readonly batchRows?: number;
  /** Bytes of the file that are read at a time. */
  readonly pieceBytes?: number;
}

// While one crew applies a batch the other takes in the next.
const CREWS = 2;
const LANES = 2;

/** Connections that an import takes from the pool: its lanes, the lock, and one for what is asked beside them. */
export const IMPORT_CONNECTIONS = CREWS * LANES + 2;

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
  await tellRejections(ground, file, reader, rejections);
  warnOfUnmet(ground.warn, unmet);
  const changed = counts.created + counts.updated;
  if (file.format.kind === 'households' && changed > 0) {
    await warnOfHouseholds(ground);
  }
  const seconds = Math.round(performance.now() - began) / 1000;
  const summary = {
    ...{ file: file.path, kind: file.format.kind, ...counts },
    ...{ rejected: rejections.size, seconds },
  };
  await keepRun(ground, file, summary, startedAt);
  return summary;
}

async function tellRejections(
  { rejectedPath, warn }: ImportGround,
  file: RegisterFile,
  reader: RowReader,
  rejections: Rejections,
): Promise<void> {
  if (rejections.size > 0) {
    await reportRejections(file, rejections, reader, rejectedPath);
    warn(
      `${rejections.size} ligne(s) à corriger et à importer à nouveau: ${rejectedPath}`,
    );
  } else if (await withdrawReport(rejectedPath)) {
    warn(
      `Plus rien n'est rejeté: ${rejectedPath}, d'une importation d'avant, est retiré.`,
    );
  }
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
    const tally = await readAndApply(
      { ...ground, reader, crews, lanes: LANES },
      file,
    );
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
  { db, clock, actor = 'system' }: ImportGround,
  file: RegisterFile,
  summary: ImportSummary,
  startedAt: Date,
): Promise<void> {
  const { created, updated, unchanged, stale, rejected } = summary;
  const { sha256, format } = file;
  const rows = {
    ...{ rowsRead: summary.read, created, updated },
    ...{ unchanged, stale, rejected },
  };
  await inTransaction(db, async (tx) => {
    const { id } = await tx.importRun.create({
      data: {
        fileName: file.path.split(/[\\/]/).pop() ?? file.path,
        ...{ sha256, kind: format.kind, ...rows },
        ...{ startedAt, finishedAt: clock.now() },
      },
    });
    // No name of the file: it may hold a person's.
    await recordAudit(tx, {
      ...{ actor, action: 'import.done', subject: `import:${id}` },
      details: { sha256, kind: format.kind, ...rows },
    });
  });
}
