import type { Page } from 'playwright-core';
import request from 'supertest';

import { describeWithChromium } from '../support/chromium';
import { type TinyHouse, tinyHouse } from '../support/tiny-house';
import { closed, listening } from '../webhooks/door-house';

const awa = '+22360000001';
const sitan = '+22360000002';

let house: TinyHouse;
beforeEach(() => {
  house = tinyHouse();
});

let serial = 0;
const send = (msisdn: string, text: string) => {
  serial += 1;
  return house.sms.send({
    ...{ text, encoding: 'gsm7' },
    recipients: [{ id: String(serial), msisdn }],
  });
};
const told = async (phone: string) =>
  (await request(house.server).get('/simulator/inbox').query({ phone }))
    .body as {
    messages: { text: string; report?: string }[];
    undelivered: number;
    received: Record<string, number>;
    manner: string;
  };
const behave = (manner: unknown) =>
  request(house.server).post('/simulator/manner').send({ manner });

test('an inbox holds what its phone received, with the report of each', async () => {
  await send(awa, 'Jigisèmèjiri: un');
  await send(awa, 'Jigisèmèjiri: deux');
  await send(sitan, 'Jigisèmèjiri: trois');
  const { messages, received, undelivered } = await told(awa);
  expect(messages).toMatchObject([
    {
      text: 'Jigisèmèjiri: un',
      report: 'delivered',
      at: '2026-03-10T09:00:00.000Z',
    },
    { text: 'Jigisèmèjiri: deux', report: 'delivered' },
  ]);
  expect(received).toMatchObject({ [awa]: 2, [sitan]: 1 });
  expect(undelivered).toBe(0);
  expect(await told('')).toMatchObject({ messages: [] });
});

test.each(['failing', 'throttled'])(
  'the gateway is %s on demand',
  async (manner) => {
    expect((await behave(manner)).body).toEqual({ manner });
    await expect(send(awa, 'x')).rejects.toMatchObject({ begun: 'no' });
    expect((await told(awa)).messages).toEqual([]);
    await behave('well');
    await send(awa, 'y');
    expect((await told(awa)).messages).toHaveLength(1);
  },
);

test('a phone that is off receives nothing, and that is told', async () => {
  await behave('undelivered');
  await send(awa, 'x');
  expect(await told(awa)).toMatchObject({
    messages: [],
    undelivered: 1,
    manner: 'undelivered',
  });
});

test.each([['loud'], [7], [null], [['well']]])(
  'the gateway is not told to be %j',
  async (manner) => {
    const answer = await behave(manner);
    expect(answer.status).toBe(400);
    expect((await told(awa)).manner).toBe('well');
  },
);

test('a day that passes is lived through: what is due by day is done by day', async () => {
  const move = (offsetDays: number) =>
    request(house.server).post('/simulator/clock').send({ offsetDays });
  await move(1);
  expect(house.worked).toEqual([
    ...['2026-03-10T12:00', '2026-03-10T16:00', '2026-03-10T18:30'],
    ...['2026-03-11T08:00', '2026-03-11T09:00'],
  ]);
  house.worked.length = 0;
  await move(0);
  expect(house.worked).toEqual(['2026-03-10T09:00']);
  await Promise.all([move(1), move(2)]);
  expect(house.clock.today()).toBe('2026-03-12');
  // Months at once: no more than the last one is lived through.
  house.worked.length = 0;
  await move(1_000);
  expect(house.worked.length).toBeLessThan(160);
  expect(house.worked.at(-1)).toBe('2028-12-04T09:00');
});

describeWithChromium('the inbox in the page', (browser) => {
  let page: Page;
  let faults: string[];

  beforeEach(async () => {
    const port = await listening(house.server);
    faults = [];
    page = await browser().newPage({ viewport: { width: 1280, height: 900 } });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') faults.push(line.text());
    });
    await page.goto(`http://127.0.0.1:${port}/simulator`);
    await page.locator('.person').first().waitFor();
    await page.waitForResponse('**/inbox*');
  });

  afterEach(async () => {
    await page.close();
    await closed(house.server);
    expect(faults).toEqual([]);
  });

  test('shows an SMS as it arrives, on the phone, in the list and beside its holder', async () => {
    await send(awa, 'Jigisèmèjiri: paiement prévu.');
    await send(sitan, 'Jigisɛmɛjiri'.replaceAll('ɛ', 'è'));
    const inbox = page.locator('#inbox');
    await inbox.getByText('paiement prévu').waitFor();
    await inbox.getByText('accusé : remis').waitFor();
    await page.locator('#idle-sms', { hasText: '1 nouveau SMS' }).waitFor();
    await page
      .locator(`[data-msisdn="${sitan}"] .mail`, { hasText: '1' })
      .waitFor();
    await page.locator(`[data-msisdn="${sitan}"]`).click();
    await inbox.locator('.sms').first().waitFor();
    expect(await inbox.locator('.sms').count()).toBe(1);
  });

  test('sends what the phone writes back to the door of SMS', async () => {
    await page.locator('#words').fill('Bonjour 1');
    await page.keyboard.press('Enter');
    await page.locator('#sent-note', { hasText: 'Bonjour 1' }).waitFor();
    await page.getByRole('button', { name: 'STOP' }).click();
    await page.locator('#sent-note', { hasText: 'STOP' }).waitFor();
    const forms = house.written.map(
      ({ request: { text } }) => new URLSearchParams(text),
    );
    expect(forms.map((form) => [form.get('from'), form.get('text')])).toEqual([
      [awa, 'Bonjour 1'],
      [awa, 'STOP'],
    ]);
  });

  test('makes the gateway fail', async () => {
    await page.getByText('Pannes de la passerelle').click();
    const told = page.waitForResponse('**/manner');
    await page.getByText('En panne').click();
    await told;
    await expect(send(awa, 'x')).rejects.toThrow();
  });

  test.each([360, 1280])(
    'fits a page %d wide, however long a word is',
    async (width) => {
      await page.setViewportSize({ width, height: 740 });
      await send(awa, `Jigisèmèjiri: ${'x'.repeat(140)}`);
      await page.locator('.sms').first().waitFor();
      const surplus = await page.evaluate<number>(
        'document.documentElement.scrollWidth - innerWidth',
      );
      expect(surplus).toBeLessThanOrEqual(0);
    },
  );
});
