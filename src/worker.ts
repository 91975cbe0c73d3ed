import { runEvery } from './jobs/run-every';
import { timetable } from './jobs/timetable';
import { loadConfig } from './runtime/config';
import { runUntilSignal } from './runtime/run-until-signal';
import { buildHouse } from './wiring';

/** The process of the timetable. Any number may run: each job runs in one at a time. */
void runUntilSignal(async (say) => {
  const house = await buildHouse(loadConfig(), { say });
  const jobs = runEvery(timetable(house.timetable), house.log);
  house.log.info('worker started');
  return {
    async stop() {
      await jobs.stop();
      await house.close();
    },
  };
});
