import type { DeliveryReport, ReadSms } from '../channels/sms-contract';
import type { Database } from '../runtime/database';
import type { Log } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';
import type { Callback } from './callback';
import { gather } from './gather';
import { recordDeliveries, type ReceivedReport } from './record-delivery';
import type { Spool } from './spool';

/** What taking callbacks in needs, whichever they are. */
export interface TakeDeps {
  db: Database;
  /** Where callbacks rest while the store is away. */
  spool: Pick<Spool, 'put'>;
  log: Pick<Log, 'warn'>;
  metrics: Pick<Metrics, 'add'>;
}

/** Reports that one transaction takes in. */
const MOST = 500;

/**
 * Takes delivery reports in, those that come at the same time in one transaction: hundreds a second cost a few. While
 * the store is away they are put aside. Done once a report is safe, in one place or the other.
 */
export function takeReports(
  deps: TakeDeps,
): (callback: Callback, read: ReadSms<DeliveryReport>) => Promise<void> {
  const one = gather((received: ReceivedReport[]) => takenIn(deps, received), {
    ...{ weigh: () => 1, most: MOST, atOnce: 2 },
  });
  return (callback, read) => one({ callback, read });
}

async function takenIn(
  { db, spool, log, metrics }: TakeDeps,
  received: readonly ReceivedReport[],
): Promise<undefined[]> {
  const tell = (at: number, outcome: string) => {
    const gateway = received[at]?.callback.gateway ?? '';
    metrics.add('jigi_sms_reports_total', { gateway, outcome });
  };
  try {
    const outcomes = await recordDeliveries(db, received);
    outcomes.forEach((outcome, at) => tell(at, outcome));
  } catch (error) {
    await spool.put(received.map(({ callback }) => callback));
    log.warn('reports put aside', { count: received.length, error });
    received.forEach((_one, at) => tell(at, 'aside'));
  }
  return received.map(() => undefined);
}
