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

/** A clock that stands still until it is moved: for tests and for making sample files. */
export interface FixedClock extends Clock {
  advance(step: { days?: number; hours?: number; minutes?: number }): void;
  set(instant: string | Date): void;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The machine's clock, `offsetDays` ahead. */
export function systemClock(offsetDays = 0): OffsetClock {
  let ahead = offsetDays;
  return {
    ...clockOver(() => new Date(Date.now() + ahead * DAY_MS)),
    offsetDays: () => ahead,
    setOffsetDays: (days) => {
      ahead = days;
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

function clockOver(now: () => Date): Clock {
  // Africa/Bamako keeps UTC+0 all year: its day is the UTC day.
  return { now, today: () => now().toISOString().slice(0, 10) };
}
