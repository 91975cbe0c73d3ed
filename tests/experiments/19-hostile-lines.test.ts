import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { countedPhones, saysTryLater } from '../support/counted-phones';
import { scratchDatabase, type TestDatabase } from '../support/database';
import { gatewayLine } from '../support/gateway-line';
import { tell } from '../support/tell';
import { watchProcess } from '../support/process-watch';
import { aVillage, villager } from '../support/village';
import { startWeb, ussdPath, type WebProcess } from '../support/web-process';

const FORM = 'application/x-www-form-urlencoded';
const callers = 20;
const { msisdn, digits, amount } = villager(1);

let store: TestDatabase;
let web: WebProcess;
let line: ReturnType<typeof gatewayLine>;

beforeAll(async () => {
  store = await scratchDatabase();
  await aVillage(store.db, callers);
  web = await startWeb({
    env: { DATABASE_URL: store.url, LOG_LEVEL: 'debug' },
  });
  line = gatewayLine(web.port, ussdPath, callers);
}, 60_000);
afterEach(async () => {
  // Whatever came before, the next caller is served.
  expect(await pay()).toContain(amount);
});
afterAll(async () => {
  line.close();
  await web.close();
  await store.close();
});

/** One caller asks for her payment. */
async function pay(): Promise<string> {
  const call = countedPhones((form) => line.post(form)).call(msisdn);
  await call.dial();
  await call.type('1');
  return call.type(digits);
}

interface Answer {
  status: number;
  body: string;
}

/** Sends exactly this and gives what comes back until the other side closes. */
function said(sent: Buffer | string, then?: (to: Socket) => void) {
  return new Promise<Answer>((resolve) => {
    const to = connect(web.port, '127.0.0.1', () => {
      to.write(sent);
      then?.(to);
    });
    let received = '';
    to.setEncoding('utf8').on('data', (text: string) => (received += text));
    // A reset after the answer is as good an end as any.
    to.on('error', () => undefined).on('close', () => {
      const [head = '', ...rest] = received.split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), body: rest.join('') });
    });
  });
}

const head = (...headers: string[]): string =>
  [`POST ${ussdPath} HTTP/1.1`, 'Host: jigi', 'Connection: close', ...headers]
    .map((one) => `${one}\r\n`)
    .join('') + '\r\n';

function posted(body: Buffer | string, type = FORM): Promise<Answer> {
  const bytes = Buffer.from(body);
  return said(
    Buffer.concat([
      Buffer.from(
        head(`Content-Type: ${type}`, `Content-Length: ${bytes.length}`),
      ),
      bytes,
    ]),
  );
}

const whole = (text: string): string =>
  `sessionId=ATUid_1&serviceCode=%2A384%2A55%23&phoneNumber=%2B${msisdn.slice(1)}&networkCode=61001&text=${text}`;

/** A sum over every label of a counter. */
async function counted(pattern: RegExp): Promise<number> {
  const figures = await web.figures();
  return Array.from(figures.matchAll(pattern), ([, n]) => Number(n)).reduce(
    (sum, n) => sum + n,
    0,
  );
}

test('experiment 19: malformed bodies: a polite END or 400, never 500, no stack, and the process lives', async () => {
  const bodies: [string, Buffer | string, string?][] = [
    ['nothing', ''],
    ['no field', 'a=1'],
    ...['sessionId', 'phoneNumber', 'text'].map((name): [string, string] => [
      `no ${name}`,
      whole('1').replace(new RegExp(`(^|&)${name}=[^&]*`), ''),
    ]),
    ['text twice', `${whole('1')}&text=2`],
    ['a list', whole('1').replace('text=', 'text[]=')],
    ['a place in a list', whole('1').replace('text=', 'text%5B0%5D=')],
    ['a bad percent sign', whole('%zz')],
    ['half a percent sign', whole('%2')],
    ['NUL', whole('%00')],
    ['NUL as it is', whole('\0')],
    ['bytes that are not UTF-8', Buffer.from(whole('\u00ff'), 'latin1')],
    ['escapes that are not UTF-8', whole('%ff%fe')],
    ['JSON for a form', JSON.stringify({ text: '1' }), 'application/json'],
    ['a form said to be JSON', whole('1'), 'application/json'],
    ['a form of no kind', whole('1'), 'multipart/form-data'],
    [
      'a number of letters',
      whole('1').replace(/phoneNumber=[^&]*/, 'phoneNumber=abc'),
    ],
    [
      'a number from elsewhere',
      whole('1').replace(/phoneNumber=[^&]*/, 'phoneNumber=%2B33612345678'),
    ],
    ['a prototype', `__proto__=1&constructor=2&${whole('1')}`],
  ];
  for (const [name, body, type] of bodies) {
    const { status, body: read } = await posted(body, type);
    expect({ name, status, read }).toMatchObject({
      name,
      status: expect.any(Number) as number,
    });
    expect([200, 400, 415]).toContain(status);
    expect(read).not.toMatch(/at .*\.[jt]s|Error|node_modules/);
    if (status === 200) expect(read).toMatch(/^(CON|END) ./);
  }
  const unended = await said(
    `${head(`Content-Type: ${FORM}`, 'Transfer-Encoding: chunked')}5\r\ntext=\r\n`,
  );
  expect(unended.status).toBe(408);
  expect(web.printed()).not.toMatch(/"status":500|door failed/);
}, 30_000);

test('experiment 20: a megabyte, ten thousand fields, a thousand headers: refused, at less than 20 MiB', async () => {
  const megabyte = `text=${'1'.repeat(1024 * 1024)}`;
  const fields = Array.from({ length: 10_000 }, (_, at) => `f${at}=1`).join(
    '&',
  );
  const headers = Array.from(
    { length: 1_000 },
    (_, at) => `X-${at}: 0123456789`,
  );
  const refused = async (times: number): Promise<void> => {
    for (let turn = 0; turn < times; turn += 1) {
      expect((await posted(megabyte)).status).toBe(413);
      expect((await posted(`${fields}&${whole('1')}`)).status).toBe(413);
      expect((await said(head(...headers))).status).toBe(431);
    }
  };
  // What a process takes once, for whatever comes first, is not what a large body costs.
  await refused(10);
  const watch = watchProcess(web.pid);
  await pause(1_100);
  await refused(30);
  await pause(1_100);
  watch.stop();
  const [before = 0] = watch.mib;
  const grown = Math.round(Math.max(0, ...watch.mib) - before);
  tell('experiment 20, large', { grownMib: grown });
  expect(grown).toBeLessThan(20);
}, 30_000);

test('experiment 20: five hundred lines of a byte a second: other callers are served all the while, and the lines are ended', async () => {
  const slow = Array.from({ length: 500 }, () =>
    connect(web.port, '127.0.0.1').on('error', () => undefined),
  );
  const ended = slow.map((to) => new Promise((gone) => to.once('close', gone)));
  const sent = head('Content-Length: 900');
  let at = 0;
  const drip = setInterval(() => {
    for (const to of slow)
      if (to.writable) to.write(sent.charAt(at % sent.length));
    at += 1;
  }, 1_000);
  let served = 0;
  let isOver = false;
  const others = async (): Promise<void> => {
    while (!isOver) {
      expect(await pay()).toContain(amount);
      served += 1;
      await pause(50);
    }
  };
  const serving = others();
  await Promise.all(ended);
  isOver = true;
  clearInterval(drip);
  await serving;
  tell('experiment 20, slow loris', { served });
  expect(served).toBeGreaterThan(10);
}, 60_000);

test('experiment 21: SQL, script, false log lines, escapes, emoji, right-to-left marks and ten thousand characters for a reply: nothing is stored, one line of JSON each', async () => {
  const typed = [
    "'; drop table households; --",
    '<script>alert(1)</script>',
    '\n{"level":"error","msg":"forged line"}\n',
    '\u001b[2J\u001b[31mforged',
    '😀👩🏽‍🌾',
    '\u202e\u200f1',
    '$(id) `id` ${id} {{7*7}}',
    '1'.repeat(10_000),
  ];
  const phones = countedPhones((form) => line.post(form));
  for (const text of typed) {
    const call = phones.call(msisdn);
    await call.dial();
    for (const read of [await call.type(text), await call.type('1')]) {
      expect(read).toMatch(/^(CON|END) /);
      expect(read).not.toMatch(/forged|script|😀|\u202e|\u001b/);
    }
  }
  // The same in the field that names the call.
  for (const sessionId of typed.slice(0, -1)) {
    const { status, body } = await line.post({
      ...{ sessionId, text: '', phoneNumber: msisdn },
      ...{ serviceCode: '*384*55#', networkCode: '61002' },
    });
    expect(status).toBe(200);
    expect(saysTryLater(body) || body.startsWith('CON ')).toBe(true);
  }
  const log = web.printed();
  const lines = log.trim().split('\n');
  expect(lines.filter((one) => !one.startsWith('{"level"'))).toEqual([]);
  for (const one of lines) JSON.parse(one);
  expect(log).not.toMatch(/forged|drop table|script|\u001b/);
  const tables = await store.db.pool.query<{ tablename: string }>(
    `select tablename from pg_tables where schemaname = 'public'`,
  );
  for (const { tablename } of tables.rows) {
    const { rows } = await store.db.pool.query(`select * from ${tablename}`);
    expect(JSON.stringify(rows)).not.toMatch(/forged|drop table|script>/);
  }
});

test('experiment 22: forged callbacks: 404 and nothing else whatever is wrong, 405 for another method, nothing changed, all of them counted', async () => {
  const forged = /jigi_door_events_total\{event="forged",[^}]*\} (\d+)/g;
  const before = await counted(forged);
  const doors = [
    ussdPath.replace('a-token', 'b-token'),
    ussdPath.replace('a-token-of-the-experiments', 'x'),
    ussdPath.replace('africastalking', 'nobody'),
    ussdPath.replace(/\/ussd$/, '/ussd-events').replace('a-token', 'another'),
    ussdPath.replace(/\/ussd$/, '/delivery'),
    ussdPath.replace('/a-token-of-the-experiments', ''),
  ];
  for (const door of doors) {
    for (const method of ['POST', 'GET', 'PUT', 'DELETE']) {
      const answer = await fetch(`http://127.0.0.1:${web.port}${door}`, {
        method,
        headers: { 'Content-Type': FORM },
        ...(method === 'GET' ? {} : { body: whole('3*2*1*9*3') }),
      });
      expect([door, method, answer.status, await answer.text()]).toEqual([
        ...[door, method, 404, ''],
      ]);
    }
  }
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const answer = await fetch(`http://127.0.0.1:${web.port}${ussdPath}`, {
      method,
    });
    expect([answer.status, await answer.text()]).toEqual([405, '']);
  }
  // A door of SMS whose gateway has no account is one that nobody has.
  expect((await counted(forged)) - before).toBe(5 * 4);
  expect(await store.db.prisma.complaint.count()).toBe(0);
});

test('experiment 22: an old callback that is sent again shows what was shown then, and does nothing a second time', async () => {
  const phones = countedPhones((form) => line.post(form));
  const call = phones.call(msisdn);
  await call.dial();
  const replies = ['3', '2', '1', digits, '3'];
  for (const reply of replies) await call.type(reply);
  const [told] = phones.referencesOf(msisdn);
  for (let turn = 0; turn < 3; turn += 1) {
    expect(await call.send(call.path)).toContain('enregistrée');
    await call.send('3*2');
  }
  expect(phones.referencesOf(msisdn)).toEqual([told]);
  expect(await store.db.prisma.complaint.count()).toBe(1);
});
