import { csvLine } from '../exchange/csv-cells';
import { fold, septets } from '../text/gsm7';
import { longestLines, type LongestValues } from '../text/longest-values';
import {
  allTexts,
  languageIn,
  sourceOf,
  type Catalogue,
} from '../text/read-catalogue';
import { isSigned, type Confidence } from '../text/review';
import { screenOf } from '../text/screen-length';

/** The columns of a native reader's sheet that do not depend on the language. */
export const SHEET_COLUMNS = {
  key: 'cle',
  source: 'francais',
  shown: 'affiche',
  septets: 'septets',
  confidence: 'confiance',
  note: 'note',
  reviewer: 'relecteur',
  date: 'date',
} as const;

/** The column of the official text names its language, so that a sheet cannot go astray. */
export const TEXT_COLUMN = 'texte_';

/** What the sheet calls a translator's confidence. */
export const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  high: 'haute',
  medium: 'moyenne',
  low: 'faible',
};

// Excel takes a file without it for Latin-1 and spoils ɛ and ɔ.
const BYTE_ORDER_MARK = '\ufeff';

/** The sheet of one language for its native reader: every text, and who signed it. */
export function writeTextSheet(
  catalogue: Catalogue,
  longest: LongestValues,
  languageCode: string,
): string {
  const one = languageIn(catalogue, languageCode);
  const originals = allTexts(sourceOf(catalogue));
  const texts = allTexts(one);
  const rows = Array.from(one.texts).flatMap(([namespace, keys]) =>
    Array.from(keys, ([key, text]) => {
      const id = `${namespace}.${key}`;
      const entry = one.review.get(id);
      const signature = isSigned(entry, text) ? entry : undefined;
      const setting = { namespace, state: screenOf(key), texts };
      return csvLine([
        id,
        originals.get(id) ?? '',
        text,
        fold(text, 'gsm7'),
        String(lengthOf(longestLines(text, longest, setting))),
        entry === undefined ? '' : CONFIDENCE_WORDS[entry.confidence],
        entry?.note ?? '',
        signature?.reviewer ?? '',
        signature?.date ?? '',
      ]);
    }),
  );
  return BYTE_ORDER_MARK + csvLine(headerOf(languageCode)) + rows.join('');
}

function headerOf(languageCode: string): string[] {
  const { key, source, shown, ...others } = SHEET_COLUMNS;
  const text = TEXT_COLUMN + languageCode;
  return [key, source, text, shown, ...Object.values(others)];
}

function lengthOf(lines: readonly string[]): number {
  return septets(fold(lines.join('\n'), 'gsm7'));
}
