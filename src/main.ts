import { loadConfig } from './runtime/config';
import { runUntilSignal } from './runtime/run-until-signal';
import { startService } from './serve';
import { welcomeLines } from './welcome';

/** The web process; outside production the timetable runs in it too. */
void runUntilSignal(async (say) => {
  const config = loadConfig();
  const service = await startService(config, {
    withJobs: !config.insideProduction,
    say,
  });
  service.house.log.info('service started', {
    host: config.host,
    port: config.port,
    demo: config.demo,
  });
  if (!config.insideProduction) {
    welcomeLines(config, service.url).forEach(say);
  }
  return service;
});
