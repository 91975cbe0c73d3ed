import type { Shape } from './field-shapes';
import { readForm } from './form';
import type { ReadSms } from './sms-contract';

type Fields<Needed extends string, Other extends string> = Record<
  Needed,
  string
> &
  Partial<Record<Other, string>>;

/**
 * Reads the fields of a form or of a query by the shapes that they must have. A field of `other`
 * may be missing or empty; one with the wrong shape is refused, for it may be somebody else's.
 */
export function readFields<Needed extends string, Other extends string>(
  source: string,
  needed: Readonly<Record<Needed, Shape>>,
  other: Readonly<Record<Other, Shape>>,
): ReadSms<Fields<Needed, Other>> {
  const shapes = { ...other, ...needed };
  // The names of the two tables, which Object.keys gives back as plain strings.
  const names = Object.keys(shapes) as (Needed | Other)[];
  const form = readForm(source, names);
  if (form.kind === 'unreadable') return form;
  const found: Partial<Record<Needed | Other, string>> = {};
  for (const name of names) {
    const value = form.fields[name];
    if (name in needed ? value === undefined : isAbsent(value)) {
      if (name in needed) return unreadable(`${name} is missing`);
    } else if (value === undefined || !shapes[name](value)) {
      return unreadable(`${name} has the wrong shape`);
    } else found[name] = value;
  }
  // Every needed name was met in the loop.
  return { kind: 'read', value: found as Fields<Needed, Other> };
}

/** What could not be read, told without what stood there. */
export function unreadable(reason: string): {
  kind: 'unreadable';
  reason: string;
} {
  return { kind: 'unreadable', reason };
}

function isAbsent(value: string | undefined): boolean {
  return value === undefined || value === '';
}
