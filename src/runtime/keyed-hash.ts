import { createHmac } from 'node:crypto';

/**
 * Hashes what must be met again but not read: numbers, session ids, typed paths.
 * The same value under another purpose gives an unrelated hash.
 * @returns HMAC-SHA256, base64url, 43 characters.
 */
export function keyedHash(
  hashKey: string,
  purpose: string,
  value: string,
): string {
  return createHmac('sha256', hashKey)
    .update(`${purpose}\0${value}`)
    .digest('base64url');
}
