/** The first delay, in milliseconds; each further one is twice as long. */
const firstMs = 10_000;

/** No delay is longer than half an hour. */
const longestMs = 30 * 60_000;

/** After so many requests a message that still was not taken is given up. */
export const MOST_ATTEMPTS = 10;

/**
 * How long a message waits until it is tried again.
 * @param attempts requests begun for it so far
 * @param askedMs how long the gateway asks to be left alone
 * @returns milliseconds; undefined when it is not tried again
 */
export function backoffMs(attempts: number, askedMs = 0): number | undefined {
  if (attempts >= MOST_ATTEMPTS) return undefined;
  const grownMs = Math.min(firstMs * 2 ** (attempts - 1), longestMs);
  return Math.max(grownMs, askedMs);
}
