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
    smsAccounts: {},
    smsRoutes: [{ prefix: '*', gateways: ['simulator'] }],
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
  expect(readdirSync(dataDir).sort()).toEqual([
    'demo-password',
    'hash-key',
    'session-secret',
  ]);
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

const accounts = {
  AT_USERNAME: 'jigi',
  AT_API_KEY: 'at-key',
  ORANGE_CLIENT_ID: 'id',
  ORANGE_CLIENT_SECRET: 'orange-secret',
  ORANGE_SENDER_NAME: 'PROG',
  KANNEL_URL: 'http://kannel:13013',
  KANNEL_USERNAME: 'jigi',
  KANNEL_PASSWORD: 'pw',
};

test('in demo no account of a real gateway exists, and every route leads to the simulator', () => {
  const routes = { SMS_ROUTES: '{"7":["orange"],"*":["africastalking"]}' };
  expect(load({ ...accounts, ...routes, DEMO: '1' })).toMatchObject({
    smsAccounts: {},
    smsRoutes: [{ prefix: '*', gateways: ['simulator'] }],
  });
  const { smsAccounts } = load({ ...accounts, ...routes, DEMO: '0' });
  expect(Object.keys(smsAccounts)).toHaveLength(3);
});

test('an account has what its gateway needs, and Kannel where to report', () => {
  const { smsAccounts } = load({
    ...{ ...accounts, DEMO: '0', PORT: '8081', WEBHOOK_TOKENS: 'new,old' },
  });
  expect(smsAccounts).toEqual({
    africasTalking: {
      username: 'jigi',
      apiKey: 'at-key',
      senderId: undefined,
      baseUrl: undefined,
    },
    orange: {
      clientId: 'id',
      clientSecret: 'orange-secret',
      senderName: 'PROG',
      baseUrl: undefined,
    },
    kannel: {
      url: 'http://kannel:13013',
      username: 'jigi',
      password: 'pw',
      callbackUrl: 'http://127.0.0.1:8081/webhooks/kannel/new/delivery',
    },
  });
  expect(
    load({ ...accounts, DEMO: '0', KANNEL_CALLBACK_URL: 'http://web:8080' })
      .smsAccounts.kannel?.callbackUrl,
  ).toMatch(/^http:\/\/web:8080\/webhooks\/kannel\//);
});

test('routes keep the order in which gateways are preferred', () => {
  const SMS_ROUTES = '{"7":["kannel","orange"],"*":["africastalking"]}';
  const expected = [
    { prefix: '7', gateways: ['kannel', 'orange'] },
    { prefix: '*', gateways: ['africastalking'] },
  ];
  expect(load({ ...accounts, DEMO: '0', SMS_ROUTES }).smsRoutes).toEqual(
    expected,
  );
});

test('rates are read by gateway and network, and refused with all their faults', () => {
  const written = '{"kannel":{"orange":20,"*":25.5},"orange":{"other":1}}';
  const rates = load({ SMS_RATES: written }).smsRates;
  expect(rates.get('kannel')?.get('*')).toBe(25.5);
  expect(rates.get('orange')?.get('orange')).toBeUndefined();
  expect(load({}).smsRates.size).toBe(0);
  for (const form of ['20', '[]', '{}', '{"kannel":20}', '{"kannel":{}}', 'x'])
    expect(faultsOf({ SMS_RATES: form })).toEqual([
      expect.stringMatching(/^SMS_RATES: écrivez un objet JSON/),
    ]);
  const faulty = '{"mtn":{"moon":1},"kannel":{"orange":0,"*":"9"}}';
  expect(faultsOf({ SMS_RATES: faulty })).toEqual([
    expect.stringMatching(/«mtn» est inconnu/),
    expect.stringMatching(/«moon» est inconnu/),
    expect.stringMatching(/«kannel» «orange»: écrivez un nombre/),
    expect.stringMatching(/«kannel» «\*»: écrivez un nombre/),
  ]);
});

test('without routes everything goes to the simulator, but in production nothing goes anywhere', () => {
  expect(load({ DEMO: '0' }).smsRoutes).toEqual([
    { prefix: '*', gateways: ['simulator'] },
  ]);
  expect(load(production).smsRoutes).toEqual([]);
});

test.each([
  ['orange', [expect.stringMatching(/^SMS_ROUTES: écrivez un objet JSON/)]],
  ['["orange"]', [expect.stringMatching(/^SMS_ROUTES: écrivez un objet JSON/)]],
  ['{}', [expect.stringMatching(/^SMS_ROUTES: écrivez un objet JSON/)]],
  ['{"7":"orange"}', [expect.stringMatching(/écrivez un objet JSON/)]],
  [
    '{"+223":["simulator"],"7":["mtn"],"6":[],"5":["simulator","simulator"]}',
    [
      'SMS_ROUTES: «6» ne nomme aucune passerelle',
      'SMS_ROUTES: «5» nomme deux fois la même passerelle',
      expect.stringMatching(/^SMS_ROUTES: «mtn» est inconnue/),
      expect.stringMatching(/^SMS_ROUTES: «\+223» n'est ni le début/),
    ],
  ],
  [
    '{"7":["orange","kannel"],"*":["africastalking"]}',
    [
      "SMS_ROUTES: «orange» n'est pas configurée; indiquez ORANGE_CLIENT_ID",
      "SMS_ROUTES: «kannel» n'est pas configurée; indiquez KANNEL_URL",
      "SMS_ROUTES: «africastalking» n'est pas configurée; indiquez AT_USERNAME",
    ],
  ],
])('routes are refused with all their faults: %s', (SMS_ROUTES, faults) => {
  const found = faultsOf({ SMS_ROUTES });
  expect(found).toHaveLength(faults.length);
  expect(found).toEqual(expect.arrayContaining(faults));
});

test('production sends nothing to the simulator', () => {
  const SMS_ROUTES = '{"*":["simulator"]}';
  expect(faultsOf({ ...production, SMS_ROUTES })).toEqual([
    expect.stringMatching(/SMS_ROUTES: la production/),
  ]);
});

test.each([
  [{ AT_API_KEY: 'k' }, ['AT_USERNAME']],
  [{ ORANGE_CLIENT_SECRET: 'k' }, ['ORANGE_CLIENT_ID']],
  [{ KANNEL_PASSWORD: 'k' }, ['KANNEL_URL', 'KANNEL_USERNAME']],
])('half an account is refused: %j', (half, missing) => {
  const names = faultsOf(half).map((fault) => fault.split(':')[0]);
  expect(names).toEqual(missing);
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

test('one port for callers and for figures is a fault, told beside the others', () => {
  expect(faultsOf({ PORT: '9464' })).toEqual([
    'METRICS_PORT: 9464 est déjà PORT; choisissez-en un autre',
  ]);
  expect(faultsOf({ PORT: '9000', METRICS_PORT: '9000', DEMO: 'x' })).toEqual([
    'DEMO: écrivez 1 ou 0',
    'METRICS_PORT: 9000 est déjà PORT; choisissez-en un autre',
  ]);
  expect(faultsOf({ PORT: '0', METRICS_PORT: '0' })).toEqual([]);
});

test('a fault of several items of a list is told once', () => {
  expect(faultsOf({ WEBHOOK_TOKENS: 'a b,c d' })).toEqual([
    'WEBHOOK_TOKENS: un jeton ne contient que des lettres, des chiffres et . _ ~ -',
  ]);
});
