import { forgetOldTraces } from '../../src/jobs/forget';
import { runEvery } from '../../src/jobs/run-every';
import { coverMeanMs, drawCoverMs } from '../../src/jobs/sealed-cover';
import { fixedClock } from '../../src/runtime/clock';
import { createLogger } from '../../src/runtime/logger';
import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.truncateAll());
afterAll(() => database.close());

test('effect keys go three hours after their day, keys of tries after a day, wrong tries and call ends after thirty', async () => {
  const { prisma } = database.db;
  const clock = fixedClock('2026-03-12T10:00:00Z');
  const happenedAt = clock.now();
  await prisma.effectOnce.create({
    data: { key: 'k', answer: {}, happenedAt: new Date('2026-03-13') },
  });
  await prisma.wrongTry.create({
    data: { kind: 'card', phoneKey: 'p', triedAt: happenedAt, effectKey: 'e' },
  });
  await prisma.callEnd.create({
    data: {
      sessionKey: 's',
      gateway: 'g',
      status: 'success',
      endedAt: happenedAt,
    },
  });
  const counts = async () => [
    await prisma.effectOnce.count(),
    await prisma.wrongTry.count({ where: { effectKey: { not: null } } }),
    await prisma.wrongTry.count(),
    await prisma.callEnd.count(),
  ];

  clock.set('2026-03-13T03:00:00Z');
  await forgetOldTraces({ db: database.db, clock });
  expect(await counts()).toEqual([1, 1, 1, 1]);

  clock.advance({ minutes: 1 });
  await forgetOldTraces({ db: database.db, clock });
  expect(await counts()).toEqual([0, 1, 1, 1]);

  clock.set('2026-03-13T11:00:00Z');
  await forgetOldTraces({ db: database.db, clock });
  expect(await counts()).toEqual([0, 0, 1, 1]);

  clock.advance({ days: 30 });
  await forgetOldTraces({ db: database.db, clock });
  expect(await counts()).toEqual([0, 0, 0, 0]);
});

test('a job that fails is told, and runs again at its next time', async () => {
  const lines: string[] = [];
  let runs = 0;
  const twice = new Promise<void>((resolve) => {
    const running = runEvery(
      [
        {
          name: 'fails',
          everyMs: 1,
          run() {
            runs += 1;
            if (runs === 2) {
              void running.stop().then(resolve);
            }
            return Promise.reject(new Error('no'));
          },
        },
      ],
      createLogger({
        level: 'error',
        destination: { write: (line) => lines.push(line) },
      }),
    );
  });
  await twice;
  expect(runs).toBe(2);
  expect(lines.join('')).toContain('job failed');
});

test('a job that is still running is not started again', async () => {
  let runs = 0;
  let finish: (count: number) => void = () => undefined;
  let others = 0;
  const ticked = new Promise<void>((resolve) => {
    const running = runEvery(
      [
        {
          name: 'slow',
          everyMs: 1,
          run: () => {
            runs += 1;
            return new Promise((done) => {
              finish = done;
            });
          },
        },
        {
          name: 'ticks',
          everyMs: 1,
          run() {
            others += 1;
            if (others === 5) {
              finish(0);
              void running.stop().then(resolve);
            }
            return Promise.resolve(0);
          },
        },
      ],
      createLogger({ level: 'silent' }),
    );
  });
  await ticked;
  expect(runs).toBe(1);
});

test('an untold job waits as long as is drawn, and leaves no line and no figure unless it fails', async () => {
  const lines: string[] = [];
  const told: unknown[] = [];
  const draws = [3, 2, 1];
  let runs = 0;
  await new Promise<void>((resolve) => {
    const running = runEvery(
      [
        {
          name: 'untold',
          everyMs: () => draws.pop() ?? 1_000,
          isUntold: true,
          run() {
            runs += 1;
            if (runs < 3) return Promise.resolve(1);
            setImmediate(() => void running.stop().then(resolve));
            return Promise.reject(new Error('no'));
          },
        },
      ],
      createLogger({
        level: 'debug',
        destination: { write: (line) => lines.push(line) },
      }),
      { add: (...figure) => told.push(figure) },
    );
  });
  expect(draws).toEqual([]);
  expect(lines).toHaveLength(1);
  expect(told).toEqual([
    ['jigi_job_runs_total', { task: 'untold', outcome: 'failed' }],
  ]);
});

test('covers come at moments that tell nothing: one wait is as long on average whatever was waited before', () => {
  const waits = Array.from({ length: 20_000 }, drawCoverMs);
  const mean = (some: number[]) =>
    some.reduce((sum, one) => sum + one, 0) / some.length / coverMeanMs;
  const leftAfter = (ms: number) =>
    waits.filter((wait) => wait > ms).map((wait) => wait - ms);
  for (const after of [0, coverMeanMs / 2, coverMeanMs])
    expect(Math.abs(mean(leftAfter(after)) - 1)).toBeLessThan(0.07);
});
