/** How many cases a property is tried on: more by night (`FULL=1`). */
export const fuzzCases = process.env['FULL'] === '1' ? 100_000 : 5_000;

/** What is given to fast-check for so many cases; `SEED=` for a run to be had again. */
export function fuzzed(numRuns = fuzzCases) {
  const seed = process.env['SEED'];
  return { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) };
}

/** A property over so many cases takes its time. */
export const fuzzTimeoutMs = 3_600_000;
