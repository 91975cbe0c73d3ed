import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { aMessage } from '../messaging/a-message';
import { gatewayLine } from '../support/gateway-line';
import { ownPostgres, type OwnPostgres } from '../support/own-postgres';
import { seeded } from '../support/seeded';
import { tell } from '../support/tell';
import {
  deliveryPath,
  inboundPath,
  smsAccount,
  startWeb,
  type WebProcess,
} from '../support/web-process';

const rows = 400;
const canary = /76\d{6}|ATXid|Canari|a-token-of/;

let store: OwnPostgres;
let web: WebProcess;
let spool: string;

beforeAll(async () => {
  store = await ownPostgres();
  spool = path.join(mkdtempSync(path.join(tmpdir(), 'jigi-12-')), 'spool');
  web = await startWeb({
    env: {
      ...{ DATABASE_URL: store.url, LOG_LEVEL: 'debug', SPOOL_DIR: spool },
      ...smsAccount,
    },
  });
}, 60_000);
afterAll(async () => {
  await web.close();
  await store.close();
  rmSync(path.dirname(spool), { recursive: true });
});

const phone = (n: number) => `+2237600${String(n).padStart(4, '0')}`;
const form = (n: number, status: string) => ({
  ...{ id: `ATXid-${n}`, status, phoneNumber: phone(n), networkCode: '61002' },
  ...(status === 'Failed' && { failureReason: 'UserDoesNotExist' }),
});

/** Posts all at once over forty lines. @returns what was not answered 200, and how many a second were */
async function post(
  to: string,
  forms: readonly Record<string, string>[],
): Promise<{ wrong: number[]; perSecond: number }> {
  const line = gatewayLine(web.port, to, 40);
  const began = performance.now();
  const answers = await Promise.all(forms.map((one) => line.post(one)));
  const seconds = (performance.now() - began) / 1000;
  line.close();
  const wrong = answers
    .map(({ status }) => status)
    .filter((one) => one !== 200);
  return { wrong, perSecond: Math.round(forms.length / seconds) };
}

test('experiment 12: reports doubled, out of order, for ids of nobody and of another campaign: 200 always, nothing goes back', async () => {
  const draw = seeded(12);
  const words = [
    'Sent',
    'Submitted',
    'Buffered',
    'Success',
    'Failed',
    'Unheard',
  ];
  const said = Array.from({ length: rows }, () =>
    Array.from({ length: 4 }, () => draw.pick(words) ?? 'Sent'),
  );
  for (let n = 0; n < rows; n += 1) {
    await aMessage(store.db, {
      ...{ gateway: 'africastalking', subjectId: n, msisdn: phone(n) },
      providerId: `ATXid-${n}`,
    });
  }
  const own = said.flatMap((one, n) => one.map((status) => form(n, status)));
  const others = Array.from({ length: rows }, (_, n) =>
    form(n + 5_000, 'Success'),
  );
  const all = [...own, ...own, ...others].sort(() => draw.next() - 0.5);
  const { wrong, perSecond } = await post(deliveryPath, all);
  expect(wrong).toEqual([]);

  const messages = await store.db.prisma.message.findMany({
    orderBy: { id: 'asc' },
  });
  const expected = said.map((one) =>
    one.includes('Success')
      ? 'delivered'
      : one.includes('Failed')
        ? 'failed'
        : 'sent',
  );
  expect(messages.map(({ state }) => state)).toEqual(expected);
  const unmatched = await store.db.prisma.callbackEntry.count({
    where: { outcome: 'unmatched' },
  });
  expect(unmatched).toBe(rows);
  expect(await store.db.prisma.callbackEntry.count()).toBe(all.length);
  tell('experiment 12', { reports: all.length, perSecond, unmatched });
  expect(perSecond).toBeGreaterThan(200);
}, 120_000);

test('experiment 12: PostgreSQL stopped while reports and SMS come: 200 always, all of them in the store once when it is back', async () => {
  await store.stop();
  const statuses = (n: number) => (n % 2 ? 'Success' : 'Failed');
  const reports = Array.from({ length: rows }, (_, n) =>
    form(n + 5_000, statuses(n)),
  );
  const sms = Array.from({ length: 20 }, (_, n) => ({
    ...{ id: `ATXid-in-${n}`, from: phone(n), to: '36710' },
    ...{ text: n % 2 ? 'STOP' : 'Canari', date: '2026-11-21 10:00:00' },
  }));
  const [delivered, inbound] = await Promise.all([
    post(deliveryPath, reports),
    post(inboundPath, [...sms, ...sms]),
  ]);
  expect([...delivered.wrong, ...inbound.wrong]).toEqual([]);
  const files = readdirSync(spool).length;
  expect(files).toBeGreaterThan(0);
  const before = rows * 9;

  await store.start();
  const back = performance.now();
  while (readdirSync(spool).length > 0 && performance.now() - back < 40_000)
    await pause(100);
  const backMs = Math.round(performance.now() - back);
  expect(readdirSync(spool)).toEqual([]);
  const taken = await store.db.prisma.callbackEntry.count({
    where: { door: 'delivery' },
  });
  expect(taken).toBe(before + rows);
  expect(await store.db.prisma.inboundSms.count()).toBe(20);
  expect(await store.db.prisma.phone.count({ where: { smsOn: false } })).toBe(
    10,
  );
  // Each STOP is confirmed once.
  expect(
    await store.db.prisma.message.count({
      where: { purpose: 'reply.stopped' },
    }),
  ).toBe(10);
  tell('experiment 12, store away', { files, backMs });
  expect(web.printed()).not.toMatch(canary);
}, 120_000);
