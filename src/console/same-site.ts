import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { keyedHash } from '../runtime/keyed-hash';

/** The word that every form of a session carries; it ends with the session's token. */
export function formWord(hashKey: string, token: string): string {
  return keyedHash(hashKey, 'console form', token);
}

/** Whether a form was sent by our own page: by its origin, where the browser tells, and by its word. */
export function isOwnForm(
  request: Request,
  {
    hashKey,
    token,
    word,
  }: {
    hashKey: string;
    token: string | undefined;
    word: string | undefined;
  },
): boolean {
  if (token === undefined || word === undefined) return false;
  const expected = Buffer.from(formWord(hashKey, token));
  const given = Buffer.from(word);
  return (
    isOwnOrigin(request) &&
    given.length === expected.length &&
    timingSafeEqual(given, expected)
  );
}

/** Browsers tell where a form stood: in Origin, older ones in nothing; there the word alone speaks. */
function isOwnOrigin(request: Request): boolean {
  const { origin } = request.headers;
  if (origin !== undefined)
    return URL.canParse(origin) && new URL(origin).host === request.host;
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
}
