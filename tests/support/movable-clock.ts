import { fixedClock, type OffsetClock } from '../../src/runtime/clock';

/** The demo's clock over a day that stands still. */
export function movableClock(day: string): OffsetClock {
  const clock = fixedClock(day);
  let ahead = 0;
  return {
    ...clock,
    offsetDays: () => ahead,
    setOffsetDays: (days) => {
      // To the millisecond: a fraction of a day has no exact number.
      clock.set(
        new Date(Math.round(new Date(day).getTime() + days * 86_400_000)),
      );
      ahead = days;
    },
  };
}
