import { septetsOfUnit } from './gsm7';

/** How an SMS is carried: seven bits a character, or sixteen as soon as one is outside GSM-7. */
export type Encoding = 'gsm7' | 'ucs2';

/** What one SMS costs: its encoding, its units (septets, or UTF-16 units) and its billed parts. */
export interface SmsLength {
  encoding: Encoding;
  units: number;
  segments: number;
}

/** Units in an SMS sent alone, and in each part of a longer one. Source: 3GPP TS 23.040 section 9.2.3.24.1. */
const CAPACITY: Readonly<Record<Encoding, { alone: number; part: number }>> = {
  gsm7: { alone: 160, part: 153 },
  ucs2: { alone: 70, part: 67 },
};

/** Counts the billed parts of an SMS. An empty text counts as one: operators bill it. */
export function smsLength(text: string): SmsLength {
  const { encoding, units, steps } = septetSizes(text) ?? ucs2Sizes(text);
  const { alone, part } = CAPACITY[encoding];
  const segments = units <= alone ? 1 : parts(steps, part);
  return { encoding, units, segments };
}

interface Sizes {
  encoding: Encoding;
  units: number;
  /** Sizes of what may not be cut: a character with its escape, or a surrogate pair. */
  steps: readonly number[];
}

function septetSizes(text: string): Sizes | undefined {
  const steps: number[] = [];
  let units = 0;
  for (let at = 0; at < text.length; at += 1) {
    const size = septetsOfUnit(text.charCodeAt(at));
    if (size === 0) return undefined;
    steps.push(size);
    units += size;
  }
  return { encoding: 'gsm7', units, steps };
}

function ucs2Sizes(text: string): Sizes {
  const steps = Array.from(text, (character) => character.length);
  return { encoding: 'ucs2', units: text.length, steps };
}

function parts(steps: readonly number[], capacity: number): number {
  let count = 1;
  let room = capacity;
  for (const size of steps) {
    if (size > room) {
      count += 1;
      room = capacity;
    }
    room -= size;
  }
  return count;
}
