/** The top level of a JSON object, or why it is not one; the reason never holds a value. */
export type ReadJson =
  | { kind: 'read'; fields: ReadonlyMap<string, unknown> }
  | { kind: 'unreadable'; reason: string };

/**
 * Reads a JSON object and refuses a doubled name, which `JSON.parse` alone would settle in
 * favour of the last: two gateways on the way could then understand two different callers.
 */
export function readFlatJson(body: string): ReadJson {
  const parsed = parsedObject(body);
  if (parsed === undefined) {
    return { kind: 'unreadable', reason: 'not a JSON object' };
  }
  const fields = new Map<string, unknown>(Object.entries(parsed));
  return countOfNames(body) === fields.size
    ? { kind: 'read', fields }
    : { kind: 'unreadable', reason: 'a field is doubled' };
}

function parsedObject(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const isObject =
      typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Names at the top level of a text that is known to be a JSON object. */
function countOfNames(json: string): number {
  let depth = 0;
  let count = 0;
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (token === ':' && depth === 1) count += 1;
  }
  return count;
}

/** Strings are matched only to step over the marks inside them. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;
