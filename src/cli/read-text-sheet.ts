import { parse } from 'csv-parse/sync';
import { unprotectCell } from '../exchange/csv-cells';
import { tidied } from '../text/catalogue-faults';
import { SHEET_COLUMNS, TEXT_COLUMN } from './text-sheet';

/** One row of a sheet that came back; `line` is the row's number in a spreadsheet. */
export interface SheetRow {
  line: number;
  key: string;
  source: string;
  text: string;
  shown: string;
  confidence: string;
  note: string;
  reviewer: string;
  date: string;
}

/** What is wrong at one row, and what to do, in French; line 0 is the whole file. */
export interface SheetFault {
  line: number;
  column: string;
  sentence: string;
}

/** A sheet as it came back, or why it cannot be read. */
export type ReadSheet =
  | { kind: 'sheet'; languageCode: string; rows: SheetRow[] }
  | { kind: 'unreadable'; faults: SheetFault[] };

/** Reads the bytes of a sheet, with whatever separator the spreadsheet program chose. */
export function readTextSheet(bytes: Uint8Array): ReadSheet {
  const text = decoded(bytes);
  if (text === undefined) {
    return unreadable(
      "Le fichier n'est pas en UTF-8: enregistrez-le comme « CSV UTF-8 ».",
    );
  }
  const records = recordsOf(text);
  if (records === undefined) {
    return unreadable(
      "Un guillemet n'est pas fermé: enregistrez de nouveau la feuille en CSV.",
    );
  }
  const [header = [], ...rows] = records;
  const names = header.map((name) => clean(name).toLowerCase());
  const textColumn = names.find((name) => name.startsWith(TEXT_COLUMN));
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (textColumn === undefined || missing.length > 0) {
    const lacking = textColumn === undefined ? [`${TEXT_COLUMN}…`] : [];
    return unreadable(missingColumns([...missing, ...lacking]));
  }
  return {
    kind: 'sheet',
    languageCode: textColumn.slice(TEXT_COLUMN.length),
    rows: rows
      .map((row, index) => rowOf(row, index + 2, names, textColumn))
      .filter(
        ({ key, text: written, source }) => key + written + source !== '',
      ),
  };
}

const NEEDED = Object.values(SHEET_COLUMNS).filter(
  (name) => name !== SHEET_COLUMNS.septets,
);

function rowOf(
  row: readonly string[],
  line: number,
  names: readonly string[],
  textColumn: string,
): SheetRow {
  const cell = (name: string): string => clean(row[names.indexOf(name)] ?? '');
  return {
    line,
    key: cell(SHEET_COLUMNS.key),
    source: cell(SHEET_COLUMNS.source),
    text: cell(textColumn),
    shown: cell(SHEET_COLUMNS.shown),
    confidence: cell(SHEET_COLUMNS.confidence),
    note: cell(SHEET_COLUMNS.note),
    reviewer: cell(SHEET_COLUMNS.reviewer),
    date: cell(SHEET_COLUMNS.date),
  };
}

function clean(cell: string): string {
  return tidied(unprotectCell(cell));
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function recordsOf(text: string): string[][] | undefined {
  const [header = ''] = text.split('\n', 1);
  const delimiter =
    [';', ',', '\t'].find((mark) => header.includes(mark)) ?? ';';
  try {
    return parse(text, { delimiter, relax_column_count: true });
  } catch {
    return undefined;
  }
}

function missingColumns(names: readonly string[]): string {
  const listed = names.map((name) => `« ${name} »`).join(', ');
  return `Il manque la colonne ${listed}: repartez d'une feuille exportée.`;
}

function unreadable(sentence: string): ReadSheet {
  return { kind: 'unreadable', faults: [{ line: 0, column: '', sentence }] };
}
