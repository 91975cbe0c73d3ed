import { forgetOldTraces } from '../../src/jobs/forget';
import { runEvery } from '../../src/jobs/run-every';
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

test('effect keys go after a day, wrong tries and call ends after thirty', async () => {
  const { prisma } = database.db;
  const clock = fixedClock('2026-03-12T10:00:00Z');
  const happenedAt = clock.now();
  await prisma.effectOnce.create({
    data: { key: 'k', answer: {}, happenedAt },
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

  clock.advance({ hours: 23 });
  await forgetOldTraces({ db: database.db, clock });
  expect(await counts()).toEqual([1, 1, 1, 1]);

  clock.advance({ hours: 2 });
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
