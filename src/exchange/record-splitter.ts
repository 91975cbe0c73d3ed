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

// Beyond this, a quotation mark was forgotten rather than a long text written.
const LONGEST_RECORD = 65_536;
const MOST_LINES = 100;
const NEWLINE = 10;

/**
 * Cuts a file into rows. A row that goes over several lines and does not fit the header gives up its
 * first line only: the lines that a forgotten quotation mark swallowed are read again, each for itself.
 * Bytes that are not UTF-8 become U+FFFD, which no cell may hold.
 */
export function recordSplitter(
  separator: string,
  cellsExpected: number,
  onRecord: (record: FileRecord) => void,
): RecordSplitter {
  let carry: Buffer = Buffer.alloc(0);
  let lineNumber = 1; // the header's
  let open: { line: number; texts: string[]; length: number } | undefined;

  const take = (text: string, line: number): void => {
    if (open === undefined) {
      settle([text], line);
      return;
    }
    open.texts.push(text);
    open.length += text.length + 1;
    // Only a line with a quotation mark can close what is open.
    if (text.includes('"')) settle(open.texts, open.line);
    else if (isTooLong(open)) giveUp(open.texts, open.line, 'open');
  };

  const settle = (texts: string[], line: number): void => {
    const text = texts.length === 1 ? (texts[0] ?? '') : texts.join('\n');
    const split = splitCells(text, separator);
    if (split.kind === 'open') {
      open ??= { line, texts, length: text.length };
      if (isTooLong(open)) giveUp(texts, line, 'open');
      return;
    }
    open = undefined;
    if (split.kind === 'broken') giveUp(texts, line, split.cell);
    else if (isBlank(split.cells)) return;
    else if (split.cells.length === cellsExpected) {
      onRecord({ line, text, cells: split.cells });
    } else if (texts.length > 1) giveUp(texts, line, 'open');
    else miscounted(text, line, split.cells);
  };

  const giveUp = (
    texts: readonly string[],
    line: number,
    cell: number | 'open',
  ): void => {
    const [text = '', ...rest] = texts;
    open = undefined;
    const at = cell === 'open' ? openingCell(text, separator) : cell;
    onRecord({
      ...{ line, text, cells: text.split(separator) },
      fault: { kind: 'quote', cell: at },
    });
    rest.forEach((next, index) => {
      take(next, line + 1 + index);
    });
  };

  const miscounted = (
    text: string,
    line: number,
    cells: readonly string[],
  ): void => {
    const fault = { kind: 'cellCount', found: cells.length } as const;
    onRecord({ line, text, cells, fault });
  };

  const takeLines = (text: string): void => {
    let from = 0;
    for (;;) {
      const end = text.indexOf('\n', from);
      if (end === -1) break;
      lineNumber += 1;
      const isCrlf = text.charCodeAt(end - 1) === 13 && end > from;
      take(text.slice(from, isCrlf ? end - 1 : end), lineNumber);
      from = end + 1;
    }
  };

  return {
    push(chunk) {
      const end = chunk.lastIndexOf(NEWLINE);
      if (end === -1) {
        carry = Buffer.concat([carry, chunk]);
        return;
      }
      const whole = Buffer.concat([carry, chunk.subarray(0, end + 1)]);
      carry = Buffer.from(chunk.subarray(end + 1));
      takeLines(whole.toString('utf8'));
    },
    end() {
      if (carry.length > 0) takeLines(`${carry.toString('utf8')}\n`);
      carry = Buffer.alloc(0);
      return open?.line;
    },
  };
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
