import { runInNewContext } from 'node:vm';

import request from 'supertest';

import { DEMO_PEOPLE } from '../../src/exchange/demo-people';
import { septetsOrFault } from '../../src/text/gsm7';
import { type TinyHouse, tinyHouse } from '../support/tiny-house';

let house: TinyHouse;
beforeEach(() => {
  house = tinyHouse();
});

const get = (path: string) => request(house.server).get(path);

test.each([
  ['/simulator', 'text/html'],
  ['/simulator/', 'text/html'],
  ['/simulator/main.js', 'text/javascript'],
  ['/simulator/phone.css', 'text/css'],
  ['/simulator/tree.svg', 'image/svg+xml'],
])('%s is served as %s under a strict policy', async (path, type) => {
  const answer = await get(path);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe(`${type}; charset=utf-8`);
  const policy = answer.headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test.each([
  '/simulator/nothing.js',
  '/simulator/..%2fsimulator-pages.ts',
  '/simulator/assets/main.js',
  '/simulator/__proto__',
])('%s is not there', async (path) => {
  expect((await get(path)).status).toBe(404);
});

test('the page holds no script, style or address but its own', async () => {
  const { text } = await get('/simulator');
  expect(text).toContain('<html lang="fr">');
  expect(text).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
  expect(text).not.toMatch(/(src|href)="(?!\/simulator\/|#)/);
});

test('the page learns whom one may dial as, where, and what day it is', async () => {
  const answer = await get('/simulator/demo');
  expect(answer.body).toEqual({
    shortCode: '*384*55#',
    webhook: '/webhooks/africastalking/demo',
    smsWebhook: '/webhooks/simulator/demo',
    page: { septets: 160, alphabet: 'gsm7' },
    people: DEMO_PEOPLE,
    clock: { today: '2026-03-10', offsetDays: 0 },
  });
});

describe("the demo's day", () => {
  const move = (body: object | string, type = 'application/json') =>
    request(house.server).post('/simulator/clock').type(type).send(body);

  test('moves forth and back', async () => {
    expect((await move({ offsetDays: 2 })).body).toEqual({
      today: '2026-03-12',
      offsetDays: 2,
    });
    expect(house.clock.today()).toBe('2026-03-12');
    expect((await move({ offsetDays: 0 })).body).toEqual({
      today: '2026-03-10',
      offsetDays: 0,
    });
  });

  test.each([
    [{}],
    [{ offsetDays: '1' }],
    [{ offsetDays: 1.5 }],
    [{ offsetDays: -3651 }],
    [{ offsetDays: 1e9 }],
    [[]],
    ['{'],
  ])('stays where it is for %j', async (body) => {
    const answer = await move(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ message: expect.any(String) as string });
    expect(house.clock.offsetDays()).toBe(0);
  });

  test('is not moved by a book', async () => {
    const answer = await move({ offsetDays: 1, more: 'y'.repeat(2_000) });
    expect(answer.status).toBe(413);
    expect(house.clock.offsetDays()).toBe(0);
  });

  test('is not moved by a form, which any other page could send', async () => {
    const form = 'application/x-www-form-urlencoded';
    expect((await move('offsetDays=5', form)).status).toBe(400);
    expect(house.clock.offsetDays()).toBe(0);
  });
});

test("the page's own count of septets is the service's", async () => {
  const { text } = await get('/simulator/septets.js');
  // The page's file is a module of the browser; here its one function is taken out of it.
  const measure = runInNewContext(
    `${text.replace('export ', '')}; measure`,
  ) as (text: string) => { septets: number };
  for (let unit = 0; unit < 0x2100; unit += 1) {
    const letter = String.fromCharCode(unit);
    const ours = septetsOrFault(letter);
    const theirs = measure(letter);
    expect([letter, theirs.septets]).toEqual([
      letter,
      ours.kind === 'fits' ? ours.septets : 0,
    ]);
  }
});
