import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { withLock } from '../runtime/lock';
import { forgetOldTraces } from './forget';
import type { Job } from './run-every';

const minuteMs = 60_000;

/** Every job of the service with its period. Each runs in one process at a time, whichever it is. */
export function timetable(deps: { db: Database; clock: Clock }): Job[] {
  const alone = (name: string, everyMs: number, run: Job['run']): Job => ({
    name,
    everyMs,
    async run() {
      const done = await withLock(deps.db, `job ${name}`, run);
      return done.kind === 'done' ? done.value : 0;
    },
  });
  return [
    alone('forget old traces', 10 * minuteMs, () => forgetOldTraces(deps)),
  ];
}
