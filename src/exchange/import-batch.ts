import type { KeyRounds } from './key-rounds';
import type { FileRecord } from './record-splitter';
import type { RowReader } from './row-reader';

/** Rows that are applied together, each in the lane that its key belongs to. */
export interface ImportBatch {
  add(record: FileRecord): void;
  /** The rows of a lane that came since the last call, as COPY reads them. */
  takeStaged(lane: number): string;
  /** How many rows of a lane were staged for each round. */
  roundRows(lane: number): readonly number[];
  isFull(): boolean;
  rows(): number;
  /** The lines whose cells could not all be read. */
  unreadable(): readonly number[];
}

/** How batches are cut. */
export interface BatchPlan {
  readonly reader: RowReader;
  /** Cleared for each batch: only one batch is filled at a time. */
  readonly rounds: KeyRounds;
  readonly lanes: number;
  /** Rows after which a batch is full. */
  readonly size: number;
}

const MOST_ROUNDS = 50;
const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const SMALL_INTEGER = 0x3fffffff;

interface Filling {
  readonly unreadable: number[];
  /** By lane: the rows that were not taken yet. */
  readonly staged: string[];
  /** By lane, by round. */
  readonly roundRows: readonly number[][];
  lastRound: number;
  rows: number;
}

/**
 * Collects rows for one application. A key always goes into the same lane, and one that comes again
 * within the batch is staged for a later round: the rows of one household are judged one after the
 * other, in the order of the file.
 */
export function importBatch(plan: BatchPlan): ImportBatch {
  plan.rounds.clear();
  const filling: Filling = {
    unreadable: [],
    staged: Array.from({ length: plan.lanes }, () => ''),
    roundRows: Array.from({ length: plan.lanes }, (): number[] => []),
    lastRound: 0,
    rows: 0,
  };
  return {
    add: (record) => {
      add(plan, filling, record);
    },
    takeStaged(lane) {
      const text = filling.staged[lane] ?? '';
      filling.staged[lane] = '';
      return text;
    },
    roundRows: (lane) => filling.roundRows[lane] ?? [],
    isFull: () => filling.rows >= plan.size || filling.lastRound >= MOST_ROUNDS,
    rows: () => filling.rows,
    unreadable: () => filling.unreadable,
  };
}

function add(plan: BatchPlan, filling: Filling, record: FileRecord): void {
  const { staged, roundRows } = filling;
  filling.rows += 1;
  const read =
    record.fault === undefined ? plan.reader(record.cells) : undefined;
  if (read === undefined || 'problems' in read) {
    filling.unreadable.push(record.line);
    return;
  }
  const hash = hashOf(read.key);
  const round = plan.rounds.next(hash);
  if (round > filling.lastRound) filling.lastRound = round;
  const lane = hash % plan.lanes;
  const counts = roundRows[lane] ?? [];
  counts[round - 1] = (counts[round - 1] ?? 0) + 1;
  const row = `${record.line}\t${round}\t${read.stored}\n`;
  // COPY's only other signs, tab and end of line, are refused in every cell.
  const escaped = row.includes('\\') ? row.replaceAll('\\', '\\\\') : row;
  staged[lane] = (staged[lane] ?? '') + escaped;
}

function hashOf(key: string): number {
  let hash = FNV_BASIS;
  for (let at = 0; at < key.length; at += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(at), FNV_PRIME);
  }
  return (hash ^ (hash >>> 15)) & SMALL_INTEGER;
}
