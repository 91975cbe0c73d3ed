import { setTimeout as pause } from 'node:timers/promises';
import { Sender } from '../../src/messaging/sender';
import { scratchDatabase, type TestDatabase } from '../support/database';
import {
  countedStates,
  playedGateway,
  queueSms,
  sendAllDue,
  sendingHouse,
} from '../support/sms-queue';
import { smsSink, type SmsSink } from '../support/sms-sink';
import { tell } from '../support/tell';
import { startWorker, type WorkerProcess } from '../support/worker-process';

const messages = 8_000;
const kills = 20;
const inFlight = 20;

let store: TestDatabase;
let sink: SmsSink;
const workers: WorkerProcess[] = [];

beforeEach(async () => {
  store = await scratchDatabase();
  sink = await smsSink(5);
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close()));
  await sink.close();
  await store.close();
});

async function aWorker(): Promise<WorkerProcess> {
  const worker = await startWorker({
    ...{ databaseUrl: store.url, sinkUrl: sink.url, inFlight },
  });
  workers.push(worker);
  return worker;
}

/** Nothing waits, and no sender holds anything. */
async function untilOver(): Promise<void> {
  for (;;) {
    const { rows } = await store.db.pool.query<{ open: boolean }>(
      `select exists (select from messages where state in ('held', 'queued', 'sending')) as open`,
    );
    if (rows[0]?.open !== true) return;
    await pause(100);
  }
}

test('experiment 1: two workers race, and one or the other is killed twenty times in the middle: each number receives its message at most once, and none is lost', async () => {
  await queueSms(store.db, { count: messages });
  const racing = [await aWorker(), await aWorker()];
  const share = Math.floor(messages / (kills + 2));
  for (let at = 0; at < kills; at += 1) {
    // What comes meanwhile waits for its answer, so that the end is not reached before the last kill.
    sink.allow((at + 1) * share);
    await sink.came(at * share + Math.ceil(Math.random() * share));
    racing[at % 2]?.signal('SIGKILL');
    await racing[at % 2]?.ended;
    racing[at % 2] = await aWorker();
  }
  sink.allow(Number.POSITIVE_INFINITY);
  await untilOver();
  const received = Array.from(sink.received.values());
  const states = await countedStates(store.db);
  const { sent = 0, ...others } = states;
  const unknown = others['unknown senderGone'] ?? 0;
  tell('experiment 1', {
    ...{ kills, numbers: received.length, sent, unknown },
    most: kills * inFlight,
  });
  expect(received.filter((times) => times > 1)).toEqual([]);
  expect(sent + unknown).toBe(messages);
  expect(received.length).toBeGreaterThanOrEqual(sent);
  expect(unknown).toBeLessThanOrEqual(kills * inFlight);

  for (const worker of racing) worker.signal('SIGTERM');
  expect(await Promise.all(racing.map(({ ended }) => ended))).toEqual([0, 0]);
}, 300_000);

test('experiment 16: two senders race for the same messages, alone and by the hundred: each number once', async () => {
  await queueSms(store.db, { count: 1_500 });
  await queueSms(store.db, { count: 1_500, from: 22_371_000_000, text: 'All' });
  const gateway = playedGateway('sink', { mostRecipients: 100 });
  const senders = ['one', 'two'].map(
    (sender) => new Sender(sendingHouse(store.db, [gateway], { sender })),
  );
  await Promise.all(senders.map(sendAllDue));
  const numbers = gateway.requests.flatMap(({ recipients }) =>
    recipients.map(({ msisdn }) => msisdn),
  );
  tell('experiment 16', {
    numbers: numbers.length,
    requests: gateway.requests.length,
  });
  expect(numbers).toHaveLength(3_000);
  expect(new Set(numbers).size).toBe(3_000);
  expect(await countedStates(store.db)).toEqual({ sent: 3_000 });
}, 60_000);
