import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigError, loadConfig } from '../../src/runtime/config';
import { settings } from '../../src/runtime/settings';

let dataDir: string;

beforeEach(() => {
  dataDir = path.join(mkdtempSync(path.join(tmpdir(), 'jigi-config-')), 'data');
});

afterEach(() => rmSync(path.dirname(dataDir), { recursive: true }));

const load = (env: Record<string, string> = {}) =>
  loadConfig({ DATA_DIR: dataDir, ...env });

const long = 'x'.repeat(40);
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://jigi@db/jigi',
  WEBHOOK_TOKENS: long,
  SESSION_SECRET: long,
  HASH_KEY: long,
};

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    load(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

test('without any setting a demo is configured', () => {
  expect(load()).toMatchObject({
    insideProduction: false,
    demo: true,
    host: '127.0.0.1',
    port: 8080,
    metricsPort: 9464,
    databaseUrl: undefined,
    redisUrl: undefined,
    shortCode: '*384*55#',
    webhookTokens: ['demo'],
    allowUnreviewedTexts: true,
    freeOperators: [],
    demoClockOffsetDays: 0,
    africasTalking: undefined,
    contactNumbers: ['+223 20 22 16 15'],
    dataFreshDays: 3,
    logLevel: 'info',
  });
});

test('secrets are generated once, for their owner alone', () => {
  const first = load();
  const second = load();
  expect(first.sessionSecrets[0]).toHaveLength(43);
  expect(first.hashKey).not.toBe(first.sessionSecrets[0]);
  expect(second.sessionSecrets).toEqual(first.sessionSecrets);
  expect(second.hashKey).toBe(first.hashKey);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect(readdirSync(dataDir).sort()).toEqual(['hash-key', 'session-secret']);
  for (const name of readdirSync(dataDir))
    expect(statSync(path.join(dataDir, name)).mode & 0o777).toBe(0o600);
});

test('without a demo the webhook token is generated too', () => {
  const { demo, webhookTokens } = load({ DEMO: '0' });
  expect(demo).toBe(false);
  expect(webhookTokens[0]).toHaveLength(43);
});

test('every fault is named at once, with what to do', () => {
  expect(
    faultsOf({
      PORT: 'eighty',
      REDIS_URL: 'localhost:6379',
      DEMO: 'yes',
      USSD_FREE: 'orange,mtn',
      AT_USERNAME: 'jigi',
      AT_BASE_URL: 'https://api.africastalking.com/version1',
    }),
  ).toEqual([
    'PORT: écrivez un nombre entier de 0 à 65535',
    'REDIS_URL: écrivez une adresse qui commence par redis:// ou rediss://',
    'DEMO: écrivez 1 ou 0',
    'USSD_FREE: écrivez orange, malitel, telecel',
    "AT_BASE_URL: écrivez l'origine seule, sans chemin, comme https://api.africastalking.com",
    "AT_API_KEY: indiquez-le aussi, puisque AT_USERNAME l'est",
  ]);
});

test('production starts with its own secrets, and generates none', () => {
  expect(load(production)).toMatchObject({
    insideProduction: true,
    demo: false,
    allowUnreviewedTexts: false,
    webhookTokens: [long],
  });
  expect(existsSync(dataDir)).toBe(false);
});

test.each([
  ['DATABASE_URL', '', /DATABASE_URL: indiquez la base/],
  ['WEBHOOK_TOKENS', '', /WEBHOOK_TOKENS: indiquez un secret/],
  ['SESSION_SECRET', '', /SESSION_SECRET: indiquez un secret/],
  ['HASH_KEY', '', /HASH_KEY: indiquez un secret/],
  ['WEBHOOK_TOKENS', `${long}, demo`, /WEBHOOK_TOKENS: «demo»/],
  ['WEBHOOK_TOKENS', 'short', /WEBHOOK_TOKENS: un secret compte au moins 16/],
  ['SESSION_SECRET', `${long},short`, /SESSION_SECRET: .* au moins 32/],
  ['HASH_KEY', 'short', /HASH_KEY: un secret compte au moins 32/],
  ['DEMO', '1', /DEMO: la production refuse/],
  ['DEMO_CLOCK_OFFSET', '2', /DEMO_CLOCK_OFFSET: la production/],
])('production refuses %s=%s', (name, value, fault) => {
  expect(faultsOf({ ...production, [name]: value })).toEqual([
    expect.stringMatching(fault),
  ]);
});

test('production names all that is missing beside what is malformed', () => {
  const faults = faultsOf({ NODE_ENV: 'production', PORT: 'x', DEMO: '1' });
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([
    'PORT',
    'DEMO',
    'DATABASE_URL',
    'WEBHOOK_TOKENS',
    'SESSION_SECRET',
    'HASH_KEY',
  ]);
});

test('a fault never repeats the secret that it is about', () => {
  expect(
    faultsOf({ ...production, HASH_KEY: 'open sesame' }).join(),
  ).not.toContain('open sesame');
  expect(
    faultsOf({ DATABASE_URL: 'mysql://jigi:open-sesame@db' }).join(),
  ).not.toContain('open-sesame');
});

test('the clock moves in a demo only', () => {
  expect(load({ DEMO_CLOCK_OFFSET: '-3' }).demoClockOffsetDays).toBe(-3);
  expect(faultsOf({ DEMO: '0', DEMO_CLOCK_OFFSET: '1' })).toEqual([
    'DEMO_CLOCK_OFFSET: seulement avec DEMO=1',
  ]);
});

test('in demo no account of a real gateway exists', () => {
  const account = { AT_USERNAME: 'jigi', AT_API_KEY: 'key' };
  expect(load({ ...account, DEMO: '1' }).africasTalking).toBeUndefined();
  expect(load({ ...account, DEMO: '0' }).africasTalking).toEqual({
    username: 'jigi',
    apiKey: 'key',
    senderId: undefined,
    baseUrl: undefined,
  });
});

test('lists lose the spaces around their commas', () => {
  const config = load({ WEBHOOK_TOKENS: 'one , two', USSD_FREE: 'orange' });
  expect(config.webhookTokens).toEqual(['one', 'two']);
  expect(config.freeOperators).toEqual(['orange']);
});

describe('.env.example', () => {
  const example = readFileSync(
    path.join(__dirname, '../../.env.example'),
    'utf8',
  );
  const written = Object.fromEntries(
    [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map((line) => [
      line[1] ?? '',
      line[2] ?? '',
    ]),
  );

  test('names every setting, in the order of the schema, and no other', () => {
    expect(Object.keys(written)).toEqual(Object.keys(settings.shape));
  });

  test('shows every default as it is', () => {
    const bare = settings.parse({});
    const asExample = settings.parse(
      Object.fromEntries(
        Object.entries(written).filter(([, value]) => value !== ''),
      ),
    );
    expect(asExample).toEqual(bare);
  });

  test('says something of every setting', () => {
    for (const block of example.split(/\n\n/)) expect(block).toMatch(/^# \S/);
  });
});
