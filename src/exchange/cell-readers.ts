import { isIsoDay } from '../text/dates';
import { parseMsisdn } from '../text/msisdn';
import { sentence, type SentenceKey, type SentenceValues } from './sentences';

/** Why a cell is not taken in. */
export interface CellFault {
  readonly fault: string;
}

/** What a cell says in the form in which it is stored, empty when unknown; or why it is not taken in. */
export type CellRead = string | CellFault;

/** What a reader may know of the day of the import. */
export interface ReadingDay {
  /** Epoch milliseconds beyond which no instant is believed. */
  readonly latestMs: number;
  /** Day beyond which nothing can have happened. */
  readonly latestDay: string;
}

/** Reads a cell that is not empty, without spaces around. */
export type CellReader = (text: string, day: ReadingDay) => CellRead;

const MOST_XOF = 100_000_000;
const MOST_REMEMBERED = 10_000;
// Control characters, and what stands where letters were lost.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const LOST = '\ufffd';
const FORMULA = /^[=+\-@]/;
const CODE = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/;
const WHOLE = /^\d{1,9}$/;
const LETTER = /\p{L}/u;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A fault with its sentence. */
export function cellFault(
  key: SentenceKey,
  values?: SentenceValues,
): CellFault {
  return { fault: sentence(key, values) };
}

/** A key that other files repeat. */
export const code: CellReader = (text) =>
  text.length > 40
    ? cellFault('tooLong', { most: 40 })
    : CODE.test(text)
      ? text
      : (unclean(text) ?? cellFault('code'));

/** Free text for people, of at most `most` characters. */
export function freeText(most: number): CellReader {
  return (text) =>
    unclean(text) ??
    (FORMULA.test(text)
      ? cellFault('formula')
      : text.length > most
        ? cellFault('tooLong', { most })
        : text);
}

/** The name of a person, a village or a commune. */
export const nameText: CellReader = (text) => {
  const read = NAME(text, NO_DAY);
  if (typeof read !== 'string' || LETTER.test(read)) return read;
  return cellFault('noLetter');
};
const NO_DAY: ReadingDay = { latestMs: 0, latestDay: '' };
const NAME = freeText(80);

/** Exactly so many digits; zeros in front count. */
export function digits(count: number): CellReader {
  const wanted = new RegExp(`^\\d{${count}}$`);
  return (text) => (wanted.test(text) ? text : cellFault('digits', { count }));
}

/** One of a closed list, in capitals or not. */
export function oneOf(...choices: readonly string[]): CellReader {
  const known = new Map(
    choices.flatMap((choice) => [
      [choice, choice],
      [choice.toLowerCase(), choice],
    ]),
  );
  const unknown = cellFault('choice', { choices: choices.join(', ') });
  return (text) => known.get(text) ?? known.get(text.toLowerCase()) ?? unknown;
}

/** `yes` or `no`, as PostgreSQL writes them. */
export const yesNo: CellReader = (text) => {
  const answer = YES_NO(text, NO_DAY);
  return typeof answer === 'string' ? (answer === 'yes' ? 't' : 'f') : answer;
};
const YES_NO = oneOf('yes', 'no');

/** Whole F CFA, from `least`. */
export function amountXof(least: number): CellReader {
  return (text) => {
    if (!/^\d+$/.test(text)) return cellFault('wholeAmount');
    const amount = Number(text);
    return amount >= least && amount <= MOST_XOF
      ? String(amount)
      : cellFault('amountRange', { least, most: MOST_XOF });
  };
}

/** A count from `least` to `most`. */
export function wholeNumber(least: number, most: number): CellReader {
  return (text) => {
    if (!WHOLE.test(text)) return cellFault('wholeNumber');
    const number = Number(text);
    return number >= least && number <= most
      ? String(number)
      : cellFault('numberRange', { least, most });
  };
}

/** A day of the calendar, `YYYY-MM-DD`. */
export const day = remembering((text: string): CellRead => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return cellFault('day');
  if (!isIsoDay(text)) return cellFault('noSuchDay');
  return text >= '1990-01-01' && text <= '2100-12-31'
    ? text
    : cellFault('dayRange');
});

/** A day on which something happened. */
export const pastDay: CellReader = (text, today) => {
  const read = day(text, today);
  if (typeof read !== 'string') return read;
  return read <= today.latestDay ? read : cellFault('futureDay');
};

/** A month that has begun, `YYYY-MM`; stored as its first day. */
export const pastMonth: CellReader = (text, today) => {
  if (!/^\d{4}-\d{2}$/.test(text)) return cellFault('month');
  return pastDay(`${text}-01`, today);
};

/** An instant with its zone, not more than a day ahead; stored in UTC to the millisecond. */
export const instant: CellReader = (text, { latestMs }) => {
  const parts = INSTANT.exec(text);
  if (parts === null) return cellFault('instant');
  const read = day(parts[1] ?? '', NO_DAY);
  if (typeof read !== 'string') return read;
  const ms = Date.parse(text.replace(' ', 'T'));
  if (Number.isNaN(ms)) return cellFault('instant');
  if (ms > latestMs) return cellFault('futureInstant');
  return new Date(ms).toISOString();
};

/** An hour of the day, `HH:MM`. */
export const time: CellReader = (text) =>
  TIME.test(text) ? text : cellFault('time');

/** A Malian mobile number in any form that people write; stored as E.164. */
export const phone: CellReader = (text) =>
  parseMsisdn(text) ?? cellFault('phone');

/** A file of millions of rows has some hundred days. */
function remembering(read: (text: string) => CellRead): CellReader {
  const known = new Map<string, CellRead>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const fresh = read(text);
    if (known.size < MOST_REMEMBERED) known.set(text, fresh);
    return fresh;
  };
}

function unclean(text: string): CellFault | undefined {
  if (text.includes(LOST)) return cellFault('encoding');
  return CONTROL.test(text) ? cellFault('control') : undefined;
}
