import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import request from 'supertest';

import { createApp } from '../src/app';
import { DEMO_PEOPLE } from '../src/exchange/demo-people';
import { exportFile } from '../src/exchange/export-file';
import { loadConfig } from '../src/runtime/config';
import { createLogger } from '../src/runtime/logger';
import { buildHouse } from '../src/wiring';
import type { House } from '../src/wiring';
import { scratchDatabase } from './support/database';
import type { TestDatabase } from './support/database';

let store: TestDatabase;
let dataDir: string;
let house: House;
let server: Server;
const lines: string[] = [];

beforeAll(async () => {
  store = await scratchDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'jigi-app-'));
  const settings = { DATABASE_URL: store.url, DATA_DIR: dataDir };
  house = await buildHouse(loadConfig(settings), {
    log: createLogger({
      level: 'debug',
      destination: { write: (line) => lines.push(line) },
    }),
  });
  server = createApp(house);
}, 60_000);
afterAll(async () => {
  await house.close();
  await store.close();
  await rm(dataDir, { recursive: true });
});

/** One call through Africa's Talking's door. @returns the last answer, prefix included */
async function call(msisdn: string, ...replies: string[]): Promise<string> {
  const sessionId = `ATUid_${randomUUID().replaceAll('-', '')}`;
  let answer = '';
  for (let typed = 0; typed <= replies.length; typed += 1) {
    const response = await request(server)
      .post('/webhooks/africastalking/demo/ussd')
      .type('form')
      .send({
        sessionId,
        serviceCode: '*384*55#',
        phoneNumber: msisdn,
        networkCode: '61002',
        text: replies.slice(0, typed).join('*'),
      });
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toMatch(/^text\/plain/);
    answer = response.text;
    expect(answer).toMatch(/^(CON|END) ./);
  }
  return answer;
}

function person(key: string) {
  const found = DEMO_PEOPLE.find((one) => one.key === key);
  if (found === undefined) {
    throw new Error(`nobody is called ${key}`);
  }
  return found;
}

const lastFour = (key: string): string => person(key).card.number.slice(-4);
const fullCard = (key: string): string =>
  person(key).card.number + person(key).card.check;

test('is alive, and ready once the store answers', async () => {
  await request(server).get('/healthz').expect(200, { status: 'ok' });
  const ready = await request(server).get('/readyz').expect(200);
  expect(ready.body).toMatchObject({
    status: 'ok',
    checks: { database: 'ok' },
    unreviewedTextsAllowed: true,
  });
});

test('a page that is not there is a plain 404', async () => {
  await request(server).get('/nowhere').expect(404);
});

test.each(['/webhooks', '/webhooks/', '/webhooks/x?y', '/webhooks/a/demo/b'])(
  'where no door is, %s is answered as a wrong token is',
  async (path) => {
    const wrong = await request(server).post('/webhooks/hubtel/no/ussd');
    for (const method of ['get', 'post'] as const) {
      const { status, text, headers } = await request(server)[method](path);
      expect({ status, text }).toEqual({ status: 404, text: '' });
      expect(Object.keys(headers)).toEqual(Object.keys(wrong.headers));
    }
  },
);

test('what happens at the doors is counted, and told on no public page', async () => {
  await request(server).post('/webhooks/hubtel/wrong/ussd').expect(404);
  await call(person('own-phone').msisdn);
  const figures = await house.metrics.text();
  expect(figures).toMatch(
    /^jigi_door_events_total{.*gateway="hubtel".*} \d+$/m,
  );
  expect(figures).toMatch(
    /^jigi_ussd_step_seconds_count{gateway="africastalking"} \d+$/m,
  );
  expect(figures).toMatch(
    /^jigi_ussd_steps_total{gateway="africastalking",flow="\w+",screen="\w+",outcome="dialled"} \d+$/m,
  );
  expect(figures).toMatch(/^jigi_ussd_wait_seconds_count{on="caller"} \d+$/m);
  expect(figures).toMatch(/^jigi_database_connections_in_use \d+$/m);
  await request(server).get('/metrics').expect(404, 'Page introuvable.\n');
});

test('a lock-out and a step that fails are counted, by what alerts ask for', async () => {
  await call('+22366000001', '2', '1', '0000', '1111', '2222');
  // The lock holds: two more cards that nobody looks at.
  await call('+22366000001', '1', '3333');
  await call('+22366000001', '1', '4444');
  const { db } = house.ussd;
  const fails = (): never => {
    throw new Error('the store is away');
  };
  house.ussd.db = {
    ...db,
    pool: Object.create(db.pool, { query: { value: fails } }) as typeof db.pool,
    lines: { ...db.lines, query: fails },
  };
  try {
    expect(await call('+22366000002')).toMatch(/^END /);
  } finally {
    house.ussd.db = db;
  }
  const figures = await house.metrics.text();
  // Half an hour before midnight, thirty minutes end tomorrow.
  expect(figures).toMatch(
    /^jigi_ussd_lockouts_total{until="(?:soon|tomorrow)"} 1$/m,
  );
  expect(figures).toMatch(
    /^jigi_ussd_locked_cards_total{until="(?:soon|tomorrow)"} 2$/m,
  );
  expect(figures).toMatch(/^jigi_ussd_steps_total{.*outcome="failed"} \d+$/m);
});

test('no figure tells a request or a call-back from other steps', async () => {
  await call(person('own-phone').msisdn, '3', '4', '2', '9');
  await call(person('own-phone').msisdn, '5', '1', '1');
  const figures = await house.metrics.text();
  expect(figures).not.toMatch(/(?:flow|screen)="(?:complaint|help)|call="/);
});

test('what came in by the register is seen, and what she says goes out by the export', async () => {
  const { msisdn } = person('own-phone');
  const shown = await call(msisdn, '2', '1', lastFour('own-phone'));
  expect(shown).toContain('30 000 F CFA');

  const since = house.clock.now();
  const said = await call(msisdn, '2', lastFour('own-phone'), '1');
  expect(said).toMatch(/^END /);

  const file = path.join(dataDir, 'confirmations.csv');
  await exportFile({ db: store.db }, { kind: 'confirmations', since, file });
  const rows = (await readFile(file, 'utf8')).trim().split('\n');
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatch(/RECEIVED/);
  expect(rows[1]).toMatch(/L1/);
});

test('a request goes out by the export with its due date, and without a number when nameless', async () => {
  const since = house.clock.now();
  const { msisdn } = person('wallet');
  const named = await call(msisdn, '2', '3', '2', '1', lastFour('wallet'), '3');
  expect(named).toMatch(/enregistrée/);
  await call(msisdn, '3', '4', '2', '4');

  const file = path.join(dataDir, 'complaints.csv');
  await exportFile({ db: store.db }, { kind: 'complaints', since, file });
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/C3/);
  expect(text).toMatch(/C7/);
  expect(text).not.toContain(msisdn.slice(-8));
});

test('an incremental dialect leads through the same screens', async () => {
  const { msisdn } = person('several');
  const sessionId = randomUUID();
  const say = async (type: string, message: string, sequence: number) => {
    const response = await request(server)
      .post('/webhooks/hubtel/demo/ussd')
      .send({
        Type: type,
        Message: message,
        ServiceCode: '*384*55#',
        Operator: 'orange',
        ClientState: '',
        Mobile: msisdn.slice(1),
        SessionId: sessionId,
        Sequence: String(sequence),
      });
    expect(response.status).toBe(200);
    // Hubtel's own field; the contract test of the dialect pins the whole body.
    return (response.body as { Message: string }).Message;
  };
  await say('Initiation', '*384*55#', 1);
  await say('Response', '2', 2);
  await say('Response', '1', 3);
  const shown = await say('Response', lastFour('several'), 4);
  expect(shown).toContain('F CFA');
  expect(await say('Response', lastFour('several'), 4)).toBe(shown);
});

test('everybody of the demo programme is answered on their own terms', async () => {
  for (const { key, msisdn } of DEMO_PEOPLE) {
    const first = await call(msisdn);
    const language = first.includes('Bamanankan') ? ['2'] : [];
    const answer = await call(msisdn, ...language, '1', fullCard(key));
    expect({ key, answer }).toMatchObject({
      answer: expect.stringMatching(/^CON /) as string,
    });
    expect(answer).not.toContain('Pas trouvé');
  }
});

test('nothing that the whole run logged tells who called or what they read', () => {
  const log = lines.join('');
  expect(lines.length).toBeGreaterThan(50);
  for (const { msisdn, card } of DEMO_PEOPLE) {
    const national = msisdn.slice(4);
    const pairs = national.replace(/(..)(?=.)/g, '$1 ');
    for (const canary of [msisdn, `00223${national}`, national, pairs]) {
      expect(log).not.toContain(canary);
    }
    expect(log).not.toContain(card.number);
  }
  expect(log).not.toMatch(/F CFA|30 000|30000|Kita|Jigisèmèjiri/);
});
