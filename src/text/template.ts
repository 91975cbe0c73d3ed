/** What the places of a template are filled with. */
export type Values = Readonly<Record<string, string | number>>;

/** A text with its places, ready to be filled: throws when a place has no value. */
export interface Template {
  (values?: Values): string;
  /** Names of the places, each once, so that a line without its values can be left out. */
  readonly places: readonly string[];
}

// A name may hold dots ("payment.amount"); they are part of the name, not a path.
const PLACE = /\{\{([a-zA-Z][\w.]*)\}\}/g;

/** Names of the places in a text, each once, in order of first use. */
export function placesOf(text: string): string[] {
  return [
    ...new Set(Array.from(text.matchAll(PLACE), (match) => match[1] ?? '')),
  ];
}

/** Whether braces stand in a text other than around the name of a place. */
export function hasStrayBraces(text: string): boolean {
  return /[{}]/.test(text.replace(PLACE, ''));
}

/**
 * Splits a text once into what stands and what is filled in.
 * @param label names the text in errors, such as `bm payment:next.text`
 * @throws Error for braces that are no place; the template itself throws for a missing value.
 */
export function compileTemplate(text: string, label: string): Template {
  if (hasStrayBraces(text)) {
    throw new Error(`${label}: braces may only stand around a name, {{so}}`);
  }
  // A pattern with one group splits into literal, name, literal, name, … literal.
  const [first = '', ...rest] = text.split(PLACE);
  const places = placesOf(text);
  if (places.length === 0) return withPlaces(() => first, places);
  const names = rest.filter((_, at) => at % 2 === 0);
  const literals = rest.filter((_, at) => at % 2 === 1);
  return withPlaces((values) => {
    let filled = first;
    for (let at = 0; at < names.length; at += 1) {
      filled += valueOf(values, names[at] ?? '', label) + (literals[at] ?? '');
    }
    return filled;
  }, places);
}

function withPlaces(
  fill: (values?: Values) => string,
  places: readonly string[],
): Template {
  return Object.assign(fill, { places });
}

function valueOf(
  values: Values | undefined,
  name: string,
  label: string,
): string {
  const value = values?.[name];
  if (value === undefined) {
    throw new Error(`${label}: no value for {{${name}}}`);
  }
  return String(value);
}
