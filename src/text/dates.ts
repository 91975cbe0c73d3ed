import { CALENDAR_NAMES, type CalendarNames } from './calendar-names';

/** A day in Africa/Bamako as `YYYY-MM-DD`; it sorts and compares as text. */
export type IsoDay = string;

const DAY_MS = 86_400_000;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day of the calendar in the form `YYYY-MM-DD`. */
export function isIsoDay(text: string): text is IsoDay {
  if (!ISO_DAY.test(text)) return false;
  const instant = Date.parse(text);
  // JavaScript reads 30 February as 1 or 2 March: only a day that comes back the same exists.
  return !Number.isNaN(instant) && isoOf(instant) === text;
}

/** The day in Bamako at an instant. Mali keeps UTC+0 all the year. */
export function bamakoDay(instant: Date): IsoDay {
  return isoOf(instant.getTime());
}

/** `12/03`; with the year, `12/03/2025`, when it is another than today's. */
export function shortDay(day: IsoDay, today?: IsoDay): string {
  const { year, rest } = split(day);
  if (today === undefined || split(today).year === year) return rest;
  return `${rest}/${year}`;
}

/** `12/03/2026`. */
export function longDay(day: IsoDay): string {
  const { year, rest } = split(day);
  return `${rest}/${year}`;
}

/** `jeudi 12/03`, or `alamisa 12/03`; with the year when it is another than today's. */
export function weekdayDay(
  day: IsoDay,
  locale: string,
  today?: IsoDay,
): string {
  const weekday = named(locale).weekdays[new Date(instantOf(day)).getUTCDay()];
  return `${weekday ?? ''} ${shortDay(day, today)}`;
}

/** The name of a day's month: `mars`, or `marisi`. */
export function monthName(day: IsoDay, locale: string): string {
  return named(locale).months[new Date(instantOf(day)).getUTCMonth()] ?? '';
}

/** The day `count` days later; earlier when negative. */
export function addDays(day: IsoDay, count: number): IsoDay {
  return isoOf(instantOf(day) + count * DAY_MS);
}

/** Days from one day to another; negative when `to` is the earlier. */
export function daysBetween(from: IsoDay, to: IsoDay): number {
  return (instantOf(to) - instantOf(from)) / DAY_MS;
}

/**
 * The last day, today or before, that is written so: `1203` is 12 March.
 * @returns undefined where the last eight years had none
 */
export function lastSuchDay(digits: string, today: IsoDay): IsoDay | undefined {
  const { year } = split(today);
  for (let back = 0; back <= 8; back += 1) {
    const day = `${Number(year) - back}-${digits.slice(2)}-${digits.slice(0, 2)}`;
    if (isIsoDay(day) && day <= today) return day;
  }
  return undefined;
}

function split(day: IsoDay): { year: string; rest: string } {
  if (!ISO_DAY.test(day)) throw new RangeError('a day is written YYYY-MM-DD');
  return {
    year: day.slice(0, 4),
    rest: `${day.slice(8, 10)}/${day.slice(5, 7)}`,
  };
}

function instantOf(day: IsoDay): number {
  if (!isIsoDay(day)) throw new RangeError('a day is written YYYY-MM-DD');
  return Date.parse(day);
}

function isoOf(instantMs: number): IsoDay {
  return new Date(instantMs).toISOString().slice(0, 10);
}

function named(locale: string): CalendarNames {
  const names = CALENDAR_NAMES[locale];
  if (names === undefined) {
    throw new RangeError(`no names of days in the language "${locale}"`);
  }
  return names;
}
