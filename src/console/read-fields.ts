import type { Fields } from './route';

/** Signs that turn the direction of what follows: with them a note reads otherwise than it was written. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g;

/** Takes text by its name out of what came, without what the store cannot keep; of a name given twice, nothing. */
export function readFields(came: unknown): Fields {
  if (typeof came !== 'object' || came === null) return {};
  const texts = Object.entries(came).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, legible(value)]] : [],
  );
  // Object.fromEntries of pairs of texts.
  return Object.fromEntries(texts) as Fields;
}

function legible(text: string): string {
  return text.replaceAll('\0', '').replace(turning, '');
}

/** A whole number above zero, as ids and pages are; undefined for anything else. */
export function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text)
    ? Number(text)
    : undefined;
}
