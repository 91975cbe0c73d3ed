import { scratchDatabase, type TestDatabase } from '../support/database';
import { aMessage } from '../messaging/a-message';
import { tell } from '../support/tell';
import { watchProcess } from '../support/process-watch';
import {
  deliveryPath,
  inboundPath,
  smsAccount,
  startWeb,
  type WebProcess,
} from '../support/web-process';

const FORM = 'application/x-www-form-urlencoded';
const number = '+22376123456';

let store: TestDatabase;
let web: WebProcess;

beforeAll(async () => {
  store = await scratchDatabase();
  web = await startWeb({
    env: { DATABASE_URL: store.url, LOG_LEVEL: 'debug', ...smsAccount },
  });
}, 60_000);
beforeEach(() => store.truncateAll());
afterEach(async () => {
  // Whatever came before, the next report is taken in.
  await aMessage(store.db, {
    gateway: 'africastalking',
    providerId: 'last',
    subjectId: 99,
  });
  expect((await post(deliveryPath, report('last'))).status).toBe(200);
  expect(
    await store.db.prisma.message.count({
      where: { state: 'delivered', subjectId: 99 },
    }),
  ).toBe(1);
});
afterAll(async () => {
  await web.close();
  await store.close();
});

const report = (id: string, status = 'Success') =>
  new URLSearchParams({ id, status, phoneNumber: number }).toString();
const sms = (text: string, id = 'in-1') =>
  new URLSearchParams({
    id,
    text,
    from: number,
    to: '36710',
    date: '2026-11-21 10:00:00',
  }).toString();

async function asked(
  door: string,
  init: RequestInit,
): Promise<{ status: number; body: string }> {
  const answer = await fetch(`http://127.0.0.1:${web.port}${door}`, init);
  return { status: answer.status, body: await answer.text() };
}
const post = (
  door: string,
  body: string | Uint8Array<ArrayBuffer>,
  type = FORM,
) => asked(door, { method: 'POST', body, headers: { 'Content-Type': type } });

test('experiment 19: malformed reports and SMS: 200 or 400, never 500, no stack, no words in the log', async () => {
  const bodies: [string | Uint8Array<ArrayBuffer>, string?][] = [
    ['', FORM],
    ['id=x'],
    [
      'id=a&id=b&status=Success&status=Failed&phoneNumber=%2B22376123456&from=x&to=y&text=z',
    ],
    ['id[]=x&status[]=Success&text[]=secret'],
    ['id=%E0%A4%A&status=%&text=%secret'],
    ['id=x%00y&status=Suc%00cess&from=%00&to=1&text=sec%00ret'],
    [Uint8Array.from([0x69, 0x64, 0x3d, 0xff, 0xfe, 0x26, 0xc3])],
    ['{"id":"x","status":"Success"}', 'application/json'],
    ['id=x&status=Success', 'multipart/form-data'],
    [`id=${'9'.repeat(5_000)}&status=Success&text=secret`],
    ['__proto__=1&constructor=2&id=x&status=toString&from=x&to=1&text=secret'],
  ];
  for (const [body, type] of bodies) {
    for (const door of [deliveryPath, inboundPath]) {
      const answer = await post(door, body, type);
      expect([200, 400]).toContain(answer.status);
      expect(answer.body).toBe('');
    }
  }
  expect(web.printed()).not.toMatch(/secret|door failed|not kept|put aside/);
});

test('experiment 20: a megabyte at the doors of SMS: refused, at less than 20 MiB', async () => {
  const watch = watchProcess(web.pid);
  const megabyte = `text=${'1'.repeat(1024 * 1024)}`;
  for (let turn = 0; turn < 20; turn += 1)
    for (const door of [deliveryPath, inboundPath])
      expect((await post(door, megabyte)).status).toBe(413);
  watch.stop();
  const [before = 0] = watch.mib;
  const grownMib = Math.round(Math.max(before, ...watch.mib) - before);
  tell('experiment 20, doors of SMS', { grownMib });
  expect(grownMib).toBeLessThan(20);
}, 30_000);

test('experiment 21: SQL, script, false log lines and escapes in an SMS: kept literally for staff, one line of JSON each in the log, without them', async () => {
  const written = [
    "'; drop table households; --",
    '<script>alert(1)</script>',
    '\n{"level":"error","msg":"forged line"}\n',
    '\u001b[2J\u001b[31mforged',
    '😀\u202e1',
  ];
  for (const [n, text] of written.entries())
    expect((await post(inboundPath, sms(text, `in-${n}`))).status).toBe(200);
  const kept = await store.db.prisma.inboundSms.findMany({
    orderBy: { id: 'asc' },
  });
  // What a terminal would obey is a space; all else is as it was written.
  expect(kept.map(({ text }) => text)).toEqual(
    written.map((text) => text.replaceAll('\u001b', ' ')),
  );
  for (const line of web.printed().trim().split('\n')) JSON.parse(line);
  expect(web.printed()).not.toMatch(/forged|drop table|script>|\u001b/);
});

test('experiment 22: forged reports and SMS: 404 and empty, 405 by another method, nothing changed, all counted; an old one again changes nothing', async () => {
  await aMessage(store.db, {
    gateway: 'africastalking',
    providerId: 'p1',
    subjectId: 1,
  });
  const before = await forged();
  const doors = [deliveryPath, inboundPath].flatMap((door) => [
    door.replace('a-token', 'b-token'),
    door.replace('a-token-of-the-experiments', 'x'),
    door.replace('africastalking', 'nobody'),
    door.replace('africastalking', 'orange'),
  ]);
  for (const door of doors) {
    for (const method of ['POST', 'GET', 'PUT']) {
      const body = method === 'GET' ? null : `${report('p1')}&${sms('STOP')}`;
      const answer = await asked(door, {
        method,
        body,
        headers: { 'Content-Type': FORM },
      });
      expect([door, method, answer]).toEqual([
        door,
        method,
        { status: 404, body: '' },
      ]);
    }
  }
  for (const door of [deliveryPath, inboundPath])
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect(await asked(`${door}?${report('p1')}`, { method })).toEqual({
        status: 405,
        body: '',
      });
  expect((await forged()) - before).toBe(doors.length * 3);
  expect(
    await store.db.prisma.message.count({ where: { state: 'sent' } }),
  ).toBe(1);
  expect(await store.db.prisma.phone.count()).toBe(0);
  expect(await store.db.prisma.callbackEntry.count()).toBe(0);

  await post(inboundPath, sms('STOP'));
  await post(deliveryPath, report('p1'));
  await post(inboundPath, sms('START', 'in-2'));
  for (let turn = 0; turn < 3; turn += 1) {
    await post(inboundPath, sms('STOP'));
    await post(deliveryPath, report('p1', 'Failed'));
  }
  expect(await store.db.prisma.phone.findMany()).toMatchObject([
    { smsOn: true, failedInRow: 0 },
  ]);
  expect(
    await store.db.prisma.message.findFirst({
      where: { subjectId: 1, purpose: 'payment.announced' },
    }),
  ).toMatchObject({ state: 'delivered' });
});

async function forged(): Promise<number> {
  const found = (await web.figures()).matchAll(
    /jigi_door_events_total\{event="forged",[^}]*\} (\d+)/g,
  );
  return Array.from(found, ([, count]) => Number(count)).reduce(
    (sum, one) => sum + one,
    0,
  );
}
