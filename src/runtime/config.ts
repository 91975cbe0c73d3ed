import path from 'node:path';
import { AppError } from './errors';
import { keepSecret } from './secrets';
import {
  DEMO_TOKEN,
  modeFaults,
  pairFaults,
  routeFaults,
} from './setting-faults';
import { settings, type Settings } from './settings';
import { smsAccounts, smsRoutes, type SmsAccounts } from './sms-accounts';
import type { SmsRates } from './sms-rates-setting';
import type { SmsRoute } from './sms-routes-setting';

/** What the service runs by, parsed and derived once at start. */
export interface Config {
  insideProduction: boolean;
  /** Demo programme, simulator page and accounts; no real gateway may send. */
  demo: boolean;
  /** Of the invented accounts of a demo, and of no others; absent elsewhere. */
  demoPassword: string | undefined;
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
  /** Where gateways' callbacks rest while the store is away. */
  spoolDir: string;
  /** Each absent unless configured, and always in demo. */
  smsAccounts: SmsAccounts;
  /** Which gateways carry SMS to whom; without any, nothing is sent. */
  smsRoutes: readonly SmsRoute[];
  smsRates: SmsRates;
  /** Requests to SMS gateways that are under way at once, in each worker. */
  smsInFlight: number;
  /** Numbers to call, as shown to callers. */
  contactNumbers: readonly string[];
  /** From this age on, a screen says of which day its facts are. */
  dataFreshDays: number;
  logLevel: Settings['LOG_LEVEL'];
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
    ...routeFaults(given),
  ];
  // A list says of each of its items what is wrong with it: once is enough.
  if (!read.success || faults.length > 0)
    throw new ConfigError([...new Set(faults)]);
  return derive(read.data);
}

function derive(read: Settings): Config {
  const insideProduction = read.NODE_ENV === 'production';
  const demo = read.DEMO ?? !insideProduction;
  const dataDir = path.resolve(read.DATA_DIR);
  const webhookTokens = read.WEBHOOK_TOKENS ?? [
    demo ? DEMO_TOKEN : keepSecret(dataDir, 'webhook-token'),
  ];
  return {
    insideProduction,
    demo,
    demoPassword: demo ? shortSecret(dataDir, 'demo-password') : undefined,
    host: read.HOST,
    port: read.PORT,
    metricsPort: read.METRICS_PORT,
    databaseUrl: read.DATABASE_URL,
    dataDir,
    redisUrl: read.REDIS_URL,
    shortCode: read.SHORT_CODE,
    webhookTokens,
    sessionSecrets: read.SESSION_SECRET ?? [
      keepSecret(dataDir, 'session-secret'),
    ],
    hashKey: read.HASH_KEY ?? keepSecret(dataDir, 'hash-key'),
    allowUnreviewedTexts: read.ALLOW_UNREVIEWED_TEXTS ?? !insideProduction,
    freeOperators: read.USSD_FREE,
    demoClockOffsetDays: read.DEMO_CLOCK_OFFSET,
    importDir: read.IMPORT_DIR,
    spoolDir: path.resolve(read.SPOOL_DIR ?? path.join(dataDir, 'spool')),
    smsAccounts: demo ? {} : smsAccounts(read, webhookTokens[0] ?? ''),
    smsRoutes: smsRoutes(read, { insideProduction, demo }),
    smsRates: read.SMS_RATES ?? new Map(),
    smsInFlight: read.SMS_IN_FLIGHT,
    contactNumbers: read.CONTACT_NUMBERS,
    dataFreshDays: read.DATA_FRESH_DAYS,
    logLevel: read.LOG_LEVEL,
  };
}

/** A secret that one types by hand: for what lives on one machine and holds nobody real. */
function shortSecret(dataDir: string, name: string): string {
  const plain = keepSecret(dataDir, name).toLowerCase();
  return `demo-${plain.replaceAll(/[^a-z0-9]/g, '').slice(0, 8)}`;
}
