import type { Server } from 'node:http';
import request from 'supertest';

import type { Callback } from '../../src/messaging/callback';
import { fixedClock } from '../../src/runtime/clock';
import { limitedServer } from '../../src/webhooks/server-limits';
import { smsWebhooks, type SmsWebhookDeps } from '../../src/webhooks/sms';
import { smsStub } from '../support/sms-stub';

interface Seen {
  taken: { callback: Callback; read: { kind: string } }[];
  lines: { message: string; facts: object }[];
  counts: string[];
}

let seen: Seen;
beforeEach(() => {
  seen = { taken: [], lines: [], counts: [] };
});

const gateways = new Map(
  [
    smsStub('posted'),
    smsStub('asked', { delivery: 'GET', inbound: 'GET' }),
    smsStub('deaf', { delivery: 'POST' }),
  ].map((gateway) => [gateway.name, gateway]),
);

function server(change: Partial<SmsWebhookDeps> = {}): Server {
  const line = (message: string, facts: object = {}) =>
    void seen.lines.push({ message, facts });
  const take = (callback: Callback, read: { kind: string }) => {
    seen.taken.push({ callback, read });
    return Promise.resolve();
  };
  const doors = smsWebhooks({
    gateways,
    tokens: ['demo', 'the-next-one'],
    take: { delivery: take, inbound: take },
    clock: fixedClock('2026-03-12T10:00:00Z'),
    log: { warn: line, error: line },
    count: (event, gateway) => void seen.counts.push(`${event} ${gateway}`),
    ...change,
  });
  return limitedServer((come, answer) =>
    doors(come, answer, () => answer.writeHead(418).end()),
  );
}

const FORM = 'application/x-www-form-urlencoded';
const post = (path: string, body: string, change?: Partial<SmsWebhookDeps>) =>
  request(server(change)).post(`/webhooks/${path}`).type(FORM).send(body);
const get = (path: string) => request(server()).get(`/webhooks/${path}`);

test.each(['delivery', 'inbound'] as const)(
  'the door of %s takes what a gateway posts, with when and what it was',
  async (door) => {
    const body = 'id=p1&status=delivered&from=%2B22376123456&text=STOP';
    const answer = await post(`posted/demo/${door}`, body);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(seen.taken).toMatchObject([
      {
        callback: {
          ...{ gateway: 'posted', door },
          request: { contentType: FORM, text: body, query: '' },
          receivedAt: new Date('2026-03-12T10:00:00Z'),
        },
        read: { kind: 'read', value: { providerId: 'p1' } },
      },
    ]);
    expect(seen.lines).toEqual([]);
  },
);

test('a gateway that asks is read by its query, with any token that holds', async () => {
  const answer = await get('asked/the-next-one/delivery?id=p1&status=odd');
  expect(answer.status).toBe(200);
  expect(seen.taken).toMatchObject([
    {
      callback: { request: { text: '', query: 'id=p1&status=odd' } },
      read: { value: { status: 'unknown' } },
    },
  ]);
});

test('what cannot be read is 400 once it is kept, and its words are in no line', async () => {
  const answer = await post('posted/demo/inbound', 'text=secret+76123456');
  expect([answer.status, answer.text]).toEqual([400, '']);
  expect(seen.taken).toMatchObject([{ read: { kind: 'unreadable' } }]);
  expect(seen.counts).toEqual(['unreadable posted']);
  expect(seen.lines).toHaveLength(1);
  expect(JSON.stringify(seen.lines)).not.toMatch(/secret|7612/);
});

test.each([
  ['a rejection', () => Promise.reject(new Error('no disk'))],
  [
    'a throw',
    () => {
      throw new Error('no disk');
    },
  ],
  ['silence', () => new Promise<never>(() => undefined)],
])(
  'what could not be kept, by %s, is 503, so that it comes again',
  async (_how, delivery) => {
    const take = { delivery, inbound: delivery };
    const body = 'id=p1&status=sent';
    const answer = await post('posted/demo/delivery', body, {
      take,
      deadlineMs: 30,
    });
    expect([answer.status, answer.text]).toEqual([503, '']);
    expect(seen.lines).toHaveLength(1);
  },
);

describe('a stranger', () => {
  test.each([
    'posted/wrong/delivery',
    'posted/Demo/inbound',
    'nobody/demo/delivery',
    'constructor/demo/inbound',
    // It has no such door, and whoever asks need not know.
    'deaf/demo/inbound',
  ])('finds nothing at %s, by no method', async (path) => {
    for (const method of ['post', 'get', 'put', 'delete'] as const) {
      const answer = await request(server())[method](`/webhooks/${path}`);
      expect([answer.status, answer.text]).toEqual([404, '']);
    }
    expect(seen.taken).toEqual([]);
    expect(seen.counts).toHaveLength(4);
    expect(seen.counts[0]).toMatch(/^forged /);
  });

  test.each(['get', 'head', 'put', 'patch', 'delete', 'options'] as const)(
    'who knows the token may not %s what is posted',
    async (method) => {
      for (const door of ['delivery', 'inbound']) {
        const path = `/webhooks/posted/demo/${door}?id=p1&status=sent`;
        const answer = await request(server())[method](path);
        expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
      }
      expect(seen.taken).toEqual([]);
    },
  );

  test.each(['post', 'head', 'put', 'delete'] as const)(
    'may not %s where a gateway asks',
    async (method) => {
      const answer = await request(server())[method](
        '/webhooks/asked/demo/delivery?id=p1&status=sent',
      );
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET']);
      expect(seen.taken).toEqual([]);
    },
  );
});

describe('a body', () => {
  test('of more than 16 kB is 413, a query of more than 8 kB is 431', async () => {
    const filled = (bytes: number) =>
      `id=p1&status=sent&x=${'y'.repeat(bytes - 20)}`;
    expect((await post('posted/demo/delivery', filled(16_384))).status).toBe(
      200,
    );
    expect((await post('posted/demo/delivery', filled(16_385))).status).toBe(
      413,
    );
    expect((await post('posted/demo/inbound', filled(1_000_000))).status).toBe(
      413,
    );
    expect((await get(`asked/demo/delivery?${filled(9_000)}`)).status).toBe(
      431,
    );
    expect(seen.taken).toHaveLength(1);
  });

  test.each([
    ['nothing', ''],
    ['an array', 'id[]=p1&status[]=sent'],
    ['a bad percent', 'id=%E0%A4%A&status=%'],
    ['NUL', 'id=p%001&status=se%00nt'],
    ['a prototype', '__proto__=1&constructor=2'],
    ['JSON', '{"id":"p1"}'],
    ['bytes that are no UTF-8', 'id=\u{fffd}\u{fffd}&status=x'],
  ])('of %s is 200 or 400, never 500', async (_what, body) => {
    for (const door of ['delivery', 'inbound']) {
      const answer = await post(`posted/demo/${door}`, body);
      expect([200, 400]).toContain(answer.status);
      expect(answer.text).toBe('');
    }
  });
});
