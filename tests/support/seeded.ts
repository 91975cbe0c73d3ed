/** Chance that can be had again: the same seed gives the same draws (mulberry32). */
export interface Seeded {
  /** From 0 up to 1. */
  next(): number;
  /** True that often. */
  chance(share: number): boolean;
  /** One of them; none of nothing. */
  pick<T>(from: readonly T[]): T | undefined;
}

/** Opens a sequence of draws. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (share) => next() < share,
    pick: (from) => from[Math.floor(next() * from.length)],
  };
}
