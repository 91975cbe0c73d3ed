/** The wanted fields of a form, or why it is not one; the reason never holds a value. */
export type ReadForm<Name extends string> =
  | { kind: 'read'; fields: Partial<Record<Name, string>> }
  | { kind: 'unreadable'; reason: string };

/**
 * Decodes the wanted fields of an `application/x-www-form-urlencoded` body and skips the rest.
 *
 * Written by hand because `node:querystring` repairs what must be refused here: it keeps bad
 * percent signs, turns invalid UTF-8 into `�` and makes a list of a doubled field.
 */
export function readForm<Name extends string>(
  body: string,
  wanted: readonly Name[],
): ReadForm<Name> {
  const fields: Partial<Record<Name, string>> = {};
  let from = 0;
  while (from < body.length) {
    const ampersand = body.indexOf('&', from);
    const to = ampersand < 0 ? body.length : ampersand;
    const equals = body.indexOf('=', from);
    const nameEnd = equals < 0 || equals > to ? to : equals;
    const written = decoded(body.slice(from, nameEnd));
    if (written === undefined) return unreadable('a field name is not UTF-8');
    const name = wanted.find((one) => one === listless(written));
    if (name !== undefined) {
      if (name !== written) return unreadable(`${name} is a list`);
      if (fields[name] !== undefined) return unreadable(`${name} is doubled`);
      const value = decoded(body.slice(Math.min(nameEnd + 1, to), to));
      if (value === undefined) return unreadable(`${name} is not UTF-8`);
      fields[name] = value;
    }
    from = to + 1;
  }
  return { kind: 'read', fields };
}

/** A field `text[]` or `text[0]` is an attempt at a list of `text`. */
function listless(name: string): string {
  const bracket = name.indexOf('[');
  return bracket < 0 ? name : name.slice(0, bracket);
}

function decoded(part: string): string | undefined {
  let text = '';
  let copied = 0;
  for (let at = 0; at < part.length; at += 1) {
    const unit = part.charCodeAt(at);
    // Bytes that were not UTF-8 have become U+FFFD by now; nobody types that letter.
    if (unit === LOST) return undefined;
    if (unit !== PERCENT && unit !== PLUS) continue;
    const byte = unit === PLUS ? SPACE : byteAt(part, at);
    if (byte === undefined) return undefined;
    if (byte > 0x7f) return decodedBeyondAscii(part);
    text += part.slice(copied, at) + String.fromCharCode(byte);
    copied = unit === PLUS ? at + 1 : at + 3;
    at = copied - 1;
  }
  return copied === 0 ? part : text + part.slice(copied);
}

const LOST = 0xfffd;
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;

/** The byte of an escape such as `%2B`, unless it is none. */
function byteAt(part: string, percent: number): number | undefined {
  const high = hexDigit(part.charCodeAt(percent + 1));
  const low = hexDigit(part.charCodeAt(percent + 2));
  return high < 0 || low < 0 ? undefined : high * 16 + low;
}

function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const small = unit | 0x20;
  return small >= 0x61 && small <= 0x66 ? small - 0x57 : -1;
}

/** Slower than the loop, and seldom needed: callers type digits, and gateways escape plain letters. */
function decodedBeyondAscii(part: string): string | undefined {
  if (part.includes('\ufffd')) return undefined;
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function unreadable(reason: string): { kind: 'unreadable'; reason: string } {
  return { kind: 'unreadable', reason };
}
