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

describeWithChromium('a first call from the page to the service', (browser) => {
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
  });

  beforeEach(async () => {
    await store.truncateAll({ keep: ['territory_units'] });
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
    ['Bambara', '1', 'N ka wari', 'Gèlèya lase'],
    ['French', '2', 'Mon paiement', 'Une demande'],
  ])(
    'is answered in %s from then on, hung up and dialled again',
    async (_name, key, payment, request) => {
      await dial();
      await shows('Kan sugandi');
      await reply(key);
      await shows(`1 ${payment}`);
      await hangUp();

      await dial();
      await shows(`3 ${request}`);
      await reply('0');
      await page
        .locator('#status-line', { hasText: 'Appel terminé' })
        .waitFor();
      expect(await page.locator('#wire').textContent()).toContain('END');
    },
  );
});
