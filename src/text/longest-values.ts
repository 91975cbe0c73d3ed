import { join } from 'node:path';
import { readJsonObject } from './read-json';
import { placesOf } from './template';

/**
 * The longest value of each place, by `<namespace>.<state>.<place>`, `<namespace>.<place>` or
 * `<place>`, the first that is there. `=common.fee` is the longest text of the language below
 * that key; null says that a longer line stands there instead.
 */
export type LongestValues = ReadonlyMap<string, string | null>;

/** What an unlisted place is measured as: a name of 20 letters, the longest that a screen shows. */
const UNLISTED = 'N'.repeat(20);

/**
 * Reads `locales/longest-values.json`.
 * @throws Error naming the file and the value that is neither a text nor null.
 */
export function readLongestValues(root: string): LongestValues {
  const file = join(root, 'locales', 'longest-values.json');
  return new Map(
    Object.entries(readJsonObject(file)).map(([place, value]) => {
      if (typeof value === 'string' || value === null) return [place, value];
      throw new Error(`${file}: "${place}" must be a text or null`);
    }),
  );
}

/** Where a text stands, and which texts of its language it may borrow. */
export interface Setting {
  namespace: string;
  state: string;
  /** Every text of the language by `<namespace>.<key>`. */
  texts: ReadonlyMap<string, string>;
}

/** The lines of a text, each place at its longest; lines that give way to longer ones are left out. */
export function longestLines(
  text: string,
  longest: LongestValues,
  setting: Setting,
): string[] {
  return text.split('\n').flatMap((line) => {
    let filled = line;
    for (const place of placesOf(line)) {
      const value = longestValue(place, longest, setting);
      if (value === null) return [];
      filled = filled.replaceAll(`{{${place}}}`, value);
    }
    return [filled];
  });
}

/** Whether the table says anything of a place. */
export function isListed(
  place: string,
  longest: LongestValues,
  { namespace, state }: Setting,
): boolean {
  return namesOf(place, namespace, state).some((name) => longest.has(name));
}

function longestValue(
  place: string,
  longest: LongestValues,
  { namespace, state, texts }: Setting,
): string | null {
  const name = namesOf(place, namespace, state).find((one) => longest.has(one));
  const value = name === undefined ? UNLISTED : (longest.get(name) ?? null);
  return value?.startsWith('=') === true
    ? longestBelow(value.slice(1), texts)
    : value;
}

function namesOf(place: string, namespace: string, state: string): string[] {
  return [`${namespace}.${state}.${place}`, `${namespace}.${place}`, place];
}

function longestBelow(key: string, texts: Setting['texts']): string {
  return Array.from(texts)
    .filter(([one]) => one === key || one.startsWith(`${key}.`))
    .map(([, text]) => text)
    .reduce((best, text) => (text.length > best.length ? text : best), '');
}
