import { hasSealedWords } from './sealed-words';

/** How much an officer may write at once. */
export const noteLength = 600;

/**
 * Words that an officer wrote, fit to be kept; or why they are not: too long, or such that only the sealed line may
 * hold them. Nothing is kept then, and she is asked to reword or to re-classify.
 */
export type StaffWords =
  | { kind: 'fit'; words: string | undefined }
  | { kind: 'tooLong' }
  | { kind: 'sealedWords' };

/** Why words were not kept. */
export type WordsRefused = Exclude<StaffWords, { kind: 'fit' }>;

/** Reads what an officer wrote; nothing but spaces is nothing. */
export function staffWords(written: string | undefined): StaffWords {
  const words = (written ?? '').replaceAll('\0', '').trim();
  if (words.length > noteLength) return { kind: 'tooLong' };
  if (hasSealedWords(words)) return { kind: 'sealedWords' };
  return { kind: 'fit', words: words === '' ? undefined : words };
}
