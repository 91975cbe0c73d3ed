import { setTimeout as pause } from 'node:timers/promises';
import { ussdGateways } from './channels/index';
import { loadDemoProgramme } from './exchange/load-demo-programme';
import { type Clock, systemClock } from './runtime/clock';
import type { Config } from './runtime/config';
import { countedLog } from './runtime/counted-log';
import type { Database } from './runtime/database';
import { withLock } from './runtime/lock';
import { createLogger } from './runtime/logger';
import type { Log } from './runtime/logger';
import { createMetrics, type Metrics } from './runtime/metrics';
import { openStore, type OpenStore } from './runtime/open-store';
import { packageRoot } from './runtime/package-root';
import { connectRedis, type Redis } from './runtime/redis';
import { createSealing } from './runtime/sealing';
import { loadTerritory } from './staff/territory';
import { openTexts } from './text/texts';
import { blockedScreens } from './ussd/blocked-screens';
import { memorySessionStore } from './ussd/memory-session-store';
import { redisSessionStore } from './ussd/redis-session-store';
import type { UssdHouse } from './ussd/ussd-house';

/** Connections of one process. Each is held until the event loop comes round to its answer: with twelve, callers queued for one. */
const connections = 20;

/** How often a process looks whether another is done preparing the store, in milliseconds. */
const lookAgainMs = 200;

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
  const metrics = createMetrics();
  const plainLog = options.log ?? createLogger({ level: config.logLevel });
  const log = countedLog(plainLog, metrics);
  const clock = systemClock(config.demoClockOffsetDays);
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) {
      await step();
    }
  };
  try {
    const store = await openServiceStore({ ...config, say }, log);
    closing.push(() => store.close());
    countConnections(store.db, metrics);
    await prepareStore(store, { demo: config.demo, clock, say });
    const redis = await openRedis(config, log);
    if (redis !== undefined) {
      closing.push(() => redis.close());
    }
    const { db, url: databaseUrl } = store;
    const { importDir } = config;
    const ussd = ussdHouse(config, { db, redis, clock, log });
    return {
      ...{ config, log, metrics, clock, db, databaseUrl, redis },
      texts: ussd.texts,
      gateways: ussdGateways(),
      ussd,
      timetable: { db, clock, log, databaseUrl, importDir },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function openServiceStore(
  place: Parameters<typeof openStore>[0],
  log: Log,
): Promise<OpenStore> {
  return openStore(place, {
    max: connections,
    onLostConnection: (error) => {
      log.warn('database connection lost', { error });
    },
  });
}

/**
 * Loads what the service cannot be without, and into an empty store of a demo its programme. Processes that
 * start together wait for the one that does it.
 */
async function prepareStore(
  { db, url }: OpenStore,
  start: { demo: boolean; clock: Clock; say: (line: string) => void },
): Promise<void> {
  const { demo, clock, say } = start;
  const prepare = async (): Promise<void> => {
    await loadTerritory(db);
    if (demo && (await db.prisma.household.count({ take: 1 })) === 0) {
      say('Programme de démonstration: 2 000 ménages inventés…');
      await loadDemoProgramme({ databaseUrl: url, clock, say });
    }
  };
  while ((await withLock(db, 'prepare store', prepare)).kind === 'busy') {
    await pause(lookAgainMs);
  }
}

async function openRedis(
  { redisUrl }: Config,
  log: Log,
): Promise<Redis | undefined> {
  return redisUrl === undefined ? undefined : connectRedis(redisUrl, log);
}

/** What answers callers; sessions live in memory where there is no Redis. */
function ussdHouse(
  config: Config,
  parts: Pick<UssdHouse, 'db' | 'clock' | 'log'> & {
    redis: Redis | undefined;
  },
): UssdHouse {
  const { redis, ...rest } = parts;
  const texts = openTexts({ root: packageRoot });
  return {
    ...rest,
    store:
      redis === undefined ? memorySessionStore() : redisSessionStore(redis),
    texts,
    sealing: createSealing(config.sessionSecrets),
    hashKey: config.hashKey,
    contacts: config.contactNumbers,
    dataFreshDays: config.dataFreshDays,
    blockedScreens: blockedScreens(texts, config.allowUnreviewedTexts),
  };
}

function countConnections({ pool }: Database, metrics: Metrics): void {
  metrics.gauge(
    'jigi_database_connections_in_use',
    () => pool.totalCount - pool.idleCount,
  );
  metrics.gauge('jigi_database_requests_waiting', () => pool.waitingCount);
}
