import { unlink } from 'node:fs/promises';
import { hasCode } from '../runtime/has-code';
import { piecesOf } from './pieces-of';
import {
  recordSplitter,
  type FileRecord,
  type RecordSplitter,
} from './record-splitter';
import { rejectedFile, type RejectedRow } from './rejected-file';
import type { CellProblem, RowReader } from './row-reader';
import { sentence, type SentenceKey } from './sentences';
import type { RegisterFile } from './survey-file';
import { TARGETS } from './targets';

/** The lines that were not taken in; a sentence where the store refused what the cells allowed. */
export type Rejections = ReadonlyMap<number, SentenceKey | undefined>;

/** What a whole line is called where no single cell is to blame. */
export const WHOLE_LINE = 'ligne entière';

const PIECE_BYTES = 262_144;

/**
 * Writes the rows that were not taken in, each with all that is wrong with it. The file is read once more
 * for them: keeping every row at hand until its batch is applied would take memory from all imports,
 * for the sake of the few that have such rows.
 */
export async function reportRejections(
  file: RegisterFile,
  rejections: Rejections,
  reader: RowReader,
  path: string,
): Promise<void> {
  const target = rejectedFile(file, path);
  const found = rejectedRows(file, rejections, reader);
  try {
    for await (const piece of piecesOf(file, PIECE_BYTES)) {
      found.splitter.push(piece);
      await target.write(found.take());
    }
    found.splitter.end();
    await target.write(found.take());
  } finally {
    await target.close();
  }
}

/** Finds the rows that were not taken in among all that the splitter is given. */
function rejectedRows(
  file: RegisterFile,
  rejections: Rejections,
  reader: RowReader,
): { splitter: RecordSplitter; take: () => readonly RejectedRow[] } {
  let found: RejectedRow[] = [];
  const onRecord = (record: FileRecord): void => {
    const { line, text } = record;
    if (!rejections.has(line)) return;
    const refusal = rejections.get(line);
    const problems = problemsOf(file, record, refusal, reader);
    found.push({ line, text, problems });
  };
  return {
    splitter: recordSplitter(file.separator, file.header.length, onRecord),
    take() {
      const rows = found;
      found = [];
      return rows;
    },
  };
}

/**
 * Takes away the report of an earlier import, now that every row of the file was taken in.
 * @returns whether there was one
 */
export async function withdrawReport(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function problemsOf(
  file: RegisterFile,
  record: FileRecord,
  refusal: SentenceKey | undefined,
  reader: RowReader,
): readonly CellProblem[] {
  if (refusal !== undefined) return [refused(file, record, refusal)];
  if (record.fault !== undefined) return [faulty(file, record)];
  const read = reader(record.cells);
  return 'problems' in read ? read.problems : [];
}

function refused(
  { format, header }: RegisterFile,
  { cells }: FileRecord,
  key: SentenceKey,
): CellProblem {
  const parent = TARGETS[format.kind].parents.find(
    ({ unknown }) => unknown === key,
  );
  const column = parent?.column ?? 'updated_at';
  const value = cells[header.indexOf(column)] ?? '';
  return { column, value, sentence: sentence(key) };
}

function faulty(
  { titles }: RegisterFile,
  { fault, text, cells }: FileRecord,
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
