import { importBatch, type ImportBatch } from './import-batch';
import { keyRounds } from './key-rounds';
import { piecesOf } from './pieces-of';
import { recordSplitter } from './record-splitter';
import type { RowReader } from './row-reader';
import type { SentenceKey } from './sentences';
import type { StagingCrew } from './staging-crew';
import type { LaneVerdicts } from './staging-lane';
import type { RegisterFile } from './survey-file';

/** What became of the rows so far. */
export interface Tally {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  stale: number;
  readonly rejections: Map<number, SentenceKey | undefined>;
  readonly unmet: number[];
}

/** Who reads a file and who applies it, in turns. */
export interface ReadingDesk {
  readonly reader: RowReader;
  readonly crews: readonly StagingCrew[];
  /** How many lanes a crew has. */
  readonly lanes: number;
  /** Told after every piece of the file how far the reading is. */
  readonly progress?: (readBytes: number, rows: number) => void;
  /** Rows that are applied in one transaction. */
  readonly batchRows?: number;
  /** Bytes of the file that are read at a time. */
  readonly pieceBytes?: number;
}

/** How far a file is: the batch that is being filled, and the one before it. */
interface Relay {
  readonly crews: readonly StagingCrew[];
  readonly newBatch: () => ImportBatch;
  readonly tally: Tally;
  batch: ImportBatch;
  /** Which crew takes the batch that is being filled. */
  turn: number;
  /** The batch that is being applied; the one before it is done when it is begun. */
  applying: Promise<void>;
}

// Large enough that reading the register beside it, to look the keys up, costs little a row.
const BATCH_ROWS = 150_000;
// Small enough that its text is young garbage: larger strings pile up until a full collection.
const PIECE_BYTES = 65_536;

/**
 * Reads a file piece by piece and has its batches applied, one at a time and in its order; while one is
 * applied the next is read.
 */
export async function readAndApply(
  desk: ReadingDesk,
  file: RegisterFile,
): Promise<Tally> {
  const { pieceBytes = PIECE_BYTES, progress } = desk;
  const relay = relayOf(desk, pieceBytes);
  const { tally } = relay;
  const splitter = recordSplitter(
    file.separator,
    file.header.length,
    (record) => {
      relay.batch.add(record);
    },
  );
  await crewOf(relay).begin();
  let bytes = file.bodyAt;
  for await (const chunk of piecesOf(file, pieceBytes)) {
    splitter.push(chunk);
    bytes += chunk.length;
    if (relay.batch.isFull()) {
      await handOver(relay);
      await crewOf(relay).begin();
    } else await crewOf(relay).write(relay.batch);
    progress?.(bytes, tally.read + relay.batch.rows());
  }
  splitter.end();
  await handOver(relay);
  await relay.applying;
  return tally;
}

function relayOf(desk: ReadingDesk, pieceBytes: number): Relay {
  const { reader, crews, lanes, batchRows: size = BATCH_ROWS } = desk;
  // A batch is cut between two pieces, so it holds up to a piece of the shortest rows more.
  const rounds = keyRounds(size + pieceBytes);
  const newBatch = (): ImportBatch =>
    importBatch({ reader, rounds, size, lanes });
  return {
    ...{ crews, newBatch, batch: newBatch(), turn: 0 },
    tally: {
      ...{ read: 0, created: 0, updated: 0, unchanged: 0, stale: 0 },
      ...{ rejections: new Map(), unmet: [] },
    },
    applying: Promise.resolve(),
  };
}

/** Gives the batch to its crew, which applies it while the next is filled. */
async function handOver(relay: Relay): Promise<void> {
  const { tally, batch, applying } = relay;
  const crew = crewOf(relay);
  await crew.write(batch);
  await crew.seal();
  // Batches are applied in the order of the file, one at a time.
  await applying;
  tally.read += batch.rows();
  for (const line of batch.unreadable()) tally.rejections.set(line, undefined);
  relay.applying = crew.apply(batch).then((verdicts) => {
    add(tally, verdicts);
  });
  // Seen when it is awaited; until then it must not end the process.
  relay.applying.catch(() => undefined);
  relay.batch = relay.newBatch();
  relay.turn += 1;
}

function crewOf({ crews, turn }: Relay): StagingCrew {
  const crew = crews[turn % crews.length];
  if (crew === undefined) throw new RangeError('an import needs a crew');
  return crew;
}

function add(tally: Tally, verdicts: LaneVerdicts): void {
  tally.created += verdicts.created;
  tally.updated += verdicts.updated;
  tally.unchanged += verdicts.unchanged;
  tally.stale += verdicts.stale;
  for (const [line, key] of verdicts.refused) tally.rejections.set(line, key);
  for (const line of verdicts.unmet) tally.unmet.push(line);
}
