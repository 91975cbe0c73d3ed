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

/** Whether there is room for names as they are, or they have to be cut. */
export type NameRoom = 'whole' | 'cut';

/** Where there is no room a name is cut here, or where its screen asks for less. */
export const nameLimit = 20;

/** No name is longer than this on any screen. */
const wholeNameLimit = 40;

function written(
  value: Value,
  { texts, locale, today }: Wording,
  names: NameRoom,
): string {
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
        .slice(0, names === 'cut' ? (value.cut ?? nameLimit) : wholeNameLimit)
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
  names: NameRoom,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) {
      result[name] = written(value, wording, names);
    }
  }
  return result;
}
