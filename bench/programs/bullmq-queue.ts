import { Queue, Worker } from 'bullmq';
import type { QueueRun } from './pg-boss-queue';

const inBatch = 1_000;
const atOnce = 100;

/** BullMQ, as its documentation: a worker of a hundred at once. Nothing is posted. @returns seconds */
async function drain({ url, jobs }: QueueRun): Promise<number> {
  const { hostname: host, port } = new URL(url);
  const connection = { host, port: Number(port) };
  const queue = new Queue('sms', { connection });
  await queue.obliterate({ force: true });
  for (let at = 0; at < jobs; at += inBatch)
    await queue.addBulk(
      Array.from({ length: inBatch }, (_, k) => ({
        ...{ name: 'sms', data: { to: `+${22_370_000_000 + at + k}` } },
        opts: { removeOnComplete: true },
      })),
    );
  let done = 0;
  const began = performance.now();
  const worker = new Worker('sms', () => Promise.resolve(), {
    ...{ connection, concurrency: atOnce },
  });
  await new Promise<void>((resolve) => {
    worker.on('completed', () => {
      done += 1;
      if (done === jobs) resolve();
    });
  });
  const seconds = (performance.now() - began) / 1000;
  await worker.close();
  await queue.close();
  return seconds;
}

process.once('disconnect', () => process.exit());
process.on('message', (asked: QueueRun) => {
  void drain(asked).then((seconds) => process.send?.(seconds));
});
