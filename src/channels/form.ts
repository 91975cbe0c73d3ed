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
  if (!NEEDS_DECODING.test(part)) return part;
  // Bytes that were not UTF-8 have become U+FFFD by now; nobody types that letter.
  if (part.includes('\ufffd')) return undefined;
  try {
    const text = decodeURIComponent(part.replaceAll('+', ' '));
    return text.includes('\ufffd') ? undefined : text;
  } catch {
    return undefined;
  }
}

const NEEDS_DECODING = /[%+\ufffd]/;

function unreadable(reason: string): { kind: 'unreadable'; reason: string } {
  return { kind: 'unreadable', reason };
}
