import type { Metrics } from '../runtime/metrics';
import type { Spool } from './spool';

/** Tells what lies in the spool of this process, whenever figures are read. */
export function tellSpool(
  spool: Pick<Spool, 'counts'>,
  metrics: Pick<Metrics, 'gauge'>,
): void {
  metrics.gauge(
    'jigi_spool_files',
    'Files of callbacks that wait for the database, or were set apart for a person',
    async () => new Map(Object.entries(await spool.counts())),
  );
}
