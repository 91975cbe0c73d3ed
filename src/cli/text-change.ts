import { textHash, type ReviewEntry } from '../text/review';
import { confidenceOf, sheetDay } from './check-sheet-row';
import type { SheetRow } from './read-text-sheet';

/** What one row changes: its text, what is known of it, or both. */
export interface TextChange {
  namespace: string;
  key: string;
  text: string;
  entry: ReviewEntry;
  isCorrected: boolean;
  /** Whether anything differs from what the locale files hold. */
  isNews: boolean;
}

/** What a row without faults makes of a text and of what is known of it. */
export function changeOf(
  row: SheetRow,
  current: string,
  entry: ReviewEntry | undefined,
): TextChange {
  const dot = row.key.indexOf('.');
  const isCorrected = row.text !== current;
  const next: ReviewEntry = {
    confidence: confidenceOf(row.confidence) ?? 'low',
    ...(signatureIn(row) ?? (isCorrected ? UNSIGNED : keptFrom(entry))),
    ...(row.note === '' ? {} : { note: row.note }),
  };
  return {
    namespace: row.key.slice(0, dot),
    key: row.key.slice(dot + 1),
    text: row.text,
    entry: next,
    isCorrected,
    isNews: isCorrected || differs(next, entry),
  };
}

function differs(next: ReviewEntry, present: ReviewEntry | undefined): boolean {
  return FIELDS.some((field) => next[field] !== present?.[field]);
}

const FIELDS = [
  ...(['confidence', 'reviewed', 'note'] as const),
  ...(['reviewer', 'date', 'hash'] as const),
];

type Signature = Omit<ReviewEntry, 'confidence' | 'note'>;

const UNSIGNED: Signature = { reviewed: false };

function signatureIn(row: SheetRow): Signature | undefined {
  const date = sheetDay(row.date);
  if (date === undefined) return undefined;
  const { reviewer, text } = row;
  return { reviewed: true, reviewer, date, hash: textHash(text) };
}

/** Empty cells take no signature away. */
function keptFrom(entry: ReviewEntry | undefined): Signature {
  if (entry === undefined) return UNSIGNED;
  const { reviewed, reviewer, date, hash } = entry;
  return {
    reviewed,
    ...(reviewer === undefined ? {} : { reviewer }),
    ...(date === undefined ? {} : { date }),
    ...(hash === undefined ? {} : { hash }),
  };
}
