import type { Request, Response } from 'express';

/** Name of the one cookie. `__Host-` makes browsers refuse it without TLS, from a subdomain, or for a part of the site. */
export function cookieName(insideProduction: boolean): string {
  return insideProduction ? '__Host-jigi' : 'jigi';
}

/** Name of a reader's half of what opens the sealed line; nobody else's browser has it, and its name says nothing. */
function sittingName(insideProduction: boolean): string {
  return `${cookieName(insideProduction)}-r`;
}

/** The token of the session. */
export function readCookie(
  request: Request,
  insideProduction: boolean,
): string | undefined {
  return valueOf(request, cookieName(insideProduction));
}

/** The key of a reader's sitting. */
export function readSittingKey(
  request: Request,
  insideProduction: boolean,
): string | undefined {
  return valueOf(request, sittingName(insideProduction));
}

/** A cookie's value; undefined when it came twice, for then somebody else may have set one. */
function valueOf(request: Request, name: string): string | undefined {
  const values = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && /^[\w-]{43}$/.test(value ?? '')
    ? value
    : undefined;
}

/** Gives the browser a token until it is closed, or takes it away. */
export function writeCookie(
  response: Response,
  insideProduction: boolean,
  token: string | null,
): void {
  write(response, cookieName(insideProduction), insideProduction, token);
}

/** As `writeCookie`, for the key of a sitting. */
export function writeSittingKey(
  response: Response,
  insideProduction: boolean,
  key: string | null,
): void {
  write(response, sittingName(insideProduction), insideProduction, key);
}

function write(
  response: Response,
  name: string,
  secure: boolean,
  token: string | null,
): void {
  const kept = { httpOnly: true, sameSite: 'lax', path: '/' } as const;
  const settings = { ...kept, secure };
  if (token === null) response.clearCookie(name, settings);
  else response.cookie(name, token, settings);
}
