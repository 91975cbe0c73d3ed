const FORMULA_START = /^'*[=+\-@\t\r]/;
const PROTECTED_START = /^'+[=+\-@\t\r]/;
// A phone number is no formula, and whoever reads our files wants it as E.164 writes it.
const PHONE = /^\+\d{7,15}$/;
const NEEDS_QUOTES = /["\r\n]|^\s|\s$/;

/** A cell that no spreadsheet takes for a formula: an apostrophe stands in front of `= + - @`, tab and CR. */
export function protectCell(text: string): string {
  return FORMULA_START.test(text) && !PHONE.test(text) ? `'${text}` : text;
}

/** What `protectCell` was given: the same text comes back from a file that we wrote. */
export function unprotectCell(text: string): string {
  return PROTECTED_START.test(text) ? text.slice(1) : text;
}

/** One line of a CSV file with its end, cells protected and quoted where RFC 4180 asks for it. */
export function csvLine(
  cells: readonly string[],
  separator: ';' | ',' = ';',
): string {
  return `${cells.map((cell) => quoted(protectCell(cell), separator)).join(separator)}\n`;
}

function quoted(cell: string, separator: string): string {
  if (!cell.includes(separator) && !NEEDS_QUOTES.test(cell)) return cell;
  return `"${cell.replaceAll('"', '""')}"`;
}
