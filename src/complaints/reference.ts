import { randomInt } from 'node:crypto';

import { isDammValid, withDamm } from '../text/check-digit';

/**
 * Draws a reference: seven random digits, the first not 0, and a Damm check
 * digit. It says nothing of the category or of how many there are.
 */
export function drawReference(
  random: (least: number, below: number) => number = randomInt,
): string {
  return withDamm(String(random(1_000_000, 10_000_000)));
}

/** Whether eight typed digits can be a reference at all: one wrong or swapped digit never passes. */
export function isReference(digits: string): boolean {
  return /^[1-9]\d{7}$/.test(digits) && isDammValid(digits);
}
