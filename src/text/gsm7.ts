import { foldBy, openFolding, type Folding } from './fold-by';
import { NEAR_ASCII, NEAR_GSM7 } from './near-letters';

/** What a network shows: the whole GSM-7 alphabet, or only its ASCII part. */
export type Alphabet = 'gsm7' | 'ascii';

/** What one USSD page holds on the most modest network. Technical ceiling: 182. */
export const PAGE_SEPTETS = 160;

// Source: 3GPP TS 23.038 section 6.2.1; ESC is left out, for it is no character of a text.
const DEFAULT_TABLE =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION_TABLE = '\f^{}\\[~]|€';

/** Septets of every UTF-16 unit; 0 where GSM-7 has no such character. */
const SEPTETS = new Uint8Array(0x1_0000);
for (const character of DEFAULT_TABLE) SEPTETS[character.charCodeAt(0)] = 1;
for (const character of EXTENSION_TABLE) SEPTETS[character.charCodeAt(0)] = 2;

/** Length of a text in septets, or the characters that GSM-7 does not have, each once. */
export type Measure =
  { kind: 'fits'; septets: number } | { kind: 'outside'; characters: string[] };

/** Septets of a character of GSM-7: 1, or 2 in the extension table, 0 outside the alphabet. */
export function septetsOfUnit(utf16Unit: number): 0 | 1 | 2 {
  const count = SEPTETS[utf16Unit];
  return count === 1 || count === 2 ? count : 0;
}

/** Says how long a text is on GSM-7, or what in it cannot be carried. */
export function septetsOrFault(text: string): Measure {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = septetsOfUnit(text.charCodeAt(at));
    if (unit === 0) return { kind: 'outside', characters: outside(text) };
    count += unit;
  }
  return { kind: 'fits', septets: count };
}

/**
 * Length of a text that is known to be GSM-7.
 * @throws RangeError naming the characters that GSM-7 does not have: fold the text first.
 */
export function septets(text: string): number {
  const measure = septetsOrFault(text);
  if (measure.kind === 'fits') return measure.septets;
  throw new RangeError(`not in GSM-7: ${listed(measure.characters)}`);
}

/** Whether every character of the text is in GSM-7. */
export function isGsm7(text: string): boolean {
  return septetsOrFault(text).kind === 'fits';
}

/** Whether a folded text fits one USSD page of `budget` septets. */
export function fitsPage(text: string, budget = PAGE_SEPTETS): boolean {
  return septets(text) <= budget;
}

/**
 * Text as a network can carry it: near letters for those it lacks, `?` for what has none.
 * One way only; the official spelling cannot be had back. Source of the table: near-letters.ts.
 */
export function fold(text: string, alphabet: Alphabet): string {
  return foldBy(text, FOLDING[alphabet], '?');
}

/**
 * As {@link fold}, for texts of the catalogue, in which nothing may be lost.
 * @throws RangeError naming the characters for which the alphabet has nothing near.
 */
export function foldStrict(text: string, alphabet: Alphabet): string {
  const result = foldBy(text, FOLDING[alphabet], LOST);
  if (!result.includes(LOST)) return result;
  const lost = Array.from(text.normalize('NFC')).filter((character) =>
    foldBy(character, FOLDING[alphabet], LOST).includes(LOST),
  );
  throw new RangeError(`nothing near in ${alphabet}: ${listed(lost)}`);
}

/** Stands for a lost character while a strict fold looks for one; itself in no alphabet. */
const LOST = '\u0000';

const COMBINING_MARKS = /\p{M}+/gu;
const FOLDING: Readonly<Record<Alphabet, Folding>> = {
  gsm7: openFolding(nearestGsm7),
  ascii: openFolding(nearestAscii),
};

function nearestGsm7(character: string): string | undefined {
  if (isGsm7(character)) return character;
  const near = NEAR_GSM7[character];
  if (near !== undefined) return near;
  const base = character.normalize('NFKD').replace(COMBINING_MARKS, '');
  if (base === '' || base === character) return undefined;
  return isGsm7(base) ? base : undefined;
}

function nearestAscii(character: string): string | undefined {
  const near = nearestGsm7(character);
  if (near === undefined) return undefined;
  const plain = Array.from(near, (one) => NEAR_ASCII[one] ?? one).join('');
  return /^[\n\r -~]*$/.test(plain) ? plain : undefined;
}

function outside(text: string): string[] {
  return [...new Set(text)].filter((one) => !isGsm7Character(one));
}

function isGsm7Character(character: string): boolean {
  return character.length === 1 && septetsOfUnit(character.charCodeAt(0)) !== 0;
}

function listed(characters: readonly string[]): string {
  return [...new Set(characters)]
    .map((one) => `${JSON.stringify(one)} (${codePoint(one)})`)
    .join(', ');
}

function codePoint(character: string): string {
  const value = character.codePointAt(0) ?? 0;
  return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
}
