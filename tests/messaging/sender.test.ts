import {
  GatewayError,
  type GatewayFailure,
} from '../../src/channels/gateway-error';
import type {
  RawRequest,
  RecipientOutcome,
} from '../../src/channels/sms-contract';
import { newCallback } from '../../src/messaging/callback';
import { BegunClaims } from '../../src/messaging/begun-claims';
import { claimAndBeginDue, claimDue } from '../../src/messaging/claim-due';
import { giveBackAll, takeBackUnsent } from '../../src/messaging/give-back';
import { lanesWithDue } from '../../src/messaging/lanes-with-due';
import { pauseClass, resumeClass } from '../../src/messaging/pause-class';
import { Sender } from '../../src/messaging/sender';
import { recordDeliveries } from '../../src/messaging/record-delivery';
import { silencePhone } from '../../src/messaging/silence-phone';
import { fixedClock, systemClock } from '../../src/runtime/clock';
import { inTransaction } from '../../src/runtime/database';
import { createLogger } from '../../src/runtime/logger';
import { createMetrics } from '../../src/runtime/metrics';
import { testDatabase, type TestDatabase } from '../support/database';
import {
  accepting,
  countedStates,
  type PlayedGateway,
  playedGateway,
  queueSms,
  sendAllDue,
  sendingHouse,
  storedSms,
  type StoredSms,
} from '../support/sms-queue';
import { smsStub } from '../support/sms-stub';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.truncateAll());
afterAll(() => database.close());

function refusing(failure: GatewayFailure, begun: 'no' | 'maybe' = 'no') {
  return { failure, begun, ours: false, reason: 'a test' } as const;
}

test('a due message goes out once, and is kept with its gateway, network, price and id', async () => {
  const { db } = database;
  await queueSms(db, { text: 'Bonjour' });
  const gateway = playedGateway();
  const metrics = createMetrics();
  await sendAllDue(new Sender(sendingHouse(db, [gateway], { metrics })));
  const [message] = await storedSms(db);
  expect(gateway.requests).toEqual([
    {
      ...{ text: 'Bonjour', encoding: 'gsm7' },
      recipients: [{ id: String(message?.id), msisdn: '+22370000000' }],
    },
  ]);
  expect(message).toMatchObject({
    ...{ state: 'sent', reason: null, attempts: 1, gateway: 'played' },
    ...{ operator: 'orange', price_xof: 15, provider_id: `p-${message?.id}` },
  });
  expect(await metrics.text()).toContain(
    'jigi_messages_total{state="sent",gateway="played",class="campaign"} 1',
  );
});

test('while a request is under way its intent is written, and no connection is held', async () => {
  const { db } = database;
  await queueSms(db, { count: 20 });
  const gateway = playedGateway();
  const seen: (StoredSms | undefined)[] = [];
  gateway.answer = async (sms) => {
    const id = Number(sms.recipients[0]?.id);
    seen.push((await storedSms(db)).find((message) => message.id === id));
    return accepting(sms);
  };
  await sendAllDue(new Sender(sendingHouse(db, [gateway])));
  expect(seen).toHaveLength(20);
  for (const message of seen) {
    expect(message).toMatchObject({
      ...{ state: 'sending', attempts: 1, gateway: 'played' },
    });
    expect(message?.begun_at).toBeInstanceOf(Date);
  }
  expect(db.pool.totalCount).toBeLessThan(20);
});

test('messages that are not due yet, or too late, stay', async () => {
  const { db } = database;
  const hour = 3_600_000;
  await queueSms(db, { dueAt: new Date(Date.now() + hour / 2) });
  await queueSms(db, { from: 22_370_000_001 });
  await db.pool.query(
    `update messages set due_at = now() - interval '2 hours', expires_at = now() - interval '1 hour' where id = 2`,
  );
  const gateway = playedGateway();
  await sendAllDue(new Sender(sendingHouse(db, [gateway])));
  expect(gateway.requests).toEqual([]);
  expect(await countedStates(db)).toEqual({ queued: 1, 'expired tooLate': 1 });
});

test('what was held goes when its hour comes, unless it is too late by then', async () => {
  const { db } = database;
  const clock = fixedClock('2026-03-10T05:00:00Z');
  const held = { state: 'held', reason: 'quietHours' };
  const dueAt = '2026-03-10T07:30:00Z';
  await queueSms(db, { ...held, dueAt, expiresAt: '2026-03-10T19:00:00Z' });
  await queueSms(db, {
    ...{ ...held, dueAt, expiresAt: '2026-03-10T07:30:00Z' },
    from: 22_370_000_001,
  });
  const sender = new Sender(sendingHouse(db, [playedGateway()], { clock }));
  await sendAllDue(sender);
  expect(await countedStates(db)).toEqual({ 'held quietHours': 2 });
  clock.set('2026-03-10T07:30:00Z');
  await sendAllDue(sender);
  expect(await countedStates(db)).toEqual({ sent: 1, 'expired tooLate': 1 });
});

test('rows with the same text go in one request where the gateway takes many', async () => {
  const { db } = database;
  await queueSms(db, { count: 25, text: 'Pour tous' });
  await queueSms(db, { count: 2, from: 22_360_000_000 });
  const gateway = playedGateway('many', { mostRecipients: 10 });
  await sendAllDue(new Sender(sendingHouse(db, [gateway])));
  expect(
    gateway.requests.map(({ recipients }) => recipients.length).sort(),
  ).toEqual([1, 1, 10, 10, 5]);
  expect(await countedStates(db)).toEqual({ sent: 27 });
});

test('replies go before complaints, reminders and campaigns', async () => {
  const { db } = database;
  const clock = fixedClock('2026-03-10T12:00:00Z');
  const when = {
    ...{ dueAt: '2026-03-10T11:00:00Z', expiresAt: '2026-03-10T18:00:00Z' },
  };
  for (const [at, name] of [
    'campaign',
    'reminder',
    'complaint',
    'reply',
  ].entries())
    await queueSms(db, {
      ...{ class: name, count: 3, from: 22_370_000_000 + 10 * at, text: name },
      ...when,
    });
  const gateway = playedGateway();
  const limits = { inFlight: 1 };
  await sendAllDue(new Sender(sendingHouse(db, [gateway], { limits, clock })));
  expect(gateway.requests.map(({ text }) => text)).toEqual(
    ['reply', 'complaint', 'reminder', 'campaign'].flatMap((name) => [
      ...[name, name, name],
    ]),
  );
});

test('what was written by day and is late waits for the morning; what somebody asked for does not', async () => {
  const { db } = database;
  const clock = fixedClock('2026-03-10T19:00:00Z');
  const when = {
    ...{ dueAt: '2026-03-10T18:59:00Z', expiresAt: '2026-03-12T19:00:00Z' },
  };
  const notice = { class: 'complaint', purpose: 'complaint.moved' } as const;
  await queueSms(db, { class: 'reminder', text: 'reminder', ...when });
  await queueSms(db, { ...notice, text: 'moved', ...when });
  await queueSms(db, { class: 'complaint', text: 'acknowledged', ...when });
  await queueSms(db, { class: 'reply', text: 'reply', ...when });
  const gateway = playedGateway();
  const sender = new Sender(sendingHouse(db, [gateway], { clock }));
  const texts = (): string[] => gateway.requests.map(({ text }) => text);
  await sendAllDue(sender);
  expect(texts()).toEqual(['reply', 'acknowledged']);
  clock.set('2026-03-11T07:29:59Z');
  await sendAllDue(sender);
  expect(texts()).toHaveLength(2);
  clock.set('2026-03-11T07:30:00Z');
  await sendAllDue(sender);
  expect(texts().slice(2)).toEqual(['moved', 'reminder']);
});

test('what a sender holds at seven in the evening goes back, but for replies', async () => {
  const { db } = database;
  const clock = fixedClock('2026-03-10T18:59:59Z');
  const when = {
    ...{ dueAt: '2026-03-10T18:59:00Z', expiresAt: '2026-03-12T19:00:00Z' },
  };
  await queueSms(db, { class: 'reminder', count: 4, ...when });
  const gateway = playedGateway();
  let end = (): void => undefined;
  const evening = new Promise<void>((resolve) => {
    end = resolve;
  });
  gateway.answer = async (sms) => {
    await evening;
    return accepting(sms);
  };
  const limits = { inFlight: 1 };
  const sender = new Sender(sendingHouse(db, [gateway], { clock, limits }));
  await sender.tick();
  await sender.fill();
  clock.set('2026-03-10T19:00:00Z');
  await sender.tick();
  expect(await countedStates(db)).toEqual({ sending: 1, queued: 3 });
  end();
  await sendAllDue(sender);
  expect(await countedStates(db)).toEqual({ sent: 1, queued: 3 });
});

test('a class that is paused waits, and goes on when it is resumed', async () => {
  const { db } = database;
  const house = sendingHouse(db, [playedGateway()]);
  await queueSms(db, { count: 3 });
  await queueSms(db, { class: 'reply', from: 22_360_000_000 });
  expect(await pauseClass({ ...house, db }, 'campaign', 'cli')).toBe(true);
  expect(await pauseClass({ ...house, db }, 'campaign', 'cli')).toBe(false);
  const sender = new Sender(house);
  await sendAllDue(sender);
  expect(await countedStates(db)).toEqual({ sent: 1, queued: 3 });
  expect(await resumeClass({ db }, 'campaign', 'cli')).toBe(true);
  await sendAllDue(sender);
  expect(await countedStates(db)).toEqual({ sent: 4 });
});

test('each message of a request has its own fate, and one that the answer lacks is unknown', async () => {
  const { db } = database;
  await queueSms(db, { count: 5, text: 'Pour tous' });
  const gateway = playedGateway('many', { mostRecipients: 10 });
  gateway.answer = (sms) => {
    const [a, b, c, d] = accepting(sms).reverse();
    const told: (RecipientOutcome | undefined)[] = [
      ...[a, b],
      c && { ...refusing('badRecipient'), id: c.id, kind: 'refused' },
      d && { ...refusing('throttled'), id: d.id, kind: 'refused' },
    ];
    return told.filter((outcome) => outcome !== undefined);
  };
  await sendAllDue(new Sender(sendingHouse(db, [gateway])));
  expect(await countedStates(db)).toEqual({
    ...{ sent: 2, 'failed badNumber': 1, 'queued throttled': 1 },
    'unknown unreadableAnswer': 1,
  });
});

test('what a gateway could not take for the moment goes again, later, as late as it asks', async () => {
  const { db } = database;
  const clock = fixedClock('2026-03-10T08:00:00Z');
  await queueSms(db, {
    dueAt: '2026-03-10T07:59:00Z',
    expiresAt: '2026-03-10T19:00:00Z',
  });
  const gateway = playedGateway();
  let asked = 0;
  gateway.answer = (sms) => {
    asked += 1;
    if (asked === 1)
      throw new GatewayError('played', refusing('throttled'), 120_000);
    return accepting(sms);
  };
  const sender = new Sender(sendingHouse(db, [gateway], { clock }));
  await sendAllDue(sender);
  expect((await storedSms(db))[0]).toMatchObject({
    ...{ state: 'queued', reason: 'throttled', attempts: 1, begun_at: null },
    due_at: new Date('2026-03-10T08:02:00Z'),
  });
  clock.advance({ minutes: 1 });
  await sendAllDue(sender);
  expect(gateway.requests).toHaveLength(1);
  clock.advance({ minutes: 1 });
  await sendAllDue(sender);
  expect(await countedStates(db)).toEqual({ sent: 1 });
});

test('a request without answer leaves its message unknown, and it is never sent again', async () => {
  const { db } = database;
  await queueSms(db);
  const gateway = playedGateway();
  gateway.answer = () =>
    Promise.reject(new GatewayError('played', refusing('unanswered', 'maybe')));
  const sender = new Sender(sendingHouse(db, [gateway]));
  await sendAllDue(sender);
  await sendAllDue(sender);
  expect(gateway.requests).toHaveLength(1);
  expect(await countedStates(db)).toEqual({ 'unknown noAnswer': 1 });
});

test('a gateway that never answers is given up, whatever it thinks of its own deadline', async () => {
  const { db } = database;
  await queueSms(db);
  const gateway = playedGateway();
  gateway.answer = () => new Promise(() => undefined);
  const limits = { requestMs: 50 };
  await sendAllDue(new Sender(sendingHouse(db, [gateway], { limits })));
  expect(await countedStates(db)).toEqual({ 'unknown noAnswer': 1 });
});

test('a delivery report that came first is not taken back by the answer to the request', async () => {
  const { db } = database;
  await queueSms(db);
  const gateway = playedGateway();
  gateway.answer = async (sms) => {
    await db.pool.query(
      `update messages set state = 'delivered', settled_at = now()`,
    );
    return accepting(sms);
  };
  await sendAllDue(new Sender(sendingHouse(db, [gateway])));
  expect((await storedSms(db))[0]).toMatchObject({
    ...{ state: 'delivered', provider_id: 'p-1', price_xof: 15 },
  });
});

test('a delivery report that came before the id which it names settles its message as soon as that is stored', async () => {
  const { db } = database;
  await queueSms(db);
  const stub = smsStub('played');
  const gateway = {
    ...playedGateway(),
    readDelivery: (request: RawRequest) => stub.readDelivery(request),
  };
  gateway.send = async (sms) => {
    const text = new URLSearchParams({ id: 'p-1', status: 'delivered' });
    const request = { contentType: 'x', text: text.toString(), query: '' };
    const callback = newCallback({
      ...{ gateway: 'played', door: 'delivery', request },
      receivedAt: new Date(),
    });
    const read = gateway.readDelivery(request);
    expect(await recordDeliveries(db, [{ callback, read }])).toEqual([
      'unmatched',
    ]);
    return accepting(sms);
  };
  await sendAllDue(new Sender(sendingHouse(db, [gateway])));
  expect(await countedStates(db)).toEqual({ delivered: 1 });
});

test('a number that the gateway refuses counts as not reached, as by a report', async () => {
  const { db } = database;
  await queueSms(db, { count: 2 });
  const gateway = playedGateway();
  gateway.answer = ({ recipients }) =>
    recipients.map(({ id }) => ({
      ...refusing(id === '1' ? 'badRecipient' : 'rejected'),
      ...{ id, kind: 'refused' },
    }));
  await sendAllDue(new Sender(sendingHouse(db, [gateway])));
  expect(await countedStates(db)).toEqual({
    ...{ 'failed badNumber': 1, 'failed rejected': 1 },
  });
  expect(
    await db.prisma.phone.findMany({
      select: { msisdn: true, failedInRow: true },
    }),
  ).toEqual([{ msisdn: '+22370000000', failedInRow: 1 }]);
});

test('what a gateway bears of one network keeps that network alone', async () => {
  const { db } = database;
  await queueSms(db, { count: 10 });
  await queueSms(db, { count: 10, from: 22_360_000_000 });
  const gateway = playedGateway();
  const rateOf = (_gateway: string, network: string) =>
    network === 'orange' ? 5 : undefined;
  const sender = new Sender(sendingHouse(db, [gateway], { rateOf }));
  await sender.tick();
  expect(await sender.fill()).toMatchObject({ claimed: 11, limited: true });
  await sender.settled();
  expect(await countedStates(db)).toEqual({ sent: 11, queued: 9 });
});

test('two senders that race take each message once', async () => {
  const { db } = database;
  await queueSms(db, { count: 600 });
  const gateway = playedGateway();
  const senders = ['one', 'two'].map(
    (sender) => new Sender(sendingHouse(db, [gateway], { sender })),
  );
  await Promise.all(senders.map(sendAllDue));
  const numbers = gateway.requests.map(({ recipients }) => recipients[0]?.id);
  expect(numbers).toHaveLength(600);
  expect(new Set(numbers).size).toBe(600);
  expect(await countedStates(db)).toEqual({ sent: 600 });
});

test('what a sender that is gone held goes again if no request carried it, and else is unknown', async () => {
  const { db } = database;
  await queueSms(db, { count: 3 });
  const wanted = [{ operator: 'orange' as const, most: 3 }];
  const gone = sendingHouse(db, [], { sender: 'gone' });
  await claimDue(gone, 'campaign', wanted);
  await db.pool.query(
    `insert into senders (name, seen_at) values ('gone', now())`,
  );
  await db.pool.query(`update messages set begun_at = now() where id = 2`);
  const gateway = playedGateway();
  const sender = new Sender(sendingHouse(db, [gateway]));
  await sendAllDue(sender);
  expect(await countedStates(db)).toEqual({ sending: 3 });
  await db.pool.query(
    `update senders set seen_at = now() - interval '1 minute' where name = 'gone'`,
  );
  await sendAllDue(sender);
  expect(await countedStates(db)).toEqual({
    ...{ sent: 2, 'unknown senderGone': 1 },
  });
  const numbers = gateway.requests.map(({ recipients }) => recipients[0]?.id);
  expect(numbers.sort()).toEqual(['1', '3']);
});

test('what was taken back while a sender held it does not go when that sender is gone', async () => {
  const { db } = database;
  await queueSms(db, { count: 2 });
  const gone = sendingHouse(db, [], { sender: 'gone' });
  await claimDue(gone, 'campaign', [{ operator: 'orange', most: 2 }]);
  await db.pool.query(
    `update messages set begun_at = now(), gateway = 'played', attempts = 1 where id = 2`,
  );
  await inTransaction(db, (tx) =>
    silencePhone({ tx, clock: systemClock() }, '+22370000000'),
  );
  const gateway = playedGateway();
  await sendAllDue(new Sender(sendingHouse(db, [gateway])));
  expect(gateway.requests).toEqual([]);
  expect(await countedStates(db)).toEqual({
    ...{ 'expired tooLate': 1, 'unknown senderGone': 1 },
  });
});

test('what is taken back late does not touch what was claimed again and is under way', async () => {
  const { db } = database;
  await queueSms(db);
  const clock = fixedClock(new Date());
  const house = sendingHouse(db, [], { clock });
  const claim = async () => {
    clock.advance({ minutes: 1 });
    return claimDue(house, 'campaign', [{ operator: 'orange', most: 1 }]);
  };
  const before = await claim();
  await giveBackAll(db, house.sender);
  const again = await claim();
  await db.pool.query('update messages set begun_at = now(), attempts = 1');
  await takeBackUnsent(db, house.sender, before);
  expect(await countedStates(db)).toEqual({ sending: 1 });
  await takeBackUnsent(db, house.sender, again);
  expect((await storedSms(db))[0]).toMatchObject({
    ...{ state: 'queued', attempts: 0 },
  });
});

test('a claim that begins at once is taken back when its answer was lost, and only it', async () => {
  const { db } = database;
  await queueSms(db, { count: 3, text: 'Pour tous' });
  await queueSms(db, { count: 2, from: 22_370_000_100 });
  const house = sendingHouse(db, []);
  const claims = new BegunClaims();
  const begins = { gateway: 'many', mostRecipients: 2 };
  const claim = (most: number, requests: number, begunAt: Date) =>
    claimAndBeginDue(
      house,
      'campaign',
      [{ operator: 'orange', most, begins }],
      { requests, begunAt },
    );
  const at = new Date();
  const first = await claim(2, 1, claims.instant(at));
  expect(first.begun.map(({ id, attempts }) => [id, attempts])).toEqual([
    [1, 1],
    [2, 1],
  ]);
  const lost = claims.instant(at);
  expect(lost).not.toEqual(first.begun[0]?.begunAt);
  // Two texts left, of three numbers: one more request may begin.
  const second = await claim(9, 1, lost);
  expect(second.begun.map(({ id }) => id)).toEqual([3]);
  expect(second.waiting.map(({ id }) => id)).toEqual([4, 5]);
  claims.doubt(lost);
  await claims.takeBack(house);
  const stored = await storedSms(db);
  expect(stored.map(({ state, attempts }) => [state, attempts])).toEqual([
    ...[
      ['sending', 1],
      ['sending', 1],
      ['queued', 0],
    ],
    ...[
      ['sending', 0],
      ['sending', 0],
    ],
  ]);
});

test('no claim takes what a campaign that waits has, whether requests begin with it or not', async () => {
  const { db } = database;
  await queueSms(db, { count: 4, text: 'Pour tous' });
  await db.pool.query('update messages set subject_id = 1 + id % 2');
  const house = sendingHouse(db, []);
  const operator = 'orange' as const;
  const claim = (closed: number[]) =>
    claimDue(house, 'campaign', [{ operator, most: 1 }], { closed });
  const idsOf = (claimed: { id: number }[]) => claimed.map(({ id }) => id);
  expect(idsOf(await claim([1]))).toEqual([1]);
  const begins = { gateway: 'many', mostRecipients: 10 };
  const { begun, waiting } = await claimAndBeginDue(
    house,
    'campaign',
    [{ operator, most: 9, begins }],
    { requests: 5, begunAt: new Date(), campaigns: { closed: [1] } },
  );
  expect(begun).toMatchObject([{ id: 3, subjectId: 2 }]);
  expect(waiting).toEqual([]);
  const due = (closed: number[]) =>
    lanesWithDue(house, ['orange', 'malitel'], ['reply', 'campaign'], {
      closed,
    });
  expect(await due([1])).toEqual([]);
  expect(await due([])).toEqual([{ operator, class: 'campaign' }]);
  expect(idsOf(await claim([2]))).toEqual([2]);
});

test('a number that has to go another way than its network goes that way, and once', async () => {
  const { db } = database;
  await queueSms(db, { count: 4, text: 'Pour tous' });
  const [usual, other] = ['usual', 'other'].map((name) =>
    playedGateway(name, { mostRecipients: 10 }),
  ) as [PlayedGateway, PlayedGateway];
  const ways = { usual: [usual], other: [other] };
  const house = sendingHouse(db, [usual, other], {
    route: (msisdn) => (msisdn === '+22370000002' ? ways.other : ways.usual),
  });
  await sendAllDue(new Sender(house));
  await sendAllDue(new Sender(house));
  const numbers = ({ requests }: PlayedGateway) =>
    requests.flatMap(({ recipients }) => recipients.map(({ id }) => id));
  expect(numbers(usual)).toEqual(['1', '2', '4']);
  expect(numbers(other)).toEqual(['3']);
  expect(await countedStates(db)).toEqual({ sent: 4 });
});

test('a sender that leaves gives back what waits, and waits for what is under way', async () => {
  const { db } = database;
  await queueSms(db, { count: 5 });
  const gateway = playedGateway();
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let begun: () => void = () => undefined;
  const isBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  gateway.answer = async (sms) => {
    begun();
    await held;
    return accepting(sms);
  };
  const limits = { inFlight: 1 };
  const sender = new Sender(sendingHouse(db, [gateway], { limits }));
  await sender.tick();
  await sender.fill();
  await isBegun;
  const left = sender.leave(5_000);
  answer();
  await left;
  expect(await countedStates(db)).toEqual({ sent: 1, queued: 4 });
});

test('what does not end before a sender has to leave is unknown', async () => {
  const { db } = database;
  await queueSms(db);
  const gateway = playedGateway();
  const isBegun = new Promise<void>((begun) => {
    gateway.answer = () => {
      begun();
      return new Promise(() => undefined);
    };
  });
  const sender = new Sender(sendingHouse(db, [gateway]));
  await sender.tick();
  await sender.fill();
  await isBegun;
  await sender.leave(10);
  expect(await countedStates(db)).toEqual({ 'unknown noAnswer': 1 });
});

test('no number and no text reaches the log, whatever goes wrong', async () => {
  const { db } = database;
  await queueSms(db, { count: 4, text: 'Canari 30 000 F' });
  const lines: string[] = [];
  const log = createLogger({
    level: 'debug',
    destination: { write: (line) => lines.push(line) },
  });
  const gateway = playedGateway();
  const faults = [
    () => new GatewayError('played', refusing('unanswered', 'maybe')),
    () => new GatewayError('played', refusing('noBalance')),
    () => new Error('no such text: Canari 30 000 F to +22370000000'),
  ];
  gateway.answer = (sms) => {
    const fault = faults.pop();
    if (fault !== undefined) throw fault();
    return accepting(sms);
  };
  const limits = { inFlight: 1 };
  await sendAllDue(new Sender(sendingHouse(db, [gateway], { log, limits })));
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.join('\n')).not.toMatch(/Canari|70000000|70 00 00|30 000/);
});
