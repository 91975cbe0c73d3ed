const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Minutes of the day in Bamako (UTC+0 all year) between which the service may write unasked: 07:30 to 19:00. */
export const decentMinutes = { from: 7 * 60 + 30, to: 19 * 60 } as const;

/** Whether a message that nobody asked for may go out at this moment. */
export function isDecent(at: Date): boolean {
  const minutes = (at.getTime() % dayMs) / minuteMs;
  return minutes >= decentMinutes.from && minutes < decentMinutes.to;
}

/** This moment, or the next 07:30 where it falls into the quiet hours. */
export function nextDecent(at: Date): Date {
  if (isDecent(at)) return at;
  const midnight = Math.floor(at.getTime() / dayMs) * dayMs;
  const morning = midnight + decentMinutes.from * minuteMs;
  return new Date(morning > at.getTime() ? morning : morning + dayMs);
}
