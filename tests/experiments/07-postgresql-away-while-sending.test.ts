import { setTimeout as pause } from 'node:timers/promises';
import { campaignProgress } from '../../src/campaigns/progress';
import { aCampaignNow } from '../support/campaigns';
import { ownPostgres, type OwnPostgres } from '../support/own-postgres';
import { countedStates } from '../support/sms-queue';
import { smsSink, type SmsSink } from '../support/sms-sink';
import { tell } from '../support/tell';
import {
  startWorker,
  untilPrinted,
  type WorkerProcess,
} from '../support/worker-process';

const messages = 3_000;

let postgres: OwnPostgres;
let sink: SmsSink;
let worker: WorkerProcess | undefined;

beforeAll(async () => {
  postgres = await ownPostgres();
  sink = await smsSink(10);
}, 60_000);
afterAll(async () => {
  await worker?.close();
  await sink.close();
  await postgres.close();
});

test('experiment 7: PostgreSQL is stopped in the middle of a campaign: the sender waits, sends nothing twice, keeps every answer, and goes on by itself', async () => {
  const { desk, id } = await aCampaignNow(postgres.db, messages);
  worker = await startWorker({
    ...{ databaseUrl: postgres.url, sinkUrl: sink.url, inFlight: 20 },
  });
  await sink.came(messages / 3);
  await postgres.stop();
  await untilPrinted(worker, 'waits for the store');
  const before = sink.total();
  // As many seconds as a restart takes: nothing may begin in them.
  await pause(3_000);
  expect(sink.total()).toBe(before);
  await postgres.start();
  await untilPrinted(worker, 'sending goes on');
  await sink.came(messages);
  for (;;) {
    const { queued = 0, sending = 0 } = await countedStates(postgres.db);
    if (queued + sending === 0) break;
    await pause(50);
  }
  const states = await countedStates(postgres.db);
  tell('experiment 7', { before, ...states });
  expect(sink.received.size).toBe(messages);
  expect(sink.total()).toBe(messages);
  expect(states).toEqual({ sent: messages });
  expect(await campaignProgress(desk, id)).toMatchObject({
    ...{ target: messages, sent: messages, waiting: 0 },
  });
}, 120_000);
