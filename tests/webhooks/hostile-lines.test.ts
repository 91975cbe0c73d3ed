import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';

import { limitedServer } from '../../src/webhooks/server-limits';
import { ussdWebhooks } from '../../src/webhooks/ussd';
import {
  closed,
  doorDeps,
  doorServer,
  FORM,
  listening,
  nothingSeen,
  type Seen,
  step,
  USSD,
} from './door-house';

let seen: Seen;
let server: Server;
let port: number;

beforeEach(async () => {
  seen = nothingSeen();
  server = doorServer(doorDeps(seen, { bodyDeadlineMs: 60 }));
  port = await listening(server);
});

afterEach(() => closed(server));

/** What comes back on a line over which exactly this was sent, until the other side closes it. */
function conversation(sent: string, then?: (line: Socket) => void) {
  return new Promise<string>((resolve) => {
    const line = connect(port, '127.0.0.1', () => {
      line.write(sent);
      then?.(line);
    });
    let received = '';
    line.setEncoding('utf8').on('data', (text: string) => (received += text));
    // A reset after the answer is as good an end as any.
    line.on('error', () => undefined).on('close', () => resolve(received));
  });
}

const head = (...headers: string[]) =>
  [`POST ${USSD} HTTP/1.1`, 'Host: jigi', `Content-Type: ${FORM}`, ...headers]
    .map((one) => `${one}\r\n`)
    .join('') + '\r\n';

test('a length that promises more than comes is 408 at the deadline', async () => {
  const answer = await conversation(
    `${head('Content-Length: 900')}${step('1')}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(seen.turns).toEqual([]);
  expect(seen.counts).toEqual(['slowBody']);
});

test('chunks without an end are 408 at the deadline', async () => {
  const chunk = step('1');
  const answer = await conversation(
    `${head('Transfer-Encoding: chunked')}${chunk.length.toString(16)}\r\n${chunk}\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(seen.turns).toEqual([]);
});

test('chunks that never stop are 413, and the line ends at the deadline', async () => {
  const answer = await conversation(
    head('Transfer-Encoding: chunked'),
    (line) => {
      const more = () => {
        if (line.writable) line.write(`400\r\n${'y'.repeat(1024)}\r\n`, more);
      };
      more();
    },
  );
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(seen.counts).toEqual(['tooLarge']);
});

test('a body in chunks is measured as it comes, to the byte', async () => {
  const room = 16 * 1024 - step('1').length - 1;
  const chunked = (surplus: number) => {
    const body = `${step('1')}&${'y'.repeat(room + surplus)}`;
    return `${head('Transfer-Encoding: chunked', 'Connection: close')}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  };
  expect(await conversation(chunked(0))).toMatch(/^HTTP\/1\.1 200 /);
  expect(await conversation(chunked(1))).toMatch(/^HTTP\/1\.1 413 /);
});

test('a megabyte that is announced is 413 before it has come', async () => {
  const answer = await conversation(head('Content-Length: 1048576'));
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
});

test('two lengths, or a length and chunks, never reach a door', async () => {
  const both = ['Content-Length: 5', 'Content-Length: 900'];
  expect(await conversation(`${head(...both)}text=`)).toMatch(/ 400 /);
  const mixed = ['Content-Length: 5', 'Transfer-Encoding: chunked'];
  expect(await conversation(`${head(...mixed)}0\r\n\r\n`)).toMatch(/ 400 /);
  expect(seen.turns).toEqual([]);
});

test('a caller who leaves in mid-sentence troubles nobody', async () => {
  await conversation(`${head('Content-Length: 900')}sess`, (line) => {
    line.end();
    line.destroy();
  });
  const answer = await conversation(
    `${head(`Content-Length: ${step('1').length}`, 'Connection: close')}${step('1')}`,
  );
  expect(answer).toMatch(/CON \+22376123456 1$/);
});

test('bytes that are not UTF-8 end politely', async () => {
  const body = step('1').replace('text=1', 'text=\u00ff');
  const answer = await new Promise<string>((resolve) => {
    const line = connect(port, '127.0.0.1', () => {
      line.write(head(`Content-Length: ${body.length}`, 'Connection: close'));
      line.write(body, 'latin1');
    });
    let received = '';
    line.setEncoding('utf8').on('data', (text: string) => (received += text));
    line.on('close', () => resolve(received));
  });
  expect(answer).toMatch(/END Réessayez plus tard\.$/);
});

test('two steps on one line are answered in their order', async () => {
  const one = (text: string, ...more: string[]) =>
    `${head(`Content-Length: ${step(text).length}`, ...more)}${step(text)}`;
  const answer = await conversation(one('1') + one('2', 'Connection: close'));
  expect(answer.match(/CON \S+ \d/g)).toEqual([
    'CON +22376123456 1',
    'CON +22376123456 2',
  ]);
});

describe('a server with limits', () => {
  let limited: Server;

  beforeEach(async () => {
    const doors = ussdWebhooks(doorDeps(seen));
    limited = limitedServer((request, response) =>
      doors(request, response, () => response.writeHead(418).end()),
    );
    port = await listening(limited);
  });

  afterEach(() => closed(limited));

  test('ends a line whose headers never end with 408, by the clock of its own limits', async () => {
    // The figures are the server's own; that Node keeps them is not ours to test for five seconds.
    limited.headersTimeout = 1;
    const answer = await conversation('POST /webhooks');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });
});

test('a refusal is read by one who sends all that she has before she listens', async () => {
  const surplus = 'y'.repeat(256 * 1024);
  const answer = await conversation(
    `${head(`Content-Length: ${2 * surplus.length}`, 'Connection: close')}${surplus}`,
    (line) => {
      line.pause();
      setTimeout(() => line.write(surplus), 20);
      setTimeout(() => line.resume(), 40);
    },
  );
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
});
