import { z } from 'zod';
import { readSmsRates } from './sms-rates-setting';
import { readSmsRoutes } from './sms-routes-setting';

const NETWORKS = ['orange', 'malitel', 'telecel'] as const;
const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

/**
 * Every setting of the environment: its form, and its default where that does not depend on the mode.
 * Their meaning is told in .env.example. A setting left empty counts as absent.
 */
export const settings = z.object({
  NODE_ENV: oneOf(['development', 'production', 'test']).default('development'),
  HOST: text().default('127.0.0.1'),
  PORT: whole(0, 65535).default(8080),
  METRICS_PORT: whole(0, 65535).default(9464),
  DATABASE_URL: address(['postgresql:', 'postgres:']).optional(),
  DATA_DIR: text().default('.data'),
  REDIS_URL: address(['redis:', 'rediss:']).optional(),
  DEMO: yesOrNo().optional(),
  SHORT_CODE: shaped(
    /^\*\d+(\*\d+)*#$/,
    'écrivez un code comme *384*55#',
  ).default('*384*55#'),
  WEBHOOK_TOKENS: listOf(
    shaped(
      /^[\w.~-]+$/,
      'un jeton ne contient que des lettres, des chiffres et . _ ~ -',
    ),
  ).optional(),
  SESSION_SECRET: listOf(text()).optional(),
  HASH_KEY: text().optional(),
  ALLOW_UNREVIEWED_TEXTS: yesOrNo().optional(),
  USSD_FREE: listOf(oneOf(NETWORKS)).default([]),
  DEMO_CLOCK_OFFSET: whole(-3650, 3650).default(0),
  IMPORT_DIR: text().optional(),
  SPOOL_DIR: text().optional(),
  AT_USERNAME: text().optional(),
  AT_API_KEY: text().optional(),
  AT_SENDER_ID: text().optional(),
  AT_BASE_URL: origin('https://api.africastalking.com').optional(),
  ORANGE_CLIENT_ID: text().optional(),
  ORANGE_CLIENT_SECRET: text().optional(),
  ORANGE_SENDER_NAME: shaped(
    /^[A-Za-z0-9 ]{1,11}$/,
    'écrivez au plus onze lettres ou chiffres',
  ).optional(),
  ORANGE_BASE_URL: origin('https://api.orange.com').optional(),
  KANNEL_URL: origin('http://kannel:13013').optional(),
  KANNEL_USERNAME: text().optional(),
  KANNEL_PASSWORD: text().optional(),
  KANNEL_CALLBACK_URL: origin('http://web:8080').optional(),
  SMS_ROUTES: smsRoutes().optional(),
  SMS_RATES: smsRates().optional(),
  SMS_IN_FLIGHT: whole(1, 1000).default(50),
  CONTACT_NUMBERS: listOf(
    shaped(/^\+?[\d ]{2,20}$/, 'écrivez des numéros comme +223 20 22 16 15'),
  ).default(['+223 20 22 16 15']),
  DATA_FRESH_DAYS: whole(0, 365).default(3),
  LOG_LEVEL: oneOf(LEVELS).default('info'),
});

/** The settings as read, before the mode fills in what is absent. */
export type Settings = z.infer<typeof settings>;

function text() {
  return z.string();
}

function shaped(pattern: RegExp, advice: string) {
  return z.string().regex(pattern, { error: advice });
}

function origin(example: string) {
  return shaped(
    /^https?:\/\/[^/]+$/,
    `écrivez l'origine seule, sans chemin, comme ${example}`,
  );
}

function smsRoutes() {
  return z.string().transform((value, context) => {
    const read = readSmsRoutes(value);
    if (read.kind === 'read') return read.routes;
    for (const message of read.faults) context.addIssue(message);
    return z.NEVER;
  });
}

function smsRates() {
  return z.string().transform((value, context) => {
    const read = readSmsRates(value);
    if (read.kind === 'read') return read.rates;
    for (const message of read.faults) context.addIssue(message);
    return z.NEVER;
  });
}

function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z.enum(words, { error: `écrivez ${words.join(', ')}` });
}

function whole(least: number, most: number) {
  const advice = `écrivez un nombre entier de ${least} à ${most}`;
  return z
    .string()
    .regex(/^-?\d{1,9}$/, { error: advice })
    .transform(Number)
    .refine((n) => n >= least && n <= most, { error: advice });
}

function yesOrNo() {
  return z.enum(['0', '1'], { error: 'écrivez 1 ou 0' }).transform(isOne);
}

function isOne(digit: '0' | '1'): boolean {
  return digit === '1';
}

function address(protocols: readonly string[]) {
  return z.string().refine((value) => hasProtocol(value, protocols), {
    error: `écrivez une adresse qui commence par ${protocols.map((name) => `${name}//`).join(' ou ')}`,
  });
}

function hasProtocol(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

function listOf<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .string()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .pipe(z.array(item));
}
