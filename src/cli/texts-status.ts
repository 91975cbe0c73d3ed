import { catalogueFaults } from '../text/catalogue-faults';
import type { LongestValues } from '../text/longest-values';
import {
  allTexts,
  type Catalogue,
  type LanguageTexts,
} from '../text/read-catalogue';
import { isSigned, type Confidence } from '../text/review';
import { screenLengths } from '../text/screen-length';

const HEADER = [
  ...['langue', 'textes', 'relus', 'haute', 'moyenne', 'faible'],
  'écran le plus chargé',
];

// Only a walk through the flows tells which lines stand together: `npm run menus` does it.
const WHAT_IS_COUNTED =
  "Écran le plus chargé: toutes ses lignes comptées ensemble, même celles qu'aucun appel ne montre ensemble. Les écrans tels qu'ils se montrent: docs/menus.md.";

/** How far the texts of each language are, as a table, and what is wrong with them. */
export function textsStatus(
  catalogue: Catalogue,
  longest: LongestValues,
): { lines: string[]; isSound: boolean } {
  const rows = Array.from(catalogue.values(), (one) => rowOf(one, longest));
  const faults = catalogueFaults(catalogue);
  return {
    lines: [
      ...asTable([HEADER, ...rows]),
      WHAT_IS_COUNTED,
      ...faults.map(
        ({ locale, key, sentence }) => `${locale} ${key}: ${sentence}`,
      ),
    ],
    isSound: faults.length === 0,
  };
}

function rowOf(one: LanguageTexts, longest: LongestValues): string[] {
  const { language, review } = one;
  const texts = allTexts(one);
  const [screen, length] = fullestScreen(one, longest);
  const sure = (asked: Confidence): string =>
    language.isSource
      ? '-'
      : String(
          count(review.values(), ({ confidence }) => confidence === asked),
        );
  const signed = count(texts, ([key, text]) => isSigned(review.get(key), text));
  return [
    `${language.code} ${language.name}`,
    String(texts.size),
    language.isSource ? '-' : String(signed),
    ...[sure('high'), sure('medium'), sure('low')],
    `${screen} ${length}`,
  ];
}

function fullestScreen(
  one: LanguageTexts,
  longest: LongestValues,
): [screen: string, septets: number] {
  return Array.from(screenLengths(one, longest)).reduce(
    (best, screen) => (screen[1] > best[1] ? screen : best),
    ['-', 0],
  );
}

function count<T>(all: Iterable<T>, holds: (one: T) => boolean): number {
  return Array.from(all).filter(holds).length;
}

function asTable(rows: readonly string[][]): string[] {
  const widths = HEADER.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
