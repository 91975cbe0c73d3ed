import { lineCutter } from './line-cutter';
import { splitCells } from './split-cells';

/** One row of a file: its cells, or what makes it no row. `line` is the number of its first line. */
export interface FileRecord {
  readonly line: number;
  /** The row as it stands in the file, without its end of line. */
  readonly text: string;
  readonly cells: readonly string[];
  readonly fault?: RecordFault;
}

/** Why a line is no row. */
export type RecordFault =
  | { readonly kind: 'quote'; readonly cell: number }
  | { readonly kind: 'cellCount'; readonly found: number };

/** Takes a file in pieces of any size and gives its rows in order. */
export interface RecordSplitter {
  push(chunk: Buffer): void;
  /** @returns the line whose quotation mark is still open, where the file was cut. */
  end(): number | undefined;
}

/** Rows that are being put together out of lines. */
interface Assembly {
  readonly separator: string;
  readonly cellsExpected: number;
  readonly onRecord: (record: FileRecord) => void;
  /** The row whose quotation mark is still open. */
  open: { line: number; texts: string[]; length: number } | undefined;
}

// Beyond this, a quotation mark was forgotten rather than a long text written.
const LONGEST_RECORD = 65_536;
const MOST_LINES = 100;
const HEADER_LINES = 1;

/**
 * Cuts what stands below a file's header into rows. A row that goes over several lines and does not fit the header
 * gives up its first line only: the lines that a forgotten quotation mark swallowed are read again, each for
 * itself. Bytes that are not UTF-8 become U+FFFD, which no cell may hold.
 */
export function recordSplitter(
  separator: string,
  cellsExpected: number,
  onRecord: (record: FileRecord) => void,
): RecordSplitter {
  const assembly: Assembly = {
    ...{ separator, cellsExpected, onRecord },
    open: undefined,
  };
  const lines = lineCutter(HEADER_LINES, (text, line) => {
    take(assembly, text, line);
  });
  return {
    push: (chunk) => {
      lines.push(chunk);
    },
    end() {
      lines.end();
      return assembly.open?.line;
    },
  };
}

function take(assembly: Assembly, text: string, line: number): void {
  const { open } = assembly;
  if (open === undefined) {
    settle(assembly, [text], line);
    return;
  }
  open.texts.push(text);
  open.length += text.length + 1;
  // Only a line with a quotation mark can close what is open.
  if (text.includes('"')) settle(assembly, open.texts, open.line);
  else if (isTooLong(open)) giveUp(assembly, open.texts, open.line, 'open');
}

function settle(assembly: Assembly, texts: string[], line: number): void {
  const { separator, cellsExpected, onRecord } = assembly;
  const text = texts.length === 1 ? (texts[0] ?? '') : texts.join('\n');
  const split = splitCells(text, separator);
  if (split.kind === 'open') {
    assembly.open ??= { line, texts, length: text.length };
    if (isTooLong(assembly.open)) giveUp(assembly, texts, line, 'open');
    return;
  }
  assembly.open = undefined;
  if (split.kind === 'broken') giveUp(assembly, texts, line, split.cell);
  else if (isBlank(split.cells)) return;
  else if (split.cells.length === cellsExpected) {
    onRecord({ line, text, cells: split.cells });
  } else if (texts.length > 1) giveUp(assembly, texts, line, 'open');
  else {
    const fault = { kind: 'cellCount', found: split.cells.length } as const;
    onRecord({ line, text, cells: split.cells, fault });
  }
}

function giveUp(
  assembly: Assembly,
  texts: readonly string[],
  line: number,
  cell: number | 'open',
): void {
  const { separator, onRecord } = assembly;
  const [text = '', ...rest] = texts;
  assembly.open = undefined;
  const at = cell === 'open' ? openingCell(text, separator) : cell;
  onRecord({
    ...{ line, text, cells: text.split(separator) },
    fault: { kind: 'quote', cell: at },
  });
  rest.forEach((next, index) => {
    take(assembly, next, line + 1 + index);
  });
}

function isTooLong(open: {
  texts: readonly string[];
  length: number;
}): boolean {
  return open.length > LONGEST_RECORD || open.texts.length > MOST_LINES;
}

function isBlank(cells: readonly string[]): boolean {
  return cells[0]?.trim() === '' && cells.every((cell) => cell.trim() === '');
}

/** The first cell that begins with a quotation mark: what follows it cannot be told apart. */
function openingCell(text: string, separator: string): number {
  const cell = text.split(separator).findIndex((one) => one.startsWith('"'));
  return Math.max(0, cell);
}
