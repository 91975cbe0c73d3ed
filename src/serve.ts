import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createApp } from './app';
import { runEvery } from './jobs/run-every';
import { timetable } from './jobs/timetable';
import type { Config } from './runtime/config';
import { AppError } from './runtime/errors';
import { serveMetrics } from './runtime/metrics-server';
import { buildHouse } from './wiring';
import type { House, HouseOptions } from './wiring';

/** A service that answers until it is stopped. */
export interface RunningService {
  house: House;
  /** Where it answers, e.g. `http://127.0.0.1:8080`. */
  url: string;
  /** Answers what is under way, then lets go of everything. */
  stop(): Promise<void>;
}

/** How long answers that are under way may take before their connections are cut, in milliseconds. */
const partingMs = 5_000;

/** @throws AppError `unavailable` when somebody else answers there already */
async function listen(
  server: Server,
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<void> {
  try {
    const listening = once(server, 'listening');
    server.listen(port, host);
    await listening;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) {
      throw error;
    }
    const reason =
      error.code === 'EADDRINUSE'
        ? `Le port ${port} est déjà pris. Choisissez-en un autre, par exemple: PORT=${port + 1} npm start`
        : `Le service ne peut pas répondre à ${host}:${port}. Vérifiez HOST et PORT.`;
    throw new AppError('unavailable', reason, error);
  }
}

/**
 * Starts the web side, and the timetable beside it where one process does all.
 * @throws AppError when the store cannot be opened or the port is taken
 */
export async function startService(
  config: Config,
  options: HouseOptions & { withJobs: boolean },
): Promise<RunningService> {
  const house = await buildHouse(config, options);
  try {
    const server = createApp(house);
    await listen(server, config);
    const figures = await serveMetrics(config, house.metrics, house.log);
    const jobs = options.withJobs
      ? runEvery(timetable(house.timetable), house.log)
      : undefined;
    // node:net says `string` for pipes and `null` before listening; neither is so here.
    const { port } = server.address() as AddressInfo;
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    return {
      house,
      url: `http://${host}:${port}`,
      async stop() {
        const closed = new Promise<void>((resolve) => {
          server.close(() => {
            resolve();
          });
        });
        server.closeIdleConnections();
        const given = jobs?.stop();
        const cut = setTimeout(() => {
          server.closeAllConnections();
        }, partingMs);
        await closed;
        clearTimeout(cut);
        await given;
        await figures.stop();
        await house.close();
      },
    };
  } catch (error) {
    await house.close();
    throw error;
  }
}
