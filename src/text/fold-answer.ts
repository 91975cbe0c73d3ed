import { fold } from './gsm7';

/** Ways of writing one sound that people mix: what was typed and what is looked for are both brought to one. */
const SAME_SOUND: readonly (readonly [RegExp, string])[] = [
  [/gn/g, 'ny'],
  [/ou/g, 'u'],
  [/ai/g, 'e'],
];

/**
 * A typed answer as it is compared, never shown: small letters of one spelling, words apart by one space. `Arrêt !`, `ARRET` and
 * `arret` are one, and `Ɔwɔ` meets `owo`.
 */
export function foldAnswer(text: string): string {
  const bare = fold(text, 'ascii').toLowerCase();
  const one = SAME_SOUND.reduce(
    (folded, [spelling, sound]) => folded.replace(spelling, sound),
    bare,
  );
  return one.replace(/[^a-z0-9]+/g, ' ').trim();
}
