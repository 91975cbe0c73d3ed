import { fold } from '../text/gsm7';
import type { UssdPage } from './contract';

/**
 * A page as its network can show it. Screens are folded and cut before they come here; this is
 * the last door, so that no letter outside the alphabet leaves by any way.
 */
export function asShown(text: string, page: UssdPage): string {
  return PLAIN.test(text) ? text : fold(text, page.alphabet);
}

/** Letters that every network shows. Not the backquote, which GSM-7 lacks. */
const PLAIN = /^[\n -_a-~]*$/;
