const COMBINING_MARKS = /\p{M}+/gu;

/** What a fold does with one UTF-16 unit, worked out the first time that it is met. */
const UNMET = 0;
const KEPT = 1;
const REPLACED = 2;
const ALONE = 3;

/** One alphabet's near letters, remembered: thousands of screens a second are folded. */
export interface Folding {
  near: (character: string) => string | undefined;
  fates: Uint8Array;
  replacements: Map<number, string>;
}

/**
 * Opens the fold of one alphabet.
 * @param near what stands for a character there; undefined when nothing does
 */
export function openFolding(near: Folding['near']): Folding {
  return { near, fates: new Uint8Array(0x1_0000), replacements: new Map() };
}

/** Folds a text; `unknown` stands for each character that has nothing near. */
export function foldBy(
  text: string,
  folding: Folding,
  unknown: string,
): string {
  let result = '';
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const known = folding.fates[unit] ?? UNMET;
    const fate = known === UNMET ? meet(folding, unit) : known;
    if (fate === KEPT) continue;
    if (fate === ALONE) return composed(text, folding, unknown);
    const replacement = folding.replacements.get(unit) ?? unknown;
    result += text.slice(copied, at) + inCaseOf(text, at, replacement);
    copied = at + 1;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

function meet(folding: Folding, unit: number): number {
  const character = String.fromCharCode(unit);
  const replacement = folding.near(character);
  const fate = fateOf(character, replacement);
  folding.fates[unit] = fate;
  if (fate === REPLACED) folding.replacements.set(unit, replacement ?? '');
  return fate;
}

function fateOf(character: string, replacement: string | undefined): number {
  if (replacement === undefined) return ALONE;
  return replacement === character ? KEPT : REPLACED;
}

/** A stray mark or half of a pair belongs to its neighbour: compose, drop marks, go by whole characters. */
function composed(text: string, { near }: Folding, unknown: string): string {
  const bare = text.normalize('NFC').replace(COMBINING_MARKS, '');
  let result = '';
  let at = 0;
  for (const character of bare) {
    result += inCaseOf(bare, at, near(character) ?? unknown);
    at += character.length;
  }
  return result;
}

/** In a word of capitals Ɲ is NY: one capital and one small letter would read as two words. */
function inCaseOf(text: string, at: number, replacement: string): string {
  if (replacement !== 'Ny' && replacement !== 'Ng') return replacement;
  const next = text.charAt(at + 1);
  const neighbour = isLetter(next) ? next : text.charAt(at - 1);
  const isInCapitals = neighbour !== neighbour.toLowerCase();
  return isInCapitals ? replacement.toUpperCase() : replacement;
}

function isLetter(character: string): boolean {
  return character.toLowerCase() !== character.toUpperCase();
}
