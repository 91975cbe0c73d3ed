import express from 'express';
import request from 'supertest';

import { ussdWebhooks } from '../../src/webhooks/ussd';
import {
  doorDeps,
  doorServer,
  EVENTS,
  FORM,
  nothingSeen,
  type Seen,
  step,
  USSD,
} from './door-house';

let seen: Seen;
beforeEach(() => {
  seen = nothingSeen();
});

const server = (change: Parameters<typeof doorDeps>[1] = {}) =>
  doorServer(doorDeps(seen, change));

const post = (path: string, body: string, type = FORM) =>
  request(server()).post(path).type(type).send(body);

describe('a step', () => {
  test('is answered in plain text that begins with CON', async () => {
    const answer = await post(USSD, step('1*2345'));
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.text).toBe('CON +22376123456 1*2345');
  });

  test('of an incremental gateway is answered in its own dialect', async () => {
    const answer = await post(
      '/webhooks/hubtel/demo/ussd',
      '{"Type":"Response","Message":"2","ServiceCode":"384*55","Mobile":"22376123456","SessionId":"s1","Sequence":"2","ClientState":"x"}',
      'application/json',
    );
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.body).toEqual({
      SessionId: 's1',
      Type: 'response',
      Message: '+22376123456 2',
      ClientState: 'x',
    });
  });

  test('passes with either token, escaped where it needs it', async () => {
    const path = '/webhooks/africastalking/the%20next%20one/ussd?from=there';
    expect((await post(path, step(''))).text).toMatch(/^CON /);
  });

  test('works below Express as well as before it', async () => {
    const app = express().use(ussdWebhooks(doorDeps(seen)));
    const answer = await request(app).post(USSD).type(FORM).send(step('1'));
    expect(answer.text).toBe('CON +22376123456 1');
    expect((await request(app).get('/elsewhere')).status).toBe(404);
  });

  test('whose number lost its plus ends politely and reaches nobody', async () => {
    const answer = await post(USSD, step('4711', '+22376123456'));
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('END Réessayez plus tard.');
    expect(seen.turns).toEqual([]);
    expect(seen.counts).toEqual(['unreadable']);
    expect(JSON.stringify(seen.lines)).not.toMatch(/4711|76123456/);
  });

  test('that names no call in a dialect that must is 400, empty', async () => {
    const answer = await post(
      '/webhooks/hubtel/demo/ussd',
      '{"Type":"Response"}',
      'application/json',
    );
    expect([answer.status, answer.text]).toEqual([400, '']);
  });
});

describe('our own failure', () => {
  test.each([
    ['a rejection', () => Promise.reject(new Error('secret 30 000'))],
    [
      'a throw',
      () => {
        throw new Error('secret 30 000');
      },
    ],
  ])('%s is a courteous end, 200, without a stack', async (_name, answer) => {
    const reply = await request(server({ answer }))
      .post(USSD)
      .type(FORM)
      .send(step('1'));
    expect(reply.status).toBe(200);
    expect(reply.text).toBe('END Réessayez plus tard. +22376123456');
    expect(seen.counts).toEqual(['failed']);
    expect(seen.lines).toHaveLength(1);
  });

  test('a step that does not end is a courteous end at its deadline', async () => {
    const never = new Promise<never>(() => undefined);
    const reply = await request(server({ answer: () => never, deadlineMs: 20 }))
      .post(USSD)
      .type(FORM)
      .send(step('1'));
    expect(reply.text).toBe('END Réessayez plus tard. +22376123456');
    expect(seen.counts).toEqual(['late']);
  });

  test('even a courtesy that fails leaves the process and the door standing', async () => {
    const one = server({
      answer: () => Promise.reject(new Error('first')),
      courteous: () => {
        throw new Error('second');
      },
    });
    const reply = await request(one).post(USSD).type(FORM).send(step('1'));
    expect([reply.status, reply.text]).toEqual([503, '']);
  });
});

describe('a stranger', () => {
  test.each([
    '/webhooks/africastalking/wrong/ussd',
    '/webhooks/africastalking/Demo/ussd',
    '/webhooks/africastalking/demo%20/ussd',
    '/webhooks/africastalking/%/ussd',
    '/webhooks/nobody/demo/ussd',
    '/webhooks/constructor/demo/ussd',
    '/webhooks/africastalking/wrong/ussd-events',
    '/webhooks/nobody/demo/ussd-events',
  ])('finds nothing at %s', async (path) => {
    for (const method of ['post', 'get'] as const) {
      const answer = await request(server())[method](path);
      expect([answer.status, answer.text]).toEqual([404, '']);
    }
    expect(seen.turns).toEqual([]);
    expect(seen.counts).toEqual(['forged', 'forged']);
  });

  test.each(['get', 'head', 'put', 'patch', 'delete', 'options'] as const)(
    'who knows the token may not %s',
    async (method) => {
      for (const path of [USSD, EVENTS]) {
        const answer = await request(server())[method](path);
        expect(answer.status).toBe(405);
        expect(answer.headers['allow']).toBe('POST');
      }
    },
  );

  test.each([
    '/',
    '/webhooks/',
    `${USSD}/`,
    `${USSD}/more`,
    '/webhooks//demo/ussd',
  ])('at %s is none of ours and passed on', async (path) => {
    expect((await post(path, step(''))).status).toBe(418);
  });
});

describe('the end of a call', () => {
  test('is noted and answered with nothing', async () => {
    const answer = await post(
      EVENTS,
      `${step('').replace('&text=', '')}&status=Incomplete&durationInMillis=8200&hopsCount=3&input=1%2A4711&lastAppResponse=END+30+000`,
    );
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(seen.ends).toEqual([
      {
        gateway: 'africastalking',
        end: {
          sessionId: 'ATUid_1',
          status: 'incomplete',
          durationMs: 8200,
          hops: 3,
        },
      },
    ]);
  });

  test('that comes by the door of steps is noted too', async () => {
    const answer = await post(
      '/webhooks/hubtel/demo/ussd',
      '{"Type":"Release","SessionId":"s1"}',
      'application/json',
    );
    expect(answer.body).toEqual({
      SessionId: 's1',
      Type: 'release',
      Message: '',
      ClientState: '',
    });
    expect(seen.ends).toEqual([
      { gateway: 'hubtel', end: { sessionId: 's1', status: 'unknown' } },
    ]);
    expect(seen.turns).toEqual([]);
  });

  test('that cannot be kept is 503, so that it may come again', async () => {
    const ended = () => Promise.reject(new Error('store is down'));
    const answer = await request(server({ ended }))
      .post(EVENTS)
      .type(FORM)
      .send('sessionId=ATUid_1&status=Success');
    expect([answer.status, answer.text]).toEqual([503, '']);
  });

  test('that names no call is 400', async () => {
    const answer = await post(EVENTS, 'status=Success');
    expect([answer.status, answer.text]).toEqual([400, '']);
    expect(seen.ends).toEqual([]);
  });

  test('has no door where a gateway does not send it', async () => {
    const answer = await post('/webhooks/hubtel/demo/ussd-events', 'x=1');
    expect([answer.status, answer.text]).toEqual([404, '']);
  });
});

describe('a body', () => {
  test('of 16 kB is read, of one byte more is 413', async () => {
    const room = 16 * 1024 - step('1').length;
    const filled = (bytes: number) =>
      step('1').replace('&text', `&x=${'y'.repeat(bytes - 3)}&text`);
    expect((await post(USSD, filled(room))).status).toBe(200);
    const answer = await post(USSD, filled(room + 1));
    expect([answer.status, answer.text]).toEqual([413, '']);
    expect(seen.counts).toEqual(['tooLarge']);
  });

  test('of ten thousand fields is refused by its size, of a thousand is read', async () => {
    const many = (count: number) => `${'a=1&'.repeat(count)}${step('1')}`;
    expect((await post(USSD, many(10_000))).status).toBe(413);
    expect((await post(USSD, many(1_000))).text).toMatch(/^CON /);
  });
});
