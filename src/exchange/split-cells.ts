/** A line cut into its cells; or why that cannot be done. */
export type SplitLine =
  | { readonly kind: 'cells'; readonly cells: readonly string[] }
  /** A quoted cell goes on in the next line. */
  | { readonly kind: 'open' }
  /** A quotation mark that RFC 4180 does not allow, in the cell of that index. */
  | { readonly kind: 'broken'; readonly cell: number };

const QUOTE = '"';

/** Cuts a line at its separators, as RFC 4180 says; a line without quotation marks is cut at once. */
export function splitCells(line: string, separator: string): SplitLine {
  if (!line.includes(QUOTE)) {
    return { kind: 'cells', cells: line.split(separator) };
  }
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const cell =
      line[at] === QUOTE ? quotedCell(line, at) : bareCell(line, at, separator);
    if (cell === 'open') return { kind: 'open' };
    if (cell === 'broken') return { kind: 'broken', cell: cells.length };
    cells.push(cell.text);
    if (cell.end === line.length) return { kind: 'cells', cells };
    if (line[cell.end] !== separator) {
      return { kind: 'broken', cell: cells.length - 1 };
    }
    at = cell.end + 1;
  }
}

interface Cell {
  readonly text: string;
  readonly end: number;
}

function bareCell(
  line: string,
  start: number,
  separator: string,
): Cell | 'broken' {
  const found = line.indexOf(separator, start);
  const end = found === -1 ? line.length : found;
  const text = line.slice(start, end);
  return text.includes(QUOTE) ? 'broken' : { text, end };
}

function quotedCell(line: string, start: number): Cell | 'open' {
  let at = start + 1;
  for (;;) {
    const quote = line.indexOf(QUOTE, at);
    if (quote === -1) return 'open';
    if (line[quote + 1] !== QUOTE) {
      const text = line.slice(start + 1, quote).replaceAll('""', QUOTE);
      return { text, end: quote + 1 };
    }
    at = quote + 2;
  }
}
