import { createServer } from 'node:http';
import request from 'supertest';
import { noDoor } from '../../src/webhooks/no-door';

const counts: string[] = [];
const listen = noDoor({ count: (event) => void counts.push(event) });
const server = createServer((incoming, response) => {
  listen(incoming, response, () => response.writeHead(418).end());
});

test.each(['/webhooks', '/webhooks/', '/webhooks?a=1', '/webhooks/x/y/z/a'])(
  'nothing is found at %s, which is counted',
  async (path) => {
    counts.length = 0;
    const answer = await request(server).post(path).send('x=1');
    expect([answer.status, answer.text]).toEqual([404, '']);
    expect(counts).toEqual(['noDoor']);
  },
);

test.each(['/', '/simulator/', '/webhooksome', '/x/webhooks/'])(
  '%s is left to others',
  async (path) => {
    expect((await request(server).get(path)).status).toBe(418);
  },
);
