import { setTimeout as pause } from 'node:timers/promises';
import { type CampaignDesk, campaignGround } from './campaigns/campaign-desk';
import { addDemoCampaigns } from './campaigns/demo-campaigns';
import { tellCampaigns } from './campaigns/watch-campaigns';
import { smsGateways, ussdGateways, type SmsGateways } from './channels/index';
import { counsellorLine } from './complaints/counsellor-line';
import { tellLine } from './complaints/line-figures';
import { tellImports } from './exchange/import-figures';
import { loadDemoComplaints } from './exchange/load-demo-complaints';
import { loadDemoProgramme } from './exchange/load-demo-programme';
import { openSmsWording, type SmsWording } from './messaging/compose';
import { tellMessages } from './messaging/message-figures';
import { USUAL_PRICES } from './messaging/price-table';
import { newSenderName } from './messaging/sender-seen';
import { usualLimits, type SendingHouse } from './messaging/sending-house';
import { openSpool, type Spool } from './messaging/spool';
import { tellSpool } from './messaging/spool-figures';
import { type Clock, realTime, systemClock } from './runtime/clock';
import type { Config } from './runtime/config';
import { countedLog } from './runtime/counted-log';
import { connectDatabase, type Database } from './runtime/database';
import { keepTime } from './runtime/keep-time';
import { withLock } from './runtime/lock';
import { createLogger } from './runtime/logger';
import type { Log } from './runtime/logger';
import { createMetrics, type Metrics } from './runtime/metrics';
import { openStore, type OpenStore } from './runtime/open-store';
import { packageRoot } from './runtime/package-root';
import { connectRedis, type Redis } from './runtime/redis';
import { createSealing } from './runtime/sealing';
import { addDemoAccounts } from './staff/demo-accounts';
import { staffDesk, type StaffDesk } from './staff/staff-desk';
import { loadTerritory } from './staff/territory';
import { answersReachUs } from './runtime/sms-accounts';
import { openTexts } from './text/texts';
import { blockedScreens } from './ussd/blocked-screens';
import { measuredStore } from './ussd/measured-store';
import { memorySessionStore } from './ussd/memory-session-store';
import { redisSessionStore } from './ussd/redis-session-store';
import { screenTally } from './ussd/screen-tally';
import type { UssdHouse } from './ussd/ussd-house';
import { hearSimulator } from './webhooks/hear-simulator';
import { openSmsDesk, type SmsDesk } from './webhooks/sms-desk';

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
    closing.push(await keepTime(store.db, clock, log));
    countConnections(store.db, metrics);
    tellImports(store.db, metrics);
    tellLine(store.db, clock, metrics);
    tellMessages({ db: store.db, clock }, metrics);
    tellCampaigns(store.db, metrics);
    const staff = staffDesk({
      ...{ db: store.db, clock: realTime(clock) },
      ...{ hashKey: config.hashKey, demo: config.demo },
    });
    const words = openWords(config);
    const sms = smsGateways(config, { now: () => clock.now() });
    const { orange, africasTalking } = config.smsAccounts;
    const campaigns = campaignGround({
      ...{ texts: words.texts, shortCode: config.shortCode },
      ...{ route: sms.routeSms },
      senderNames: [africasTalking?.senderId, orange?.senderName],
    });
    const { wording } = words;
    await prepareStore(store, {
      ...config,
      ...{ clock, say, staff, wording },
      // Before anything else of the demo is queued: what is due then is theirs alone.
      addCampaigns: () =>
        addDemoCampaigns(
          { ...campaigns, db: store.db, clock },
          { log, metrics },
        ),
    });
    const redis = await openRedis(config, log);
    if (redis !== undefined) {
      closing.push(() => redis.close());
    }
    const { db, url: databaseUrl } = store;
    const { importDir } = config;
    const tally = screenTally({ db, clock });
    const ussd = ussdHouse(config, {
      ...{ db, redis, clock, log, metrics, tally },
      ...words,
    });
    const spool = await openSpool(config.spoolDir, ussd.sealing);
    tellSpool(spool, metrics);
    const smsDesk = smsDeskOf(spool, sms, ussd);
    return {
      ...{ config, log, metrics, clock, db, databaseUrl, redis },
      texts: ussd.texts,
      gateways: ussdGateways(),
      ...{ ussd, tally, staff, sms, smsDesk },
      campaignDesk: deskWhenAsked(
        { ...campaigns, clock },
        databaseUrl,
        closing,
      ),
      sending: sendingHouse(config, sms, { db, clock, log, metrics }),
      timetable: {
        ...{ db, clock, log, databaseUrl, importDir },
        ...{ wording: ussd.wording, campaigns },
        smsGateways: sms.byName,
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The desk of campaigns, on connections that wait for long statements: a national audience takes seconds. They are opened
 * when somebody first asks.
 */
function deskWhenAsked(
  ground: Omit<CampaignDesk, 'db'>,
  databaseUrl: string,
  closing: (() => Promise<void>)[],
): () => CampaignDesk {
  let patient: Database | undefined;
  closing.push(async () => patient?.close());
  return () => {
    patient ??= connectDatabase(databaseUrl, {
      ...{ max: 3, connectTimeoutMs: 10_000, statementTimeoutMs: 0 },
    });
    return { ...ground, db: patient };
  };
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
  start: Pick<Config, 'demo' | 'demoPassword'> & {
    clock: Clock;
    staff: StaffDesk;
    wording: SmsWording;
    say: (line: string) => void;
    addCampaigns: () => Promise<void>;
  },
): Promise<void> {
  const { demo, demoPassword, clock, say, staff, wording } = start;
  const prepare = async (): Promise<void> => {
    await loadTerritory(db);
    if (demo && (await db.prisma.household.count({ take: 1 })) === 0) {
      say('Programme de démonstration: 2 000 ménages inventés…');
      await loadDemoProgramme({ databaseUrl: url, clock, say });
    }
    if (demoPassword === undefined) return;
    await addDemoAccounts(staff, demoPassword);
    await start.addCampaigns();
    if (demo) await loadDemoComplaints({ db, clock, wording });
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

/** Every text of the service, and the words of its messages. */
function openWords(
  config: Pick<
    Config,
    'shortCode' | 'allowUnreviewedTexts' | 'smsAccounts' | 'smsRoutes'
  >,
): Pick<UssdHouse, 'texts' | 'wording'> {
  const texts = openTexts({ root: packageRoot });
  const { shortCode, allowUnreviewedTexts: allowUnreviewed } = config;
  return {
    texts,
    wording: openSmsWording({
      ...{ texts, shortCode, allowUnreviewed },
      canBeAnswered: answersReachUs(config),
    }),
  };
}

/** What answers callers; sessions live in memory where there is no Redis. */
function ussdHouse(
  config: Config,
  parts: Pick<
    UssdHouse,
    'db' | 'clock' | 'log' | 'metrics' | 'texts' | 'wording' | 'tally'
  > & {
    redis: Redis | undefined;
  },
): UssdHouse {
  const { redis, ...rest } = parts;
  const { texts } = parts;
  return {
    ...rest,
    store:
      redis === undefined
        ? memorySessionStore()
        : measuredStore(
            redisSessionStore(redis, () => rest.clock.now().getTime()),
            rest.metrics,
          ),
    sealing: createSealing(config.sessionSecrets),
    hashKey: config.hashKey,
    counsellorLine: counsellorLine(parts),
    contacts: config.contactNumbers,
    dataFreshDays: config.dataFreshDays,
    blockedScreens: blockedScreens(texts, config.allowUnreviewedTexts),
  };
}

/** What sends messages: through the gateways that are configured, under a name of its own. */
function sendingHouse(
  { smsInFlight, smsRates }: Config,
  { routeSms }: SmsGateways,
  parts: Pick<SendingHouse, 'db' | 'clock' | 'log' | 'metrics'>,
): SendingHouse {
  return {
    ...parts,
    sender: newSenderName(),
    route: routeSms,
    rateOf: (gateway, network) => smsRates.get(gateway)?.get(network),
    prices: USUAL_PRICES,
    limits: usualLimits(smsInFlight),
  };
}

/** What takes in what gateways tell of SMS; the simulator tells it here, as the others do at their doors. */
function smsDeskOf(
  spool: Spool,
  { byName: gateways, simulator }: SmsGateways,
  { db, clock, log, metrics, wording, hashKey }: UssdHouse,
): SmsDesk {
  const desk = openSmsDesk({
    ...{ gateways, db, clock, log, metrics, wording, hashKey, spool },
  });
  if (simulator !== undefined) hearSimulator(desk, simulator, { clock, log });
  return desk;
}

/** Tells how busy the connections to the database are. */
export function countConnections(
  { pool, lines }: Database,
  metrics: Metrics,
): void {
  metrics.gauge(
    'jigi_database_connections_in_use',
    'Connections to the database that are in use',
    () => pool.totalCount - pool.idleCount + lines.busy(),
  );
  metrics.gauge(
    'jigi_database_requests_waiting',
    'Requests that wait for a connection to the database',
    () => pool.waitingCount,
  );
}
