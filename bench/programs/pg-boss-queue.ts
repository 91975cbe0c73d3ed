import PgBoss from 'pg-boss';

/** What a job queue is asked: to take so many jobs in (untimed), then to hand them all out (timed). */
export interface QueueRun {
  url: string;
  jobs: number;
}

const inBatch = 1_000;

let runs = 0;

/** pg-boss, as its README: fetch a batch, complete it. Nothing is posted. @returns seconds */
async function drain({ url, jobs }: QueueRun): Promise<number> {
  const boss = new PgBoss({ connectionString: url, supervise: false });
  boss.on('error', () => undefined);
  await boss.start();
  // Not the queue of the run before: on PostgreSQL 18 this version cannot delete one.
  runs += 1;
  const queue = `sms${runs}`;
  await boss.createQueue(queue);
  for (let at = 0; at < jobs; at += inBatch)
    await boss.insert(
      Array.from({ length: inBatch }, (_, k) => ({
        ...{ name: queue, data: { to: `+${22_370_000_000 + at + k}` } },
      })),
    );
  const began = performance.now();
  for (;;) {
    const taken = await boss.fetch(queue, { batchSize: inBatch });
    if (taken.length === 0) break;
    await boss.complete(
      queue,
      taken.map(({ id }) => id),
    );
  }
  const seconds = (performance.now() - began) / 1000;
  await boss.stop({ graceful: false });
  return seconds;
}

process.once('disconnect', () => process.exit());
process.on('message', (asked: QueueRun) => {
  void drain(asked).then((seconds) => process.send?.(seconds));
});
