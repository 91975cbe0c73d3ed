import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { scratchDatabase, type TestDatabase } from '../support/database';
import { countedStates, queueSms } from '../support/sms-queue';
import { smsSink, type SmsSink } from '../support/sms-sink';
import { tell } from '../support/tell';
import {
  startWorker,
  untilPrinted,
  type WorkerProcess,
} from '../support/worker-process';

const hourMs = 3_600_000;
const preload = path.join(__dirname, '../support/jumping-clock.cjs');

let store: TestDatabase;
let sink: SmsSink;
const workers: WorkerProcess[] = [];

beforeEach(async () => {
  store = await scratchDatabase();
  sink = await smsSink();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close()));
  await sink.close();
  await store.close();
});

/** A worker whose machine's clock jumps at SIGUSR2. */
async function aWorker(jumpMs: number): Promise<WorkerProcess> {
  const worker = await startWorker({
    ...{ databaseUrl: store.url, sinkUrl: sink.url, inFlight: 10, preload },
    env: { CLOCK_JUMP_MS: String(jumpMs) },
  });
  workers.push(worker);
  await untilPrinted(worker, 'worker started');
  return worker;
}

test.each([
  ['ahead', hourMs],
  ['back', -hourMs],
])(
  'experiment 18: the clock of one of two workers jumps an hour %s: what is due goes once, what is not yet due stays, nothing is too late',
  async (_where, jumpMs) => {
    const wrong = await aWorker(jumpMs);
    await aWorker(0);
    wrong.signal('SIGUSR2');
    await untilPrinted(wrong, 'the clock shows');
    const { rows } = await store.db.pool.query<{ now: Date }>(
      'select clock_timestamp() as now',
    );
    const now = rows[0]?.now.getTime() ?? 0;
    const inHalf = new Date(now + hourMs / 2);
    const expiresAt = inHalf;
    await queueSms(store.db, {
      ...{ count: 300, from: 22_371_000_000, dueAt: inHalf },
      expiresAt: new Date(now + 2 * hourMs),
    });
    await queueSms(store.db, {
      ...{ count: 1_000, dueAt: new Date(now), expiresAt },
    });
    for (;;) {
      const { queued = 0, sent = 0 } = await countedStates(store.db);
      if (queued === 300 && sent === 1_000) break;
      expect(sink.total()).toBeLessThanOrEqual(1_000);
      await pause(50);
    }
    // Both look again, with nothing but what is not yet due.
    const looks = async () => await pause(1_500);
    await looks();
    tell('experiment 18', { jumpMs, received: sink.received.size });
    expect(await countedStates(store.db)).toEqual({ queued: 300, sent: 1_000 });
    expect([sink.total(), sink.received.size]).toEqual([1_000, 1_000]);
  },
  120_000,
);
