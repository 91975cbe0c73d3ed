import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { csvLine, unprotectCell } from './csv-cells';
import { REJECTION_COLUMNS } from './formats';
import { freeName } from './free-name';
import type { CellProblem } from './row-reader';
import { splitCells } from './split-cells';
import type { RegisterFile } from './survey-file';

/** A row that was not taken in, as it stands in the file, and all that is wrong with it. */
export interface RejectedRow {
  readonly line: number;
  readonly text: string;
  readonly problems: readonly CellProblem[];
}

/** The rows of a file that were not taken in; nothing is written as long as there are none. */
export interface RejectedFile {
  write(rows: readonly RejectedRow[]): Promise<void>;
  close(): Promise<void>;
}

const BOM = '\ufeff';
// NUL would cut the file in most programs; this is refused as well until somebody corrects it.
const LOST = '\ufffd';
// What stands between the columns, values and sentences of one row; never within a sentence.
const AND = ' | ';

/** How the rejected rows of a file are called. */
export function reportOf(file: string): string {
  return `${file}.rejected.csv`;
}

/**
 * Where the rejected rows of each of these files are written: `FILE.rejected.csv`, next to the file or
 * in `folder`. Files of one name get numbers there, and no file that is still to be read is written over.
 */
export function rejectedPaths(
  files: readonly string[],
  folder?: string,
): (file: string) => string {
  const taken = new Set(files.map((file) => path.resolve(file)));
  const targets = new Map<string, string>();
  for (const file of new Set(files)) {
    const into = folder ?? path.dirname(file);
    const target = (name: string): string => path.join(into, reportOf(name));
    const isFree = (name: string): boolean =>
      !taken.has(path.resolve(target(name)));
    const chosen = target(freeName(path.basename(file), isFree));
    taken.add(path.resolve(chosen));
    targets.set(file, chosen);
  }
  return (file) => targets.get(file) ?? reportOf(file);
}

/**
 * Opens a file for rejected rows: the file's own columns, then our four, so that the corrected rows can
 * be imported again. It begins with a BOM: spreadsheets then keep the accents.
 */
export function rejectedFile(file: RegisterFile, target: string): RejectedFile {
  const own: readonly string[] = REJECTION_COLUMNS;
  const kept = file.header.flatMap((name, at) =>
    own.includes(name) ? [] : [at],
  );
  let handle: FileHandle | undefined;
  const openOnce = async (): Promise<FileHandle> => {
    const opened = await open(target, 'w', 0o600);
    const titles = kept.map((at) => file.titles[at] ?? '');
    await opened.write(BOM + csvLine([...titles, ...own], file.separator));
    return opened;
  };
  return {
    async write(rows) {
      if (rows.length === 0) return;
      handle ??= await openOnce();
      await handle.write(
        rows.map((row) => lineOf(row, file.separator, kept)).join(''),
      );
    },
    async close() {
      await handle?.close();
    },
  };
}

function lineOf(
  { line, text, problems }: RejectedRow,
  separator: RegisterFile['separator'],
  kept: readonly number[],
): string {
  const split = splitCells(text, separator);
  const cells = split.kind === 'cells' ? split.cells : text.split(separator);
  const told = [
    problems.map(({ column }) => column),
    problems.map(({ value }) => value),
    problems.map(({ sentence }) => sentence),
  ].map((parts) => parts.join(AND));
  // A cell that came protected is protected once, not twice.
  const own = kept.map((at) => unprotectCell(cells[at] ?? ''));
  const whole = csvLine([...own, String(line), ...told], separator);
  return whole.replaceAll('\0', LOST);
}
