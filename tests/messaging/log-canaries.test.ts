import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import request from 'supertest';

import { createApp } from '../../src/app';
import { runEvery } from '../../src/jobs/run-every';
import { timetable } from '../../src/jobs/timetable';
import { runSender } from '../../src/messaging/run-sender';
import { loadConfig } from '../../src/runtime/config';
import { createLogger } from '../../src/runtime/logger';
import { addDays } from '../../src/text/dates';
import { buildHouse, type House } from '../../src/wiring';
import { africasTalkingFake } from '../support/africas-talking-fake';
import { canariesIn } from '../support/canaries';
import { scratchDatabase, type TestDatabase } from '../support/database';
import {
  gatewayStub,
  type Asked,
  type Canned,
  type GatewayStub,
} from '../support/gateway-stub';
import { orangeFake } from '../support/orange-fake';
import { testServerUrl } from '../support/test-server';

/** One phone for each gateway, by the routes below. */
const phones = {
  africastalking: '+22370918371',
  orange: '+22371918372',
  kannel: '+22372918373',
  simulator: '+22366918374',
};

const canaries = {
  ...phones,
  ...{ card: '91837465', name: 'Canarissoko' },
  ...{ village: 'Canarikoro', household: 'MEN-CANARI-1', amount: '91 750' },
  ...{ point: 'Mairie de Canari', provider: 'Agence Canari' },
  ...{ apiKey: 'atsk_canari+key/1=', clientId: 'canari-client-id' },
  ...{ clientSecret: 'canari secret&of=orange', accessToken: 'token-1' },
  ...{ kannelPassword: 'canari:pass word' },
  ...{ token: 'canari-webhook-token-of-the-run-40-letters' },
  ...{ secret: 'canari-session-secret-of-the-run-40-letters' },
  ...{ hashKey: 'canari-hash-key-of-the-run-long-enough-40-letters' },
  ...{ words: 'canari zéro un deux', report: 'ATXid_canari_77' },
  ...{ text: 'Jigisèmèjiri: votre', sealed: 'canari viol' },
};

const folder = mkdtempSync(path.join(tmpdir(), 'jigi-canaries-'));
const inbox = path.join(folder, 'files');
const spool = path.join(folder, 'spool');
const lines: string[] = [];
const printed: string[] = [];

let store: TestDatabase;
let stub: GatewayStub;
let house: House;
let server: Server;

/** How the three gateways answer; each knows its own account. */
function gateways(): (asked: Asked) => Canned {
  const { apiKey, clientId, clientSecret } = canaries;
  const at = africasTalkingFake({ username: 'canari', apiKey });
  const orange = orangeFake({ clientId, clientSecret });
  return (asked) => {
    if (asked.path.startsWith('/version1')) return at.answer(asked);
    if (asked.path.startsWith('/cgi-bin'))
      return { status: 202, body: '0: Accepted for delivery' };
    return orange.answer(asked);
  };
}

/** Says back all that it was asked, as faulty gateways and proxies do. */
const echo =
  (status: number) =>
  ({ path: asked, headers, body }: Asked): Canned => ({
    status,
    body: `${asked} ${JSON.stringify(headers)} ${body.toString('utf8')}`,
  });

beforeAll(async () => {
  for (const name of ['log', 'info', 'warn', 'error'] as const)
    jest
      .spyOn(console, name)
      .mockImplementation((...words) => void printed.push(words.join(' ')));
  store = await scratchDatabase();
  stub = await gatewayStub(gateways());
  const { origin } = stub;
  const config = loadConfig({
    ...{ DATABASE_URL: store.url, DATA_DIR: folder, SPOOL_DIR: spool },
    ...{ DEMO: '0', IMPORT_DIR: inbox, WEBHOOK_TOKENS: canaries.token },
    ...{ SESSION_SECRET: canaries.secret, HASH_KEY: canaries.hashKey },
    ...{ AT_USERNAME: 'canari', AT_API_KEY: canaries.apiKey },
    ...{ AT_BASE_URL: origin, ORANGE_BASE_URL: origin, KANNEL_URL: origin },
    ORANGE_CLIENT_ID: canaries.clientId,
    ORANGE_CLIENT_SECRET: canaries.clientSecret,
    ...{ KANNEL_USERNAME: 'canari', KANNEL_PASSWORD: canaries.kannelPassword },
    SMS_ROUTES:
      '{"70":["africastalking"],"71":["orange"],"72":["kannel"],"*":["simulator"]}',
  });
  const log = createLogger({
    level: 'debug',
    destination: { write: (line) => void lines.push(line) },
  });
  house = await buildHouse(config, { log, say: (line) => printed.push(line) });
  server = createApp(house);
}, 60_000);

afterAll(async () => {
  jest.restoreAllMocks();
  await house.close();
  await stub.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** The register's and the MIS's files, with rows that are refused. */
function files(today: string): Record<string, string> {
  const at = `${addDays(today, -1)}T06:00:00Z`;
  const { household, card, name, village, point, provider } = canaries;
  const rows = Object.values(phones).map(
    (phone, n) =>
      `${household}${n};${Number(card) + n};73;ML010515;${village};Awa;${name};${phone};own;fr;yes;${at}`,
  );
  const payments = Object.keys(phones).map(
    (_, n) => `W1;${household}${n};TM15;91750;planned;${point};${at}`,
  );
  return {
    'menages.csv': [
      'household_number;card_number;card_check;pcode;village;recipient_first_name;recipient_last_name;phone;phone_owner;language;sms_consent;updated_at',
      ...rows,
      `${household}9;${card};73;ML019999;${village};Awa;${name};12;own;fr;yes;${at}`,
    ].join('\n'),
    'regles.csv': `rule_code;programme;financing;name_fr;monthly_amount_xof;valid_from\nTM15;Jigisemejiri;FA2;Transfert;15000;2024-01-01\n`,
    'vagues.csv': `wave_code;rule_code;provider_code;provider_name;modality;window_start;window_end;status;updated_at\nW1;TM15;CAN;${provider};cash;${today};${addDays(today, 6)};open;${at}\n`,
    'paiements.csv': [
      'wave_code;household_number;rule_code;amount_xof;status;pay_point;updated_at',
      ...payments,
      `W1;${household}8;TM15;91750;planned;${point};${at}`,
    ].join('\n'),
    'autre.csv': `${name};${card}\n${phones.orange};1\n`,
  };
}

const { token } = canaries;
const fields = (of: Record<string, string>) =>
  new URLSearchParams(of).toString();
const come = (gateway: string, name: string, body: string, key = token) =>
  request(server)
    .post(`/webhooks/${gateway}/${key}/${name}`)
    .type('application/x-www-form-urlencoded')
    .send(body);
const sms = (id: string, text: string) =>
  fields({ id, from: phones.africastalking, to: '36710', text });

/** Reports, answers and words of phones, and what nobody can read. @returns how each was answered */
async function comesIn(): Promise<number[]> {
  const { words, sealed, report: id } = canaries;
  const phoneNumber = phones.africastalking;
  const report = fields({ id, status: 'Success', phoneNumber });
  const done = [
    await come('africastalking', 'delivery', report),
    await come('africastalking', 'delivery', `{"${phoneNumber}": "${words}"}`),
    await come('africastalking', 'delivery', report, `${token}x`),
    await come('africastalking', 'inbound', sms('i1', '1')),
    await come('africastalking', 'inbound', sms('i2', words)),
    await come('africastalking', 'inbound', sms('i3', sealed)),
    await come('africastalking', 'inbound', sms('i4', 'STOP')),
    await come(
      'africastalking',
      'inbound',
      `text=${words}&from=${phoneNumber}`,
    ),
    await request(server).get(
      `/webhooks/kannel/${token}/inbound?${fields({ from: phones.kannel, text: words })}`,
    ),
    await request(server).get(`/webhooks/${phoneNumber}/${token}/${words}`),
  ];
  return done.map(({ status }) => status);
}

/** Queues one message more for each phone. */
async function queueMore(): Promise<void> {
  const { pool } = house.db;
  await pool.query('delete from gateway_states');
  await pool.query(
    `insert into messages (purpose, subject_id, round, msisdn, class, template, locale, text, encoding, segments, state,
       due_at, expires_at, written_at)
     select 'complaint.acknowledged', 1, (select count(*) from messages), msisdn, 'complaint', 'test', 'fr', $2, 'gsm7', 1, 'queued',
       now() - interval '1 day', now() + interval '9 days', now() from unnest($1::text[]) msisdn`,
    [Object.values(phones), `${canaries.text} ${canaries.words}`],
  );
}

const states = async (): Promise<string[]> =>
  (
    await house.db.pool.query<{ state: string }>(
      `select distinct concat_ws(' ', state, reason) as state from messages order by 1`,
    )
  ).rows.map(({ state }) => state);

/** Lets nobody into the database, and everybody out. */
async function shutStore(isShut: boolean): Promise<void> {
  const name = new URL(store.url).pathname.slice(1);
  const admin = new pg.Client({ connectionString: testServerUrl() });
  await admin.connect();
  await admin.query(`alter database ${name} allow_connections ${!isShut}`);
  if (isShut)
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
      [name],
    );
  await admin.end();
}

const clean = { lines: [], printed: [], figures: [], spool: [] };

/** Where a canary is seen, of all that is not the database. */
async function seen() {
  const files = existsSync(spool)
    ? readdirSync(spool).map((name) =>
        readFileSync(path.join(spool, name), 'utf8'),
      )
    : [];
  return {
    lines: canariesIn(lines.join('\n'), canaries),
    printed: canariesIn(printed.join('\n'), canaries),
    figures: canariesIn(await house.metrics.text(), canaries),
    spool: canariesIn(files.join('\n'), canaries),
  };
}

test('a canary is found in whatever form it is written', () => {
  const found = (text: string) => canariesIn(text, canaries);
  const { words, apiKey, orange } = { ...canaries };
  const inside = Buffer.from(`{"to": "${orange}"}`);
  for (const text of [
    ...['to 71 91 83 72', '71.91-83 72', '%2B22371918372', orange.slice(1)],
    ...[0, 1, 2].map((more) =>
      Buffer.concat([Buffer.alloc(more), inside]).toString('base64'),
    ),
    inside.toString('hex'),
  ])
    expect([text, found(text)]).toEqual([text, ['orange']]);
  expect(found(`say ${encodeURIComponent(words).toLowerCase()}`)).toEqual([
    'words',
  ]);
  expect(found(fields({ apiKey }))).toEqual(['apiKey']);
  expect(found('nothing')).toEqual([]);
  const sealed = randomBytes(2_000_000).toString('base64');
  expect(found(sealed)).toEqual([]);
});

test('a whole run leaves none in logs, on screens, in figures or in the spool', async () => {
  const { clock, db, log } = house;
  clock.setOffsetDays(0.5 - (clock.now().getTime() % 86_400_000) / 86_400_000);
  mkdirSync(inbox);
  for (const [name, content] of Object.entries(files(clock.today())))
    writeFileSync(path.join(inbox, name), content);
  const jobs = runEvery(timetable(house.timetable), log, house.metrics);
  const sender = runSender(house.sending);
  try {
    await jobs.runNow();
    await jobs.runNow();
    expect(await db.prisma.household.count()).toBe(4);
    await sender.sendNow();
    expect(await db.prisma.message.count()).toBe(4);
    expect(
      (await states()).filter((one) => !/^(sent|delivered)$/.test(one)),
    ).toEqual([]);
    expect(stub.asked.length).toBeGreaterThan(3);
    expect(await comesIn()).toEqual([
      ...[200, 400, 404, 200, 200, 200, 200, 400, 400, 404],
    ]);
    expect(await db.prisma.inboundSms.count()).toBe(3);

    // Gateways that fail, and say back what they were asked.
    for (const answer of [
      ...[echo(200), echo(400), echo(401), echo(403), echo(500)],
      ...(['reset before the body', 'reset in the body'] as const).map(
        (fault) => () => fault,
      ),
    ]) {
      stub.answer = answer;
      await queueMore();
      await sender.sendNow();
    }
    stub.answer = gateways();
    expect((await states()).length).toBeGreaterThan(4);

    // The store refuses rows, and says of each what stands in it.
    await db.pool.query(
      `alter table messages add constraint canari check (state <> 'sent') not valid;
       alter table inbound_sms add constraint canari check (msisdn = '') not valid`,
    );
    await queueMore();
    await sender.sendNow();
    expect(
      (await come('africastalking', 'inbound', sms('i5', 'INFO'))).status,
    ).toBe(200);
    await db.pool.query(
      `alter table messages drop constraint canari; alter table inbound_sms drop constraint canari`,
    );

    // The store is away: what comes is put aside. A sender that fell is found.
    await queueMore();
    await shutStore(true);
    await sender.sendNow();
    await comesIn();
    await shutStore(false);
    expect(readdirSync(spool).length).toBeGreaterThan(2);
    expect(await seen()).toEqual(clean);
    await db.pool.query(
      `update messages set state = 'sending', reason = null, claimed_by = 'fell', claimed_at = now(), begun_at = now(),
         attempts = 1, gateway = 'kannel' where state = 'queued'`,
    );
    await sender.sendNow();
    expect(await states()).toContain('unknown senderGone');
    await house.smsDesk.takeInSpool();
  } finally {
    await Promise.all([jobs.stop(), sender.stop()]);
  }
  expect(lines.length).toBeGreaterThan(30);
  expect(await seen()).toEqual(clean);
}, 60_000);
