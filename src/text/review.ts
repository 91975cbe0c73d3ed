import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, readJsonObject } from './read-json';

/** How sure the writer of a translation was. */
export type Confidence = 'high' | 'medium' | 'low';

/** What is known of one translated text; `reviewed` holds only for the text with that hash. */
export interface ReviewEntry {
  confidence: Confidence;
  reviewed: boolean;
  note?: string;
  /** Who signed the text, and on what day (`YYYY-MM-DD`). */
  reviewer?: string;
  date?: string;
  hash?: string;
}

/** Entries by `<namespace>.<key>`. */
export type Review = ReadonlyMap<string, ReviewEntry>;

const CONFIDENCES: readonly string[] = ['high', 'medium', 'low'];
const OPTIONAL = ['note', 'reviewer', 'date', 'hash'] as const;

/** Fingerprint of a text, by which a changed text is known to need a new signature. */
export function textHash(text: string): string {
  return createHash('sha256')
    .update(text.normalize('NFC'))
    .digest('base64url')
    .slice(0, 16);
}

/** Whether a native reader has signed this very text. */
export function isSigned(
  entry: ReviewEntry | undefined,
  text: string,
): boolean {
  return entry?.reviewed === true && entry.hash === textHash(text);
}

/**
 * Reads `locales/<language>/review.json`; empty where a language has none.
 * @throws Error naming the file and the entry that cannot be read.
 */
export function readReview(root: string, languageCode: string): Review {
  const file = join(root, 'locales', languageCode, 'review.json');
  if (!existsSync(file)) return new Map();
  return new Map(
    Object.entries(readJsonObject(file)).map(([key, value]) => {
      const entry = entryOf(value);
      if (entry === undefined) throw new Error(`${file}: "${key}" is unclear`);
      return [key, entry];
    }),
  );
}

function entryOf(value: unknown): ReviewEntry | undefined {
  if (!isJsonObject(value)) return undefined;
  const { confidence, reviewed } = value;
  if (!isConfidence(confidence) || typeof reviewed !== 'boolean') {
    return undefined;
  }
  const entry: ReviewEntry = { confidence, reviewed };
  for (const name of OPTIONAL) {
    const given = value[name];
    if (given === undefined) continue;
    if (typeof given !== 'string') return undefined;
    entry[name] = given;
  }
  return isComplete(entry) ? entry : undefined;
}

function isConfidence(value: unknown): value is Confidence {
  return typeof value === 'string' && CONFIDENCES.includes(value);
}

/** A signature without a name, a day or a text is none. */
function isComplete({ reviewed, reviewer, date, hash }: ReviewEntry): boolean {
  if (!reviewed) return true;
  return reviewer !== undefined && date !== undefined && hash !== undefined;
}
