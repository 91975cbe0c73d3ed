import { fold } from './gsm7';

const NOT_LETTER_OR_DIGIT = /[^a-z0-9]+/g;

/**
 * A name as it is compared, never shown: small letters without accents, spaces, hyphens or
 * apostrophes, so that `Kita-Ouest`, `KITA OUEST` and `Kita ouest` are one commune, and `Ɲɔrɔ`
 * meets `Nyoro`.
 */
export function foldName(name: string): string {
  return fold(name, 'ascii').toLowerCase().replace(NOT_LETTER_OR_DIGIT, '');
}
