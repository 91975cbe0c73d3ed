import { foldStrict } from './gsm7';
import type { Language } from './languages';

const COMBINING_MARK = /\p{M}/u;
const LETTER = /\p{L}/u;
const ASCII_LETTER = /[A-Za-z]/;

/**
 * Characters that a text may not hold, each once: letters of no language of the service (names
 * and loans of one stand in another; the language screen has several), tone marks, and whatever
 * cannot be shown on a phone.
 */
export function strangersIn(
  text: string,
  languages: readonly Language[],
): string[] {
  const letters = languages.map((language) => language.letters).join('');
  return Array.from(new Set(text.normalize('NFC'))).filter(
    (character) => !isWritten(character, letters) || !isCarried(character),
  );
}

function isWritten(character: string, letters: string): boolean {
  if (COMBINING_MARK.test(character)) return false;
  if (!LETTER.test(character) || ASCII_LETTER.test(character)) return true;
  return letters.includes(character);
}

function isCarried(character: string): boolean {
  try {
    foldStrict(character, 'gsm7');
    foldStrict(character, 'ascii');
    return true;
  } catch {
    return false;
  }
}
