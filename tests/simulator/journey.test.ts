import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Page } from 'playwright-core';

import { createApp } from '../../src/app';
import { loadConfig } from '../../src/runtime/config';
import { createLogger } from '../../src/runtime/logger';
import { buildHouse, type House } from '../../src/wiring';
import { describeWithChromium } from '../support/chromium';
import { type TestDatabase, testDatabase } from '../support/database';
import { closed, listening } from '../webhooks/door-house';

describeWithChromium('a call from the page to the demo', (browser) => {
  let store: TestDatabase;
  let dataDir: string;
  let house: House;
  let server: Server;
  let page: Page;

  beforeAll(async () => {
    store = await testDatabase();
    dataDir = await mkdtemp(path.join(tmpdir(), 'jigi-page-'));
    const settings = { DATABASE_URL: store.url, DATA_DIR: dataDir };
    house = await buildHouse(loadConfig(settings), {
      log: createLogger({ level: 'silent' }),
    });
    server = createApp(house);
    // Two thousand households are made and taken in on the way.
  }, 120_000);

  beforeEach(async () => {
    const port = await listening(server);
    page = await browser().newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.locator('.person').first().waitFor();
  });

  afterEach(async () => {
    await page.close();
    await closed(server);
  });

  afterAll(async () => {
    await house.close();
    await store.truncateAll();
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  const shows = (text: string) =>
    page.locator('#screen', { hasText: text }).waitFor({ state: 'visible' });
  const reply = async (digits: string) => {
    await page.keyboard.type(digits);
    await page.keyboard.press('Enter');
  };
  const dial = () => page.keyboard.press('Enter');
  const hangUp = async () => {
    const told = page.waitForResponse('**/ussd-events');
    await page.keyboard.press('Escape');
    await told;
  };

  test.each([
    {
      language: 'French',
      person: 'Awa',
      key: '2',
      payment: '1 Mon paiement',
      card: '1201',
      amount: '30 000 F CFA (2 mois)',
    },
    {
      language: 'Bambara',
      person: 'Sitan',
      key: '1',
      payment: '1 N ka wari',
      card: '1302',
      amount: '30 000 F CFA (kalo 2)',
    },
  ])(
    'is in $language once that was chosen, and ends with an amount',
    async ({ person, key, payment, card, amount }) => {
      await page.locator('.person', { hasText: person }).first().click();
      await dial();
      await shows('Kan sugandi');
      await reply(key);
      await shows(payment);
      await hangUp();

      await dial();
      await shows(payment);
      await reply('1');
      await shows('9 ');
      await reply(card);
      await shows(amount);
      await page
        .locator('#wire')
        .getByText('septets sur 160')
        .first()
        .waitFor();
      await reply('00');
      await shows(payment);
      await reply('0');
      await page
        .locator('#status-line', { hasText: 'Appel terminé' })
        .waitFor();
    },
  );
});
