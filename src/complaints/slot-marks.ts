import { createHmac, randomBytes } from 'node:crypto';

const nonceBytes = 16;
const markBytes = 32;

function freeWord(hashKey: string, id: string, nonce: Uint8Array): Buffer {
  return createHmac('sha256', hashKey)
    .update(`free sealed slot\0${id}\0`)
    .update(nonce)
    .digest()
    .subarray(0, markBytes - nonceBytes);
}

/** The mark of a free slot, another each time; without the hash key it looks like that of a case. */
export function freeMark(hashKey: string, id: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  return Buffer.concat([nonce, freeWord(hashKey, id, nonce)]);
}

/** The mark of a slot that holds a case: random. */
export function caseMark(): Buffer {
  return randomBytes(markBytes);
}

/** Whether a slot is free; under another hash key none is. */
export function isFree(
  hashKey: string,
  { id, mark }: { id: string; mark: Uint8Array },
): boolean {
  const nonce = mark.subarray(0, nonceBytes);
  return freeWord(hashKey, id, nonce).equals(mark.subarray(nonceBytes));
}
