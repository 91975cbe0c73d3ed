import type { OffsetClock } from '../runtime/clock';

/** A demo's clock, and what does all that is due by it. */
export interface MovedTime {
  clock: OffsetClock;
  runDue: () => Promise<void>;
}

/**
 * Hours of a day at which the clock stops on its way: what the service may send only by day is sent although
 * somebody moves the day late in the evening.
 */
const STOPS = [8, 9, 12, 16, 18.5] as const;

/** Beyond so many days at once only the last one is passed through. */
const MOST_DAYS = 31;

const DAY_MS = 86_400_000;

/** Moves a demo's clock. Forth, it passes through every day on the way, and what is due there is done. */
export async function passDays(
  { clock, runDue }: MovedTime,
  offsetDays: number,
): Promise<void> {
  for (const stop of stopsBefore(clock, offsetDays)) {
    clock.setOffsetDays(stop);
    await runDue();
  }
  clock.setOffsetDays(offsetDays);
  await runDue();
}

/** Offsets, in days, at which the clock shows the hours between now and then. */
function stopsBefore(clock: OffsetClock, offsetDays: number): number[] {
  const now = clock.now().getTime();
  const end = now + (offsetDays - clock.offsetDays()) * DAY_MS;
  const first = Math.max(now, end - MOST_DAYS * DAY_MS);
  const stops: number[] = [];
  for (
    let day = Math.floor(first / DAY_MS) * DAY_MS;
    day < end;
    day += DAY_MS
  ) {
    for (const hour of STOPS) {
      const at = day + (hour * DAY_MS) / 24;
      if (at > first && at < end)
        stops.push(clock.offsetDays() + (at - now) / DAY_MS);
    }
  }
  return stops;
}
