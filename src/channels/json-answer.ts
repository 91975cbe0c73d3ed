import { isJsonObject } from '../text/read-json';

/** What a gateway answered, as JSON; undefined for a page in HTML, half an answer, or none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value along a path of names, such as `at(answer, 'SMSMessageData', 'Recipients')`. */
export function at(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (inner, name) => (isJsonObject(inner) ? inner[name] : undefined),
    value,
  );
}

/** A short printable text or a number, as a text: ids, prices, statuses. */
export function wordAt(
  value: unknown,
  ...names: readonly string[]
): string | undefined {
  const found = at(value, ...names);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && /^[ -~]{1,128}$/.test(found)
    ? found
    : undefined;
}
