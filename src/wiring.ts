import { ussdGateways } from './channels/index';
import { loadDemoProgramme } from './exchange/load-demo-programme';
import { systemClock } from './runtime/clock';
import type { Config } from './runtime/config';
import { connectDatabase } from './runtime/database';
import { joinOrStartPostgres } from './runtime/embedded-postgres';
import { createLogger } from './runtime/logger';
import type { Log } from './runtime/logger';
import { packageRoot } from './runtime/package-root';
import { migrate } from './runtime/migrate';
import { connectRedis } from './runtime/redis';
import { createSealing } from './runtime/sealing';
import { loadTerritory } from './staff/territory';
import { openTexts } from './text/texts';
import { blockedScreens } from './ussd/blocked-screens';
import { memorySessionStore } from './ussd/memory-session-store';
import { redisSessionStore } from './ussd/redis-session-store';
import type { UssdHouse } from './ussd/ussd-house';

/** Connections of one process: two cores' worth of work, and room for a slow one. */
const connections = 12;

/** Everything that the service is made of, constructed once. */
export type House = Awaited<ReturnType<typeof buildHouse>>;

/** What a process may change about its house. */
export interface HouseOptions {
  /** Progress for whoever starts the service, in French. */
  say?: (line: string) => void;
  log?: Log;
}

/**
 * Opens the store (its own server when none is given), brings it up to date, and
 * constructs the service around it.
 * @throws AppError when the store cannot be reached or brought up to date
 */
export async function buildHouse(config: Config, options: HouseOptions = {}) {
  const { say = () => undefined } = options;
  const log = options.log ?? createLogger({ level: config.logLevel });
  const clock = systemClock(config.demoClockOffsetDays);
  const server =
    config.databaseUrl === undefined
      ? await joinOrStartPostgres({ dataDir: config.dataDir, say })
      : { url: config.databaseUrl, release: () => Promise.resolve() };
  const closing: (() => Promise<void>)[] = [() => server.release()];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) {
      await step();
    }
  };
  try {
    await migrate(server.url);
    const db = connectDatabase(server.url, {
      max: connections,
      onLostConnection: (error) => {
        log.warn('database connection lost', { error });
      },
    });
    closing.push(() => db.close());
    await loadTerritory(db);
    if (config.demo && (await db.prisma.household.count({ take: 1 })) === 0) {
      say('Programme de démonstration: 2 000 ménages inventés…');
      await loadDemoProgramme({ databaseUrl: server.url, clock, say });
    }
    const redis =
      config.redisUrl === undefined
        ? undefined
        : await connectRedis(config.redisUrl, log);
    if (redis !== undefined) {
      closing.push(() => redis.close());
    }
    const texts = openTexts({ root: packageRoot });
    const ussd: UssdHouse = {
      db,
      store:
        redis === undefined ? memorySessionStore() : redisSessionStore(redis),
      texts,
      clock,
      log,
      sealing: createSealing(config.sessionSecrets),
      hashKey: config.hashKey,
      contacts: config.contactNumbers,
      dataFreshDays: config.dataFreshDays,
      blockedScreens: blockedScreens(texts, config.allowUnreviewedTexts),
    };
    return {
      config,
      log,
      clock,
      db,
      databaseUrl: server.url,
      redis,
      texts,
      gateways: ussdGateways(),
      ussd,
      timetable: {
        db,
        clock,
        log,
        databaseUrl: server.url,
        importDir: config.importDir,
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
