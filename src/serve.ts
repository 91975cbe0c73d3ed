import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { createApp } from './app';
import { runEvery, type RunningJobs } from './jobs/run-every';
import { sealedCover } from './jobs/sealed-cover';
import { timetable } from './jobs/timetable';
import { runSender } from './messaging/run-sender';
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

/** How long busy lines are given to ask once more and be told: closed at once, the next question of some would meet a line just cut. */
const farewellMs = 300;

/** How often lines that have fallen idle are closed while the service leaves, in milliseconds. */
const partingRoundMs = 100;

/** Gateways keep their lines and ask on: each is told with its next answer that this was the last. */
function tellLast(server: Server): void {
  server.prependListener('request', (_request, response: ServerResponse) => {
    response.shouldKeepAlive = false;
  });
}

/**
 * Closes lines as they fall idle. Without that, they would be cut in the middle of an answer.
 * @returns ends it
 */
function letLinesGo(server: Server): () => void {
  const round = setInterval(() => {
    server.closeIdleConnections();
  }, partingRoundMs);
  return () => {
    clearInterval(round);
  };
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

/** How often the spool is looked into, in milliseconds. */
const spoolEveryMs = 5_000;

/** How often counted screens are written, in milliseconds: seldom, so that a row's moment says little. */
const tallyEveryMs = 10 * 60_000;

/** What the web process does beside answering: what it put aside lies on its own disk, where no other may reach it. */
function besideAnswering({
  ussd,
  tally,
  smsDesk,
  log,
  metrics,
}: House): RunningJobs {
  const spool = {
    ...{ name: 'take in spool', everyMs: spoolEveryMs },
    run: () => smsDesk.takeInSpool(),
  };
  const screens = {
    ...{ name: 'write counted screens', everyMs: tallyEveryMs },
    run: () => tally.write(),
  };
  return runEvery([sealedCover(ussd), spool, screens], log, metrics);
}

/**
 * Starts the web side, and what a worker does beside it where one process does all.
 * @throws AppError when the store cannot be opened or the port is taken
 */
export async function startService(
  config: Config,
  options: HouseOptions & { withJobs: boolean },
): Promise<RunningService> {
  const house = await buildHouse(config, options);
  try {
    const behind: (() => Promise<void>)[] = [];
    const server = createApp(house, async () => {
      for (const work of behind) await work();
    });
    await listen(server, config);
    const figures = await serveMetrics(
      config,
      house.metrics,
      house.log,
      options.say,
    );
    const running: { stop(): Promise<void> }[] = [besideAnswering(house)];
    if (options.withJobs) {
      const jobs = runEvery(
        timetable(house.timetable),
        house.log,
        house.metrics,
      );
      const sender = runSender(house.sending);
      // First what is due is written, then it goes.
      behind.push(
        () => jobs.runNow(),
        () => sender.sendNow(),
      );
      running.push(jobs, sender);
    }
    // node:net says `string` for pipes and `null` before listening; neither is so here.
    const { port } = server.address() as AddressInfo;
    const host = config.host.includes(':') ? `[${config.host}]` : config.host;
    return {
      house,
      url: `http://${host}:${port}`,
      async stop() {
        const given = Promise.all(running.map((work) => work.stop()));
        tellLast(server);
        await pause(farewellMs);
        const closed = new Promise<void>((resolve) => {
          server.close(() => {
            resolve();
          });
        });
        const letGo = letLinesGo(server);
        const cut = setTimeout(() => {
          server.closeAllConnections();
        }, partingMs);
        await closed;
        clearTimeout(cut);
        letGo();
        await given;
        // A store that is away keeps nobody from leaving.
        await house.tally.write().catch(() => 0);
        await figures.stop();
        await house.close();
      },
    };
  } catch (error) {
    await house.close();
    throw error;
  }
}
