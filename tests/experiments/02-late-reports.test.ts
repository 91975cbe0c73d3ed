import { setTimeout as pause } from 'node:timers/promises';
import { aMessage, unanswered } from '../messaging/a-message';
import { scratchDatabase, type TestDatabase } from '../support/database';
import { gatewayLine } from '../support/gateway-line';
import { seeded } from '../support/seeded';
import { tell } from '../support/tell';
import {
  deliveryPath,
  smsAccount,
  startWeb,
  type WebProcess,
} from '../support/web-process';

const rows = 300;

let store: TestDatabase;
let web: WebProcess;

beforeAll(async () => {
  store = await scratchDatabase();
  web = await startWeb({
    env: { DATABASE_URL: store.url, LOG_LEVEL: 'debug', ...smsAccount },
  });
}, 60_000);
afterAll(async () => {
  await web.close();
  await store.close();
});

const phone = (n: number) => `+2237612${String(n).padStart(4, '0')}`;

test('experiment 2: reports for messages whose answer was never read settle them by number and time; the rest is left to an officer', async () => {
  const begunAt = new Date();
  for (let n = 0; n < rows; n += 1) {
    await aMessage(store.db, {
      ...{ ...unanswered, gateway: 'africastalking', subjectId: n, begunAt },
      msisdn: phone(n),
      // Two to the same phone: no report can tell which.
      ...(n % 50 === 1 ? { msisdn: phone(n - 1) } : {}),
    });
  }
  const draw = seeded(2);
  const reports = Array.from({ length: rows }, (_, n) => ({
    ...{ id: `late-${n}`, phoneNumber: phone(n) },
    status: n % 10 === 0 ? 'AbsentSubscriber' : 'Success',
  })).filter((_one, n) => n % 7 !== 3);
  const line = gatewayLine(web.port, deliveryPath, 20);
  const all = [...reports, ...reports].sort(() => draw.next() - 0.5);
  const answers = await Promise.all(all.map((report) => line.post(report)));
  line.close();
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);

  const states = await store.db.prisma.message.groupBy({
    by: ['state'],
    _count: true,
  });
  const counted = Object.fromEntries(
    states.map(({ state, _count }) => [state, _count]),
  );
  tell('experiment 2', { reports: all.length, ...counted });
  const left = await store.db.prisma.message.findMany({
    where: { state: 'unknown' },
    orderBy: { subjectId: 'asc' },
  });
  // Those that no report came for, and those of which nobody can tell which is meant.
  const expected = Array.from({ length: rows }, (_, n) => n).filter(
    (n) => n % 7 === 3 || n % 50 < 2,
  );
  expect(left.map(({ subjectId }) => subjectId)).toEqual(expected);
  expect(
    await store.db.prisma.phone.count({ where: { failedInRow: { gt: 1 } } }),
  ).toBe(0);
  expect(web.printed()).not.toMatch(/7612\d{4}|late-\d/);
}, 60_000);

test('experiment 2: a kill -9 of the web process takes no report that was answered 200', async () => {
  const line = gatewayLine(web.port, deliveryPath, 20);
  const answered: string[] = [];
  let isOver = false;
  const posting = Array.from({ length: 10 }, async (_, lane) => {
    for (let n = 0; !isOver; n += 1) {
      const id = `killed-${lane}-${n}`;
      const form = { id, status: 'Success', phoneNumber: phone(9_000) };
      const answer = await line.post(form).catch(() => undefined);
      if (answer?.status === 200) answered.push(id);
    }
  });
  await pause(700);
  web.signal('SIGKILL');
  await web.ended;
  isOver = true;
  await Promise.all(posting);
  line.close();
  const kept = await store.db.prisma.callbackEntry.findMany({
    where: { providerId: { startsWith: 'killed-' } },
    select: { providerId: true },
  });
  const ids = new Set(kept.map(({ providerId }) => providerId));
  tell('experiment 2, kill -9', { answered: answered.length, kept: ids.size });
  expect(answered.length).toBeGreaterThan(20);
  expect(answered.filter((id) => !ids.has(id))).toEqual([]);
}, 60_000);
