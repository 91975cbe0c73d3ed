import { listSilent } from '../messaging/list-silent';
import { trimJournal } from '../messaging/trim-journal';
import { settleAllWaiting } from '../messaging/waiting-reports';
import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { patiently } from './patiently';
import type { Job } from './run-every';

const minuteMs = 60_000;

/** What follows from reports without anybody asking: late matches, a journal within its bounds, numbers fallen silent. */
export function reportJobs(deps: {
  db: Database;
  clock: Clock;
  databaseUrl: string;
}): Job[] {
  const { db, clock, databaseUrl } = deps;
  return [
    {
      ...{ name: 'settle waiting reports', everyMs: minuteMs / 2 },
      run: () => settleAllWaiting(db),
    },
    {
      ...{ name: 'trim journal', everyMs: minuteMs },
      run: (stopping) =>
        patiently(databaseUrl, stopping, (own) => trimJournal(own)),
    },
    {
      ...{ name: 'list silent numbers', everyMs: 60 * minuteMs },
      run: (stopping) =>
        patiently(databaseUrl, stopping, (own) =>
          listSilent({ db: own, clock }),
        ),
    },
  ];
}
