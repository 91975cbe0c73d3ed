import type { Database } from '../runtime/database';
import type { Log } from '../runtime/logger';
import { settleWaitingReports } from './waiting-reports';

/** Ids are looked for together that were stored within this, in milliseconds. */
const gatherMs = 200;

/** Reports that came before the ids which they name: settled soon after these are stored. */
export interface EarlyReports {
  /** To be called once the ids are committed. */
  stored(gateway: string, providerIds: readonly string[]): void;
  /** Looks at once for all that were stored. */
  settle(): Promise<void>;
}

/** Settles early reports for one sender. One that slips through, for both were written at the same moment, is found by the timetable. */
export function earlyReports(deps: {
  db: Pick<Database, 'pool'>;
  log: Pick<Log, 'warn'>;
}): EarlyReports {
  let waiting = new Map<string, string[]>();
  let timer: NodeJS.Timeout | undefined;
  const settle = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const now = waiting;
    waiting = new Map();
    for (const [gateway, ids] of now) {
      try {
        await settleWaitingReports(deps.db, gateway, ids);
      } catch (error) {
        deps.log.warn('early reports wait for the timetable', { error });
      }
    }
  };
  return {
    stored(gateway, providerIds) {
      if (providerIds.length === 0) return;
      const ids = waiting.get(gateway) ?? [];
      waiting.set(gateway, ids);
      ids.push(...providerIds);
      timer ??= setTimeout(() => void settle(), gatherMs);
    },
    settle,
  };
}
