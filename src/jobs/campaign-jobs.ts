import type { CampaignDesk } from '../campaigns/campaign-desk';
import { offerCorrections } from '../campaigns/correct-campaign';
import { watchCampaigns } from '../campaigns/watch-campaigns';
import type { Log } from '../runtime/logger';
import { patiently } from './patiently';
import type { Job } from './run-every';

/** What campaigns need of the timetable: beginning at their hour, halting, ending, and being corrected. */
export function campaignJobs(deps: {
  desk: CampaignDesk;
  log: Log;
  databaseUrl: string;
}): Job[] {
  const { desk, log, databaseUrl } = deps;
  return [
    {
      ...{ name: 'watch campaigns', everyMs: 5_000, isUntold: true },
      async run(stopping) {
        const done = await watchCampaigns(desk, log, (work) =>
          patiently(databaseUrl, stopping, (db) => work({ ...desk, db })),
        );
        return done.started + done.halted + done.done;
      },
    },
    {
      ...{ name: 'correct campaigns', everyMs: 60_000 },
      async run(stopping) {
        return patiently(databaseUrl, stopping, async (db) => {
          const drafts = await offerCorrections({ ...desk, db });
          return drafts.length;
        });
      },
    },
  ];
}
