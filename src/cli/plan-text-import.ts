import type { LongestValues } from '../text/longest-values';
import {
  allTexts,
  languageIn,
  sourceOf,
  type Catalogue,
} from '../text/read-catalogue';
import { isSigned } from '../text/review';
import { rowFaults, type Checks, type Present } from './check-sheet-row';
import type { SheetFault, SheetRow } from './read-text-sheet';
import { lengthFaults } from './screen-growth';
import { changeOf, type TextChange } from './text-change';
import { SHEET_COLUMNS } from './text-sheet';

/** What a sheet would do; with a single fault it does nothing. */
export interface TextPlan {
  changes: TextChange[];
  faults: SheetFault[];
  /** Texts that are signed once the changes are made, among the rows of the sheet. */
  signed: number;
}

/** What a plan is made from. */
export interface PlanningSources {
  catalogue: Catalogue;
  longest: LongestValues;
  today: string;
}

/** Checks a whole sheet and works out its changes; nothing is written. */
export function planTextImport(
  { catalogue, longest, today }: PlanningSources,
  languageCode: string,
  rows: readonly SheetRow[],
): TextPlan {
  const one = languageIn(catalogue, languageCode);
  const originals = allTexts(sourceOf(catalogue));
  const texts = allTexts(one);
  const languages = Array.from(catalogue.values(), (each) => each.language);
  const checks = { language: one.language, languages, today };
  const lines = firstLines(rows);
  const judged = rows.map((row) => {
    const text = texts.get(row.key);
    const present = {
      source: originals.get(row.key),
      text: text ?? '',
      entry: one.review.get(row.key),
    };
    const sentence = keySentence(row, text !== undefined, lines);
    return sentence === undefined
      ? judge(row, present, checks)
      : { faults: [{ line: row.line, column: SHEET_COLUMNS.key, sentence }] };
  });
  const changes = judged.flatMap(({ change }) => change ?? []);
  return {
    changes: changes.filter(({ isNews }) => isNews),
    faults: [
      ...judged.flatMap(({ faults }) => faults),
      ...lengthFaults(one, longest, changes, lines),
    ],
    signed: changes.filter(({ entry, text }) => isSigned(entry, text)).length,
  };
}

function judge(
  row: SheetRow,
  present: Present,
  checks: Checks,
): { faults: SheetFault[]; change?: TextChange } {
  const faults = rowFaults(row, present, checks);
  if (faults.length > 0) return { faults };
  return { faults, change: changeOf(row, present.text, present.entry) };
}

function firstLines(rows: readonly SheetRow[]): Map<string, number> {
  const lines = new Map<string, number>();
  for (const { key, line } of rows) {
    if (!lines.has(key)) lines.set(key, line);
  }
  return lines;
}

function keySentence(
  { key, line }: SheetRow,
  isKnown: boolean,
  lines: ReadonlyMap<string, number>,
): string | undefined {
  if (!isKnown) {
    return "Cette clé n'existe pas: remettez celle de la feuille exportée.";
  }
  const first = lines.get(key) ?? line;
  if (first === line) return undefined;
  return `Cette clé est déjà à la ligne ${first}: gardez une seule des deux lignes.`;
}
