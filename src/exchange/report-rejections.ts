import { createReadStream } from 'node:fs';
import { recordSplitter, type FileRecord } from './record-splitter';
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
 * @returns where they were written.
 */
export async function reportRejections(
  file: RegisterFile,
  rejections: Rejections,
  reader: RowReader,
  folder: string | undefined,
): Promise<string> {
  const target = rejectedFile(file, folder);
  let found: RejectedRow[] = [];
  const splitter = recordSplitter(
    file.separator,
    file.header.length,
    (record) => {
      if (!rejections.has(record.line)) return;
      const problems = problemsOf(
        file,
        record,
        rejections.get(record.line),
        reader,
      );
      found.push({ line: record.line, text: record.text, problems });
    },
  );
  const take = async (): Promise<void> => {
    const rows = found;
    found = [];
    await target.write(rows);
  };
  try {
    const stream = createReadStream(file.path, {
      start: file.bodyAt,
      highWaterMark: PIECE_BYTES,
    });
    for await (const piece of stream) {
      // A file opened without an encoding is read in buffers.
      splitter.push(piece as Buffer);
      await take();
    }
    splitter.end();
    await take();
  } finally {
    await target.close();
  }
  return target.path;
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
