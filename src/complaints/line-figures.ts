import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import type { Metrics } from '../runtime/metrics';
import { lineState } from './counsellor-line';

const dayMs = 86_400_000;

/**
 * Tells how the sealed line stands whenever figures are read, so that somebody
 * hears of it before callers no longer see the line; nothing of its cases. Before
 * the ceremony there is nothing to tell.
 */
export function tellLine(
  db: Pick<Database, 'prisma'>,
  clock: Pick<Clock, 'today'>,
  metrics: Pick<Metrics, 'gauge'>,
): void {
  metrics.gauge(
    'jigi_sealed_line',
    'The sealed line: readers who are ready, and days left until it closes unless one reads (below 0: closed)',
    async () => {
      const { hasKey, readers, opensUntil } = await lineState(db, clock);
      if (!hasKey) return new Map();
      const today = Date.parse(clock.today());
      return new Map([
        ['readyReaders', readers.filter(({ isReady }) => isReady).length],
        [
          'daysLeft',
          opensUntil === undefined
            ? -1
            : (Date.parse(opensUntil) - today) / dayMs,
        ],
      ]);
    },
  );
}
