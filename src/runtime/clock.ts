/** The service's time, handed to whoever needs it so that nobody asks the machine. */
export interface Clock {
  now(): Date;
  /** The day in Mali, YYYY-MM-DD. */
  today(): string;
}

/** A clock that can be set some days ahead of the machine's, also while it runs: for demonstrations. */
export interface OffsetClock extends Clock {
  offsetDays(): number;
  setOffsetDays(days: number): void;
}

/** A clock that goes by another's time from when it is told it; the machine's own may jump. */
export interface FollowingClock extends OffsetClock {
  /** @param askedAtMs when the other clock was asked, by `performance.now()` */
  follow(instant: Date, askedAtMs: number): void;
}

/** A clock that stands still until it is moved: for tests and for making sample files. */
export interface FixedClock extends Clock {
  advance(step: { days?: number; hours?: number; minutes?: number }): void;
  set(instant: string | Date): void;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The machine's clock, `offsetDays` ahead, until it is told the time to follow. */
export function systemClock(offsetDays = 0): FollowingClock {
  let ahead = offsetDays;
  // The machine counts on evenly when its clock is set.
  let beganMs: number | undefined;
  const nowMs = (): number =>
    beganMs === undefined ? Date.now() : beganMs + performance.now();
  return {
    ...clockOver(() => new Date(nowMs() + ahead * DAY_MS)),
    offsetDays: () => ahead,
    setOffsetDays: (days) => {
      ahead = days;
    },
    follow: (instant, askedAtMs) => {
      beganMs = instant.getTime() - askedAtMs;
    },
  };
}

/** A clock that shows `instant`, ISO 8601 with zone. */
export function fixedClock(instant: string | Date): FixedClock {
  let shown = new Date(instant);
  return {
    ...clockOver(() => new Date(shown)),
    advance: ({ days = 0, hours = 0, minutes = 0 }) => {
      const stepMs = days * DAY_MS + (hours * 60 + minutes) * MINUTE_MS;
      shown = new Date(shown.getTime() + stepMs);
    },
    set: (next) => {
      shown = new Date(next);
    },
  };
}

/** The time as it is, of a clock that may be set ahead for a demonstration. */
export function realTime(clock: Clock & Partial<OffsetClock>): Clock {
  return clockOver(
    () =>
      new Date(clock.now().getTime() - (clock.offsetDays?.() ?? 0) * DAY_MS),
  );
}

function clockOver(now: () => Date): Clock {
  // Africa/Bamako keeps UTC+0 all year: its day is the UTC day.
  const dayAt = (instantMs: number): string =>
    new Date(instantMs).toISOString().slice(0, 10);
  let shown = { number: 0, day: dayAt(0) };
  return {
    now,
    today() {
      // Asked many times a step, and a new answer once a day.
      const number = Math.floor(now().getTime() / DAY_MS);
      if (number !== shown.number)
        shown = { number, day: dayAt(number * DAY_MS) };
      return shown.day;
    },
  };
}
