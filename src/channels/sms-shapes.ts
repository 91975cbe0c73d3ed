import { isCallId, type Shape } from './field-shapes';

/** Ids of gateways are opaque, so only bounded and printable. */
export const isSmsId: Shape = isCallId;

/** A gateway's own word, known to us or not. */
export const isStatusWord: Shape = (value) => /^[ -~]{1,64}$/.test(value);

/** A sender or a receiver: a number, a short code, or a name in letters. */
export const isAddress: Shape = (value) => /^[ -~]{1,32}$/.test(value);

/** Anything a phone can send is taken, and cleaned by {@link arrivedText}. */
export const isAnyText: Shape = () => true;

/** More than ten parts; what is longer is cut, since refusing would only make the gateway repeat it. */
const LONGEST_TEXT = 1_600;
const HALF_A_PAIR = /[\ud800-\udbff]$/;
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/** A text that a phone sent, as it may be kept and shown: no control characters, bounded. */
export function arrivedText(raw: string): string {
  return raw
    .replaceAll('\r\n', '\n')
    .replace(CONTROL, ' ')
    .slice(0, LONGEST_TEXT)
    .replace(HALF_A_PAIR, '');
}
