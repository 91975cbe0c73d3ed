import type { FileRecord } from './record-splitter';
import type { RejectedRow } from './rejected-file';
import type { CellProblem, RowReader } from './row-reader';
import { sentence, type SentenceKey } from './sentences';

/** Rows that are applied together. */
export interface ImportBatch {
  add(record: FileRecord): void;
  /** The staged rows that came since the last call, as COPY reads them. */
  takeStaged(): string;
  isFull(): boolean;
  rows(): number;
  rounds(): number;
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

/** What a whole line is called where no single cell is to blame. */
export const WHOLE_LINE = 'ligne entière';

const MOST_ROUNDS = 50;

/**
 * Collects rows for one transaction. A key that comes again within the batch is staged for a later
 * round, so that the rows of one household are judged one after the other, in the order of the file.
 */
export function importBatch(
  reader: RowReader,
  titles: readonly string[],
  size: number,
): ImportBatch {
  const seen = new Map<string, number>();
  const lines: number[] = [];
  const texts: (readonly string[])[] = [];
  const raw: string[] = [];
  const bad: RejectedRow[] = [];
  let staged = '';
  let rounds = 0;
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
      const read = reader(record.cells);
      if ('problems' in read) {
        reject(record, read.problems);
        return;
      }
      const round = (seen.get(read.key) ?? 0) + 1;
      seen.set(read.key, round);
      if (round > rounds) rounds = round;
      lines.push(record.line);
      texts.push(record.cells);
      raw.push(record.text);
      const row = `${record.line}\t${round}\t${read.values.join('\t')}\n`;
      // COPY's only other signs, tab and end of line, are refused in every cell.
      staged += row.includes('\\') ? row.replaceAll('\\', '\\\\') : row;
    },
    takeStaged() {
      const text = staged;
      staged = '';
      return text;
    },
    isFull: () => rows >= size || rounds >= MOST_ROUNDS,
    rows: () => rows,
    rounds: () => rounds,
    rejected(refused, columnOf) {
      const late = [...refused].map(([line, key]): RejectedRow => {
        const index = indexOf(lines, line);
        const { column, at } = columnOf(key);
        const value = texts[index]?.[at] ?? '';
        const problems = [{ column, value, sentence: sentence(key) }];
        return { line, text: raw[index] ?? '', problems };
      });
      return [...bad, ...late].sort((a, b) => a.line - b.line);
    },
  };
}

function faultOf(record: FileRecord, titles: readonly string[]): CellProblem {
  const { fault, text, cells } = record;
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
