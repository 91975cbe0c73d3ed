import type { FileRecord } from './record-splitter';
import type { RejectedRow } from './rejected-file';
import type { CellProblem, RowReader } from './row-reader';
import { sentence, type SentenceKey } from './sentences';
import { splitCells } from './split-cells';
import type { RegisterFile } from './survey-file';

/** Rows that are applied together, each in the lane that its key belongs to. */
export interface ImportBatch {
  add(record: FileRecord): void;
  /** The rows of a lane that came since the last call, as COPY reads them. */
  takeStaged(lane: number): string;
  /** How many rows of a lane were staged for each round. */
  roundRows(lane: number): readonly number[];
  isFull(): boolean;
  rows(): number;
  /** The rows that were not taken in, by line: those of bad cells, and those that the store refused. */
  rejected(
    refused: ReadonlyMap<number, SentenceKey>,
    column: ColumnOf,
  ): readonly RejectedRow[];
}

/** Which column a refusal of the store is about, and where that column stands in the file. */
export type ColumnOf = (key: SentenceKey) => {
  readonly column: string;
  readonly at: number;
};

/** How batches are cut. */
export interface BatchPlan {
  readonly reader: RowReader;
  readonly file: Pick<RegisterFile, 'titles' | 'separator'>;
  readonly lanes: number;
  /** Rows after which a batch is full. */
  readonly size: number;
}

/** What a whole line is called where no single cell is to blame. */
export const WHOLE_LINE = 'ligne entière';

const MOST_ROUNDS = 50;

/**
 * Collects rows for one application. A key always goes into the same lane, and one that comes again
 * within the batch is staged for a later round: the rows of one household are judged one after the
 * other, in the order of the file.
 */
export function importBatch(plan: BatchPlan): ImportBatch {
  const { titles, separator } = plan.file;
  const rounds = new Map<string, number>();
  const lines: number[] = [];
  const texts: string[] = [];
  const bad: RejectedRow[] = [];
  const staged = Array.from({ length: plan.lanes }, () => '');
  const roundRows = Array.from({ length: plan.lanes }, (): number[] => []);
  let lastRound = 0;
  let rows = 0;

  const reject = (
    record: FileRecord,
    problems: readonly CellProblem[],
  ): void => {
    bad.push({ line: record.line, text: record.text, problems });
  };

  return {
    add(record) {
      rows += 1;
      if (record.fault !== undefined) {
        reject(record, [faultOf(record, titles)]);
        return;
      }
      const read = plan.reader(record.cells);
      if ('problems' in read) {
        reject(record, read.problems);
        return;
      }
      const round = (rounds.get(read.key) ?? 0) + 1;
      rounds.set(read.key, round);
      lastRound = Math.max(lastRound, round);
      lines.push(record.line);
      texts.push(record.text);
      const lane = laneOf(read.key, plan.lanes);
      const counts = roundRows[lane] ?? [];
      counts[round - 1] = (counts[round - 1] ?? 0) + 1;
      const row = `${record.line}\t${round}\t${read.stored}\n`;
      // COPY's only other signs, tab and end of line, are refused in every cell.
      const escaped = row.includes('\\') ? row.replaceAll('\\', '\\\\') : row;
      staged[lane] = (staged[lane] ?? '') + escaped;
    },
    takeStaged(lane) {
      const text = staged[lane] ?? '';
      staged[lane] = '';
      return text;
    },
    roundRows: (lane) => Array.from(roundRows[lane] ?? [], (count) => count),
    isFull: () => rows >= plan.size || lastRound >= MOST_ROUNDS,
    rows: () => rows,
    rejected(refused, columnOf) {
      const late = [...refused].map(([line, key]): RejectedRow => {
        const text = texts[indexOf(lines, line)] ?? '';
        const split = splitCells(text, separator);
        const { column, at } = columnOf(key);
        const value = split.kind === 'cells' ? (split.cells[at] ?? '') : '';
        return {
          line,
          text,
          problems: [{ column, value, sentence: sentence(key) }],
        };
      });
      return [...bad, ...late].sort((a, b) => a.line - b.line);
    },
  };
}

function laneOf(key: string, lanes: number): number {
  let hash = 0;
  for (let at = 0; at < key.length; at += 1) {
    hash = (Math.imul(hash, 31) + key.charCodeAt(at)) | 0;
  }
  return (hash >>> 0) % lanes;
}

function faultOf(
  { fault, text, cells }: FileRecord,
  titles: readonly string[],
): CellProblem {
  if (fault?.kind === 'quote') {
    const column = titles[fault.cell] ?? WHOLE_LINE;
    const value = cells[fault.cell] ?? text;
    return { column, value, sentence: sentence('quote') };
  }
  const counted = { found: cells.length, expected: titles.length };
  return {
    column: WHOLE_LINE,
    value: text,
    sentence: sentence('cellCount', counted),
  };
}

/** Lines come in order. */
function indexOf(lines: readonly number[], line: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
