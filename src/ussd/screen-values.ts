import type { Value, Values } from '../../flows/contract';
import { assertNever } from '../runtime/errors';
import { spokenPairs } from '../text/check-digit';
import { shortDay } from '../text/dates';
import type { IsoDay } from '../text/dates';
import { fold } from '../text/gsm7';
import { formatXof } from '../text/money';
import type { Texts } from '../text/texts';

/** In whose words, and on which day, values are written. */
export interface Wording {
  texts: Texts;
  locale: string;
  today: IsoDay;
}

/** A place or provider is cut here unless its screen has more room. */
export const nameLimit = 20;

function written(value: Value, { texts, locale, today }: Wording): string {
  switch (value.kind) {
    case 'day':
      return shortDay(value.day, value.bare ? undefined : today);
    case 'time':
      return value.time;
    case 'money':
      return formatXof(value.xof);
    case 'count':
      return String(value.count);
    case 'name':
      // Folded before it is cut: a letter may become two.
      return fold(value.name, 'gsm7')
        .slice(0, value.cut ?? nameLimit)
        .trimEnd();
    case 'reference':
      return spokenPairs(value.reference);
    case 'digits':
      return value.digits;
    case 'phrase': {
      const dot = value.key.indexOf('.');
      return texts.t(locale, value.key.slice(0, dot), value.key.slice(dot + 1));
    }
    default:
      return assertNever(value);
  }
}

/** Writes a screen's values in a language; absent ones stay absent. */
export function writeValues(
  values: Values,
  wording: Wording,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) {
      result[name] = written(value, wording);
    }
  }
  return result;
}
