/** Counts how often a key came within a batch, by the hash of the key. */
export interface KeyRounds {
  /** @returns 1 for the first row of a key, 2 for the second, and so on */
  next(hash: number): number;
  /** Forgets all keys. */
  clear(): void;
}

/**
 * Makes a counter for so many rows. It lies outside the heap and is used again for every batch: a Map of
 * this size would leave its old halves behind each time it grows. Two keys of one hash are taken for
 * one, which merely puts them into different rounds.
 * @param rows the most that are counted before `clear`
 */
export function keyRounds(rows: number): KeyRounds {
  const places = 2 ** Math.ceil(Math.log2(2 * rows + 2));
  const hashes = new Uint32Array(places);
  const rounds = new Uint16Array(places);
  return {
    next(hash) {
      // Zero marks an empty place.
      const wanted = hash + 1;
      let place = hash & (places - 1);
      while (hashes[place] !== 0 && hashes[place] !== wanted) {
        place = (place + 1) & (places - 1);
      }
      hashes[place] = wanted;
      const round = (rounds[place] ?? 0) + 1;
      rounds[place] = round;
      return round;
    },
    clear() {
      hashes.fill(0);
      rounds.fill(0);
    },
  };
}
