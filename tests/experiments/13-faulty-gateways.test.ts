import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { africasTalkingSms } from '../../src/channels/africas-talking-sms';
import { kannelSms } from '../../src/channels/kannel-sms';
import type { SmsGateway } from '../../src/channels/sms-contract';
import { Sender } from '../../src/messaging/sender';
import { fixedClock, type FixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';
import { freePort } from '../support/free-port';
import {
  countedStates,
  queueSms,
  sendAllDue,
  sendingHouse,
  storedSms,
} from '../support/sms-queue';
import { tell } from '../support/tell';

const deadlineMs = 300;
const dueAt = '2026-03-10T08:00:00Z';
const expiresAt = '2026-03-10T19:00:00Z';

let store: TestDatabase;
let clock: FixedClock;
const closing: (() => void)[] = [];

beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  clock = fixedClock('2026-03-10T08:00:00Z');
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
});
afterAll(() => store.close());

/** Answers one request, told what it carried. */
type Behaviour = (response: ServerResponse, body: string) => void;

/** A gateway of HTTP that behaves as told, request by request; the last behaviour stays. */
async function faulty(...behaviours: Behaviour[]) {
  let asked = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const behaviour = behaviours[Math.min(asked, behaviours.length - 1)];
      asked += 1;
      behaviour?.(response, body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  // node:net says `string` for pipes and `null` before listening; neither is so here.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked: () => asked };
}

function kannelAt(url: string): SmsGateway {
  const account = { username: 'jigi', password: 'p', callbackUrl: url };
  return kannelSms({ ...account, url }, { deadlineMs });
}

function senderTo(gateway: SmsGateway, inFlight = 1): Sender {
  const limits = { inFlight };
  return new Sender(sendingHouse(store.db, [gateway], { clock, limits }));
}

const accepted: Behaviour = (response) => {
  response.writeHead(202).end('0: Accepted for delivery');
};
const silence: Behaviour = () => undefined;
const status =
  (code: number, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    response.writeHead(code, headers).end('no');
  };
const resetBefore: Behaviour = (response) => {
  response.destroy();
};
const resetWithin: Behaviour = (response) => {
  response.writeHead(202, { 'Content-Length': '100' });
  response.write('0: Acc', () => response.destroy());
};

test('experiment 13: a gateway never answers: its messages are unknown, it is left alone, nothing is sent again', async () => {
  const gateway = await faulty(silence);
  await queueSms(store.db, { count: 40, dueAt, expiresAt });
  const sender = senderTo(kannelAt(gateway.url), 5);
  await sendAllDue(sender);
  const first = await countedStates(store.db);
  tell('experiment 13', first);
  const begun = gateway.asked();
  expect(begun).toBeLessThanOrEqual(10);
  expect(first).toEqual({ 'unknown noAnswer': begun, queued: 40 - begun });
  clock.advance({ minutes: 1 });
  await sendAllDue(sender);
  expect(gateway.asked()).toBe(begun + 1);
  expect(await countedStates(store.db)).toEqual({
    ...{ 'unknown noAnswer': begun + 1, queued: 39 - begun },
  });
});

test.each<[string, Behaviour, string, Date | undefined]>([
  [
    '429 with Retry-After',
    status(429, { 'Retry-After': '90' }),
    'queued throttled',
    new Date('2026-03-10T08:01:30Z'),
  ],
  ['503', status(503), 'queued throttled', new Date('2026-03-10T08:00:10Z')],
  ['500', status(500), 'unknown noAnswer', undefined],
  ['a reset before the answer', resetBefore, 'unknown noAnswer', undefined],
  ['a reset within the answer', resetWithin, 'unknown noAnswer', undefined],
])(
  'experiment 14: a gateway gives %s: only what it surely did not take goes again',
  async (_what, behaviour, state, again) => {
    const gateway = await faulty(behaviour, accepted);
    await queueSms(store.db, { dueAt, expiresAt });
    const sender = senderTo(kannelAt(gateway.url));
    await sendAllDue(sender);
    expect(await countedStates(store.db)).toEqual({ [state]: 1 });
    expect(gateway.asked()).toBe(1);
    clock.advance({ minutes: 2 });
    await sendAllDue(sender);
    const after = again === undefined ? { [state]: 1 } : { sent: 1 };
    expect(await countedStates(store.db)).toEqual(after);
    expect(gateway.asked()).toBe(again === undefined ? 1 : 2);
  },
);

test('experiment 14: a gateway refuses connections: messages wait with growing delay, it is left alone after five, and one tries', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  await queueSms(store.db, { count: 20, dueAt, expiresAt });
  const sender = senderTo(kannelAt(url));
  await sendAllDue(sender);
  expect(await countedStates(store.db)).toEqual({
    ...{ 'queued unreachable': 5, queued: 15 },
  });
  clock.advance({ minutes: 1 });
  await sendAllDue(sender);
  const tried = (await storedSms(store.db)).filter(
    ({ attempts }) => attempts > 0,
  );
  tell('experiment 14', { requests: tried.length });
  expect(tried.map(({ attempts }) => attempts).sort()).toEqual([
    ...[1, 1, 1, 1, 1, 1],
  ]);
});

/** What Africa's Talking answers of some numbers. */
function told(body: string, codes: readonly (number | undefined)[]): string {
  const numbers = (new URLSearchParams(body).get('to') ?? '').split(',');
  const entries = numbers.flatMap((number, at) => {
    const statusCode = codes[at];
    return statusCode === undefined
      ? []
      : [
          {
            ...{ statusCode, number: at === 1 ? number.slice(1) : number },
            ...{ status: 'x', cost: 'XOF 15', messageId: `ATXid_${at}` },
          },
        ];
  });
  return JSON.stringify({
    SMSMessageData: { Message: 'Sent', Recipients: entries.reverse() },
  });
}

const created =
  (answer: (body: string) => string): Behaviour =>
  (response, body) => {
    response.writeHead(201, { 'Content-Type': 'application/json' });
    response.end(answer(body));
  };

function talkingAt(url: string): SmsGateway {
  const account = { username: 'jigi', apiKey: 'k', senderId: undefined };
  return africasTalkingSms({ ...account, baseUrl: url }, { deadlineMs: 2_000 });
}

test('experiment 15: an answer has fewer entries, another order and form of numbers, and some refused: each message has its own fate', async () => {
  const codes = [101, 101, 406, 403, undefined, 100];
  const gateway = await faulty(created((body) => told(body, codes)));
  await queueSms(store.db, { count: 6, text: 'Pour tous', dueAt, expiresAt });
  await sendAllDue(senderTo(talkingAt(gateway.url)));
  const fates = (await storedSms(store.db)).map(
    ({ state, reason, provider_id: id }) => [state, reason ?? id],
  );
  tell('experiment 15', await countedStates(store.db));
  expect(fates).toEqual([
    ...[
      ['sent', 'ATXid_0'],
      ['sent', 'ATXid_1'],
      ['failed', 'blacklisted'],
    ],
    ...[
      ['failed', 'badNumber'],
      ['unknown', 'unreadableAnswer'],
      ['sent', 'ATXid_5'],
    ],
  ]);
  expect(gateway.asked()).toBe(1);
});

test('experiment 15: an account is empty: sending through it stops, its messages wait, and the log tells it once', async () => {
  const gateway = await faulty(
    created((body) =>
      told(
        body,
        Array.from({ length: 100 }, () => 405),
      ),
    ),
  );
  await queueSms(store.db, { count: 250, text: 'Pour tous', dueAt, expiresAt });
  const errors: string[] = [];
  const silent = (): void => undefined;
  const log = {
    ...{ warn: silent, info: silent, debug: silent },
    error: (line: string) => errors.push(line),
  };
  const limits = { inFlight: 1 };
  const house = { clock, log, limits };
  const sender = new Sender(
    sendingHouse(store.db, [talkingAt(gateway.url)], house),
  );
  await sendAllDue(sender);
  await sendAllDue(sender);
  expect(gateway.asked()).toBe(1);
  expect(errors).toEqual(['sms gateway paused']);
  const { queued = 0, 'queued noBalance': told405 = 0 } = await countedStates(
    store.db,
  );
  expect(queued + told405).toBe(250);
});

test.each([
  ['HTML', '<html><body>Proxy</body></html>'],
  ['broken JSON', '{"SMSMessageData": {"Recip'],
])(
  'experiment 15: an answer is %s: nobody knows, so nothing is sent again',
  async (_what, answer) => {
    const gateway = await faulty(created(() => answer));
    await queueSms(store.db, { count: 3, text: 'All', dueAt, expiresAt });
    const sender = senderTo(talkingAt(gateway.url));
    await sendAllDue(sender);
    clock.advance({ hours: 1 });
    await sendAllDue(sender);
    expect(await countedStates(store.db)).toEqual({
      'unknown unreadableAnswer': 3,
    });
    expect(gateway.asked()).toBe(1);
  },
);
