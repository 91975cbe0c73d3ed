import type { Page } from 'playwright-core';

import { describeWithChromium } from '../support/chromium';
import { type TinyHouse, tinyHouse } from '../support/tiny-house';
import { closed, listening } from '../webhooks/door-house';

describeWithChromium('the phone in the page', (browser) => {
  let house: TinyHouse;
  let page: Page;
  let faults: string[];

  beforeEach(async () => {
    house = tinyHouse();
    const port = await listening(house.server);
    faults = [];
    page = await browser().newPage({ viewport: { width: 1280, height: 860 } });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') faults.push(line.text());
    });
    await page.goto(`http://127.0.0.1:${port}/simulator`);
    await page.locator('.person').first().waitFor();
  });

  afterEach(async () => {
    await page.close();
    await closed(house.server);
  });

  const shows = (text: string) =>
    page.locator('#screen', { hasText: text }).waitFor({ state: 'visible' });
  const press = (name: string) =>
    page.locator('#phone').getByRole('button', { name, exact: true }).click();
  const call = () => page.locator('#key-call').click();
  const eventIsTold = () => page.waitForResponse('**/ussd-events');
  const paths = () =>
    house.turns.map(({ input }) =>
      input.mode === 'cumulative' ? input.path : input.reply,
    );

  test('dials, types, sends and reads with its own keys', async () => {
    await call();
    await shows('1 Mon paiement');
    await press('1');
    await press('Envoyer');
    await shows('Tapez les 4 derniers chiffres');
    for (const digit of '1201') await press(digit);
    await press('Envoyer');
    await shows('30 000 F CFA (2 mois)');
    expect(paths()).toEqual(['', '1', '1*1201']);
    expect(house.turns[0]?.msisdn).toBe('+22360000001');
    expect(faults).toEqual([]);
  });

  test('works from the keyboard alone', async () => {
    await page.keyboard.type('*384*55*1#');
    expect(await page.locator('#typed').textContent()).toBe('*384*55*1#');
    await page.keyboard.press('Enter');
    await shows('Tapez les 4 derniers chiffres');
    await page.keyboard.type('12019');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await shows('30 000 F CFA (2 mois)');
    const told = eventIsTold();
    await page.keyboard.press('Escape');
    await page.locator('#idle').waitFor({ state: 'visible' });
    await told;
    expect(paths()).toEqual(['1', '1*1201']);
    expect(house.ends.map(({ status }) => status)).toEqual(['incomplete']);
  });

  test('can be walked with the tab key, and digits work wherever the focus is', async () => {
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe(
      'Aller au téléphone',
    );
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('7');
    expect(await page.locator('#typed').textContent()).toBe('7');
    const outline = await page.evaluate<string>(
      'getComputedStyle(document.activeElement).outlineStyle',
    );
    expect(outline).not.toBe('none');
  });

  test('dials again under another id after it hung up', async () => {
    await call();
    await shows('1 Mon paiement');
    await page.locator('#key-hang-up').click();
    await page.locator('#redial', { hasText: 'Rappeler' }).click();
    await shows('1 Mon paiement');
    const ids = house.turns.map(({ sessionId }) => sessionId);
    expect(new Set(ids).size).toBe(2);
  });

  test('tells the end of a call that the service ended, and of none that was cut', async () => {
    await call();
    await shows('1 Mon paiement');
    const told = eventIsTold();
    await page.keyboard.type('0');
    await page.keyboard.press('Enter');
    await shows('Aw ni cè.');
    await told;
    expect(house.ends.map(({ status }) => status)).toEqual(['success']);

    await page.locator('#redial').click();
    await shows('1 Mon paiement');
    await page.locator('#cut').click();
    await shows('Réseau perdu.');
    await page.locator('#redial').click();
    await shows('1 Mon paiement');
    expect(house.ends).toHaveLength(1);
  });

  test('shows what went over the wire, what it filled, and the call to copy', async () => {
    await call();
    await shows('1 Mon paiement');
    const wire = page.locator('#wire');
    await wire.getByText('145 septets sur 160').waitFor();
    await wire.getByText('/webhooks/africastalking/demo/ussd').waitFor();
    await wire.getByText('+22360000001').waitFor();
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await shows('Tapez les 4');
    expect(await page.locator('#talk').textContent()).toMatch(
      /^\*384\*55# {2}depuis le 60 00 00 01\n\nJigisèmèjiri\n[^]+\n\n> 1\n\nTapez les 4/,
    );
    await page
      .context()
      .grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('#copy', { hasText: 'Copier' }).click();
    await page.locator('#copy', { hasText: 'Copié' }).waitFor();
    const copied = await page.evaluate<string>(
      'navigator.clipboard.readText()',
    );
    expect(copied).toContain('> 1');
  });

  test('calls as whoever is chosen, and ends the call of the one before', async () => {
    await call();
    await shows('1 Mon paiement');
    const told = eventIsTold();
    await page.getByText('Ménage suspendu').click();
    await told;
    await page.locator('#held').getByText('9000 1807 / 84').waitFor();
    await call();
    await shows('1 Mon paiement');
    expect(house.turns.map(({ msisdn }) => msisdn)).toEqual([
      '+22360000001',
      '+22360000007',
    ]);
  });

  test('a code that is not ours rings nowhere', async () => {
    await page.keyboard.type('*123#');
    await page.keyboard.press('Enter');
    await shows('code IHM non valide');
    expect(house.turns).toEqual([]);
  });

  test('says in French that the service is down, and works when it is back', async () => {
    const { port } = new URL(page.url());
    await closed(house.server);
    await call();
    await shows('Problème de connexion');
    await page
      .locator('#wire')
      .getByText('Le service ne répond pas.')
      .waitFor();
    await page.locator('#next-day').click();
    await page
      .locator('#trouble', { hasText: 'L’horloge n’a pas bougé' })
      .waitFor();
    await listening(house.server, Number(port));
    await page.locator('#redial').click();
    await shows('1 Mon paiement');
  });

  test('a service that fails is a courteous end, not a broken phone', async () => {
    house.failing = new Error('down');
    await call();
    await shows('Réessayez plus tard.');
    delete house.failing;
    await page.locator('#key-left').click();
    await call();
    await shows('1 Mon paiement');
  });

  test('moves the day and brings it back', async () => {
    await page.getByText('mardi 10/03/2026').waitFor();
    await page.getByText('+1 jour').click();
    await page.getByText('mercredi 11/03/2026').waitFor();
    expect(house.clock.today()).toBe('2026-03-11');
    await page.getByText('Aujourd’hui').click();
    await page.getByText('mardi 10/03/2026').waitFor();
  });

  test('folds the list of people on a narrow page, and opens it when there is room again', async () => {
    const people = page.locator('#people');
    await people.waitFor({ state: 'visible' });
    await page.setViewportSize({ width: 360, height: 740 });
    await people.waitFor({ state: 'hidden' });
    await page.reload();
    await people.waitFor({ state: 'hidden' });
    await page.setViewportSize({ width: 1280, height: 740 });
    await people.waitFor({ state: 'visible' });
  });

  test('fits pages from 320 to 1280 wide', async () => {
    await page.setViewportSize({ width: 320, height: 740 });
    await page.reload();
    await call();
    await shows('1 Mon paiement');
    for (const width of [320, 360, 768, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      const surplus = await page.evaluate<number>(
        'document.documentElement.scrollWidth - innerWidth',
      );
      const phone = await page.locator('#phone').boundingBox();
      const right = (phone?.x ?? -1) + (phone?.width ?? 0);
      expect({ width, surplus: Math.max(0, surplus) }).toEqual({
        ...{ width, surplus: 0 },
      });
      expect(right).toBeLessThanOrEqual(width);
    }
  });
});
