/**
 * A number in [0, 1) that depends on the seed, the household and the question only, so that every
 * file can be written on its own and still speak of the same households.
 */
export function draw(seed: number, index: number, question: number): number {
  return mixed(seed, index, question) / 4_294_967_296;
}

/** A whole number in [0, bound), drawn as `draw` does. */
export function drawBelow(
  bound: number,
  seed: number,
  index: number,
  question: number,
): number {
  return Math.floor(draw(seed, index, question) * bound);
}

/** One of a list, drawn as `draw` does. */
export function drawFrom<T>(
  list: readonly [T, ...T[]],
  seed: number,
  index: number,
  question: number,
): T {
  return list[drawBelow(list.length, seed, index, question)] ?? list[0];
}

// The finaliser of MurmurHash3, over the three numbers in turn.
function mixed(seed: number, index: number, question: number): number {
  let hash = scrambled(seed ^ 0x9e3779b9);
  hash = scrambled(hash ^ Math.imul(index + 1, 0x85ebca6b));
  return scrambled(hash ^ Math.imul(question + 1, 0xc2b2ae35));
}

function scrambled(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
