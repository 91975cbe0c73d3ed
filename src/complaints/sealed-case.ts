import { fold } from '../text/gsm7';
import type { Slot } from './request-callback';

/** What every case has. */
interface KeptCase {
  /** Names the place from which it came, in its call or at its gateway, to nobody without the hash key: doubles carry the same. */
  token: string;
  /** The day on which it was asked, in Bamako; never the hour. */
  day: string;
  msisdn: string;
  locale: string;
  /** What a reader noted, as `writeNote` writes it; absent before. */
  note?: string;
}

/** All that may be noted of a case: consent and referral, and whether the author belongs to the project as far as she knows. */
export interface CaseNote {
  linked: NotedWord;
  consent: NotedWord;
  referred: NotedWord;
}

/** Yes, no, or not said. */
export type NotedWord = 'yes' | 'no' | 'unsaid';

const noteLetters = { yes: 'y', no: 'n', unsaid: '-' } as const;

/** Three letters: linked, consent, referred. */
export function writeNote({ linked, consent, referred }: CaseNote): string {
  return [linked, consent, referred].map((word) => noteLetters[word]).join('');
}

/** Reads what `writeNote` wrote; of nothing, nothing is said. */
export function readNote(note = ''): CaseNote {
  const word = (at: number): NotedWord =>
    note[at] === 'y' ? 'yes' : note[at] === 'n' ? 'no' : 'unsaid';
  return { linked: word(0), consent: word(1), referred: word(2) };
}

/** What is kept of a sealed call-back: enough to call, and nothing of why. */
export interface SealedCall extends KeptCase {
  /** The day that was promised. */
  callOn: string;
  slot: Slot;
  /** Absent when the caller did not say. */
  prefersWoman?: boolean | undefined;
  /** Two digits that the counsellor says, to be known by. */
  code: string;
}

/** Words that came by SMS and that nobody else may read. Nobody asked for a call: whether this phone is safe is not known. */
export interface SealedWords extends KeptCase {
  words: string;
}

/** What stands in a slot that is not free. */
export type SealedCase = SealedCall | SealedWords;

/** Characters of every text that is sealed, whatever it says: its length tells nothing. */
const caseLength = 256;

/** What stands where there is no case. */
export const filling = ' '.repeat(caseLength);

/** Words need all the room there is: their case is a list, without the names of its fields, and with room for a note. */
function textOf(kept: SealedCase): string {
  if (!('words' in kept)) return JSON.stringify(kept);
  const { token, day, msisdn, locale, note = '---', words } = kept;
  return JSON.stringify([token, day, msisdn, locale, note, words]);
}

/** Writes a case to be sealed, filled up to one length; JSON takes no notice of spaces behind it. */
export function writeCase(kept: SealedCase): string {
  const text = textOf(kept);
  if (!/^[\x20-\x7e]*$/.test(text) || text.length > caseLength) {
    throw new RangeError('a sealed case does not fit');
  }
  return text.padEnd(caseLength);
}

/**
 * A case of words: one SMS of 160 letters fits nearly always. Letters are brought to ASCII, and what does not fit is cut off.
 */
export function caseOfWords(
  kept: Omit<SealedWords, 'words'>,
  text: string,
): SealedWords {
  const plain = fold(text, 'ascii')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim();
  let words = plain.slice(0, caseLength);
  while (textOf({ ...kept, words }).length > caseLength)
    words = words.slice(0, -1);
  return { ...kept, words };
}

/** Reads what was sealed. @returns undefined for filling */
export function readCase(text: string): SealedCase | undefined {
  if (text === filling) return undefined;
  // Only this service seals for this key, and only what writeCase wrote.
  const kept = JSON.parse(text) as
    SealedCase | [string, string, string, string, string, string];
  if (!Array.isArray(kept)) return kept;
  const [token, day, msisdn, locale, note, words] = kept;
  return { token, day, msisdn, locale, note, words };
}
