import { addDays, type IsoDay } from '../text/dates';

/** First and last day of a cohort; no last day where the rule has no duration. */
export interface SyntheticCohort {
  readonly start: IsoDay;
  readonly end: IsoDay | undefined;
}

/** Days counted from the day of the demo; each is worked out once, for there are millions of rows. */
export interface SyntheticCalendar {
  day(offset: number): IsoDay;
  /** First day of the month that lies `count` months from today's. */
  month(count: number): IsoDay;
  cohort(monthsAgo: number, duration: number | undefined): SyntheticCohort;
}

/** The calendar of a demo that takes place on one day. */
export function syntheticCalendar(today: IsoDay): SyntheticCalendar {
  const day = remembered((offset: number) => addDays(today, offset));
  const month = remembered((count: number) => monthStart(today, count));
  const lasting = remembered((duration: number) =>
    remembered((monthsAgo: number): SyntheticCohort => {
      const start = month(-monthsAgo);
      if (duration === 0) return { start, end: undefined };
      return { start, end: addDays(month(duration - monthsAgo), -1) };
    }),
  );
  return {
    day,
    month,
    cohort: (monthsAgo, duration) => lasting(duration ?? 0)(monthsAgo),
  };
}

/** Whole months from one month to another. */
export function monthsBetween(from: IsoDay, to: IsoDay): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return years * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
}

function monthStart(day: IsoDay, count: number): IsoDay {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7)) - 1 + count;
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

function remembered<T>(work: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    const old = known.get(key);
    if (old !== undefined) return old;
    const fresh = work(key);
    known.set(key, fresh);
    return fresh;
  };
}
