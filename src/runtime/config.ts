import path from 'node:path';
import { AppError } from './errors';
import { keepSecret } from './secrets';
import { DEMO_TOKEN, modeFaults, pairFaults } from './setting-faults';
import { settings, type Settings } from './settings';

/** What the service runs by, parsed and derived once at start. */
export interface Config {
  insideProduction: boolean;
  /** Demo programme, simulator page and accounts; no real gateway may send. */
  demo: boolean;
  host: string;
  port: number;
  metricsPort: number;
  /** Absent: the embedded server of `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  /** Absent: sessions in memory, one process only. */
  redisUrl: string | undefined;
  shortCode: string;
  webhookTokens: readonly string[];
  /** The first seals, all open: so that a secret can be changed without ending sessions. */
  sessionSecrets: readonly string[];
  hashKey: string;
  allowUnreviewedTexts: boolean;
  /** Operators whose callers pay nothing. */
  freeOperators: Settings['USSD_FREE'];
  demoClockOffsetDays: number;
  importDir: string | undefined;
  /** Absent unless configured, and always in demo. */
  africasTalking: AfricasTalkingAccount | undefined;
  /** Numbers to call, as shown to callers. */
  contactNumbers: readonly string[];
  /** From this age on, a screen says of which day its facts are. */
  dataFreshDays: number;
  logLevel: Settings['LOG_LEVEL'];
}

/** An account at Africa's Talking; `baseUrl` is an origin, absent for their own. */
export interface AfricasTalkingAccount {
  username: string;
  apiKey: string;
  senderId: string | undefined;
  baseUrl: string | undefined;
}

/** The environment's faults, all of them, in French for whoever starts the service. */
export class ConfigError extends AppError {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    const lines = faults.map((fault) => `  - ${fault}`).join('\n');
    super('invalid', `Configuration à corriger:\n${lines}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/**
 * Reads the environment; outside production missing secrets are generated into DATA_DIR.
 * @throws ConfigError with every fault at once.
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value?.trim() !== ''),
  );
  const read = settings.safeParse(given);
  const faults = [
    ...(read.error?.issues.map(
      (issue) => `${String(issue.path[0])}: ${issue.message}`,
    ) ?? []),
    ...modeFaults(given),
    ...pairFaults(given),
  ];
  if (!read.success || faults.length > 0) throw new ConfigError(faults);
  return derive(read.data);
}

function derive(read: Settings): Config {
  const insideProduction = read.NODE_ENV === 'production';
  const demo = read.DEMO ?? !insideProduction;
  const dataDir = path.resolve(read.DATA_DIR);
  return {
    insideProduction,
    demo,
    host: read.HOST,
    port: read.PORT,
    metricsPort: read.METRICS_PORT,
    databaseUrl: read.DATABASE_URL,
    dataDir,
    redisUrl: read.REDIS_URL,
    shortCode: read.SHORT_CODE,
    webhookTokens: read.WEBHOOK_TOKENS ?? [
      demo ? DEMO_TOKEN : keepSecret(dataDir, 'webhook-token'),
    ],
    sessionSecrets: read.SESSION_SECRET ?? [
      keepSecret(dataDir, 'session-secret'),
    ],
    hashKey: read.HASH_KEY ?? keepSecret(dataDir, 'hash-key'),
    allowUnreviewedTexts: read.ALLOW_UNREVIEWED_TEXTS ?? !insideProduction,
    freeOperators: read.USSD_FREE,
    demoClockOffsetDays: read.DEMO_CLOCK_OFFSET,
    importDir: read.IMPORT_DIR,
    africasTalking: demo ? undefined : accountOf(read),
    contactNumbers: read.CONTACT_NUMBERS,
    dataFreshDays: read.DATA_FRESH_DAYS,
    logLevel: read.LOG_LEVEL,
  };
}

function accountOf(read: Settings): AfricasTalkingAccount | undefined {
  const { AT_USERNAME: username, AT_API_KEY: apiKey } = read;
  if (username === undefined || apiKey === undefined) return undefined;
  return {
    username,
    apiKey,
    senderId: read.AT_SENDER_ID,
    baseUrl: read.AT_BASE_URL,
  };
}
