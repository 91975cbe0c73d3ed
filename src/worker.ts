import { runEvery } from './jobs/run-every';
import { timetable } from './jobs/timetable';
import { runSender } from './messaging/run-sender';
import { loadConfig } from './runtime/config';
import { serveMetrics } from './runtime/metrics-server';
import { runUntilSignal } from './runtime/run-until-signal';
import { standBack } from './runtime/stand-back';
import { buildHouse } from './wiring';

/** The process that sends messages and runs the timetable. Any number may run: each message goes once, each job in one at a time. */
void runUntilSignal(async (say) => {
  const config = loadConfig();
  const house = await buildHouse(config, { say });
  const figures = await serveMetrics(config, house.metrics, house.log, say);
  standBack(house.log);
  const jobs = runEvery(timetable(house.timetable), house.log, house.metrics);
  const sender = runSender(house.sending);
  house.log.info('worker started');
  return {
    async stop() {
      await Promise.all([jobs.stop(), sender.stop()]);
      await figures.stop();
      await house.close();
    },
  };
});
