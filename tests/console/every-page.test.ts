import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { createApp } from '../../src/app';
import type { Access } from '../../src/console/route';
import { routes } from '../../src/console/routes';
import { runEvery } from '../../src/jobs/run-every';
import { timetable } from '../../src/jobs/timetable';
import { loadConfig } from '../../src/runtime/config';
import { createLogger } from '../../src/runtime/logger';
import { DEMO_ACCOUNTS } from '../../src/staff/demo-accounts';
import { permissionsOf } from '../../src/staff/permissions';
import type { Permission } from '../../src/staff/roles';
import { buildHouse, type House } from '../../src/wiring';
import { describeWithChromium } from '../support/chromium';
import { look } from '../support/console-visit';
import { scratchDatabase, type TestDatabase } from '../support/database';
import { closed, listening } from '../webhooks/door-house';

const folder = mkdtempSync(path.join(tmpdir(), 'jigi-pages-'));

/** Addresses that answer with no page: files, and what a script asks for. */
const noPages = /\.(csv|xlsx)$|\/avance$|^\/demandes\/nouvelles$/;

/** Pages of whoever has not signed in, or is about to: looked at on the way in, and in tests/console/pages. */
const waysIn: readonly Access[] = ['anybody', 'passwordGiven'];

/** The address of one page of each kind, where the demo has it. */
const examples: Readonly<Record<string, string>> = {
  '/comptes/:id': '/comptes/2',
  '/menages/:id': '/menages/1',
  '/listes/:id': '/listes/1',
  '/registre/fichiers/:id': '/registre/fichiers/1',
};

/** Whose campaign is seen: the draft may be changed, the other has gone. */
const campaignOf = (route: string): string =>
  /changer|lieux/.test(route) ? '2' : '1';

/** Half of a file that is right, a column that nobody knows, a card of seven digits. */
const brokenFile = `household_number;card_number;card_check;pcode;village;recipient_first_name;recipient_last_name;phone;phone_owner;language;sms_consent;status;updated_at
MEN-EPP-1;9876543;21;ML010515;Sanakoro;Awa;Essai;;none;fr;yes;active;2026-01-02T06:00:00Z
MEN-EPP-2;98765432;21;ML010515;Sanakoro;Awa;Essai;;none;fr;yes;active;2026-01-02T06:00:00Z
`;

describeWithChromium('every page of the console', (browser) => {
  let store: TestDatabase;
  let house: House;
  let server: Server;
  let origin: string;
  const pages = new Map<string, Page>();

  beforeAll(async () => {
    store = await scratchDatabase();
    const log = createLogger({ level: 'silent' });
    const settings = { DATABASE_URL: store.url, DATA_DIR: folder };
    house = await buildHouse(loadConfig(settings), { log });
    const jobs = runEvery(timetable(house.timetable), log, house.metrics);
    await jobs.runNow();
    await jobs.stop();
    server = createApp(house);
    origin = `http://127.0.0.1:${await listening(server)}`;
  }, 120_000);
  afterAll(async () => {
    for (const page of pages.values()) await page.context().close();
    await closed(server);
    await house.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  /** The page of an account that holds a permission, signed in once. */
  async function pageOf(permission: Permission): Promise<Page> {
    const login = DEMO_ACCOUNTS.find(({ role }) =>
      permissionsOf(role).has(permission),
    )?.login;
    if (login === undefined) throw new Error(`nobody holds ${permission}`);
    const known = pages.get(login);
    if (known !== undefined) return known;
    const context = await browser().newContext({ locale: 'fr-FR' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    pages.set(login, page);
    await page.goto(`${origin}/console/connexion`);
    await page.getByLabel('Identifiant').fill(login);
    await page
      .getByLabel('Mot de passe', { exact: true })
      .fill(house.config.demoPassword ?? '');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    const code = page.locator('.demo-code .code');
    const greeting = page.getByRole('heading', { name: /^Bonjour/ });
    await code.or(greeting).waitFor();
    if (await greeting.isVisible()) return page;
    await page.getByLabel('Code').fill(await code.innerText());
    await page.getByRole('button', { name: 'Continuer' }).click();
    await greeting.waitFor();
    return page;
  }

  /** The first request that an account has in its inbox. */
  async function aReference(page: Page): Promise<string> {
    await page.goto(`${origin}/console/demandes`);
    const link = page.locator('a.row-link');
    const href = await link.first().getAttribute('href');
    return /\/demandes\/([\d-]+)/.exec(href ?? '')?.[1] ?? 'none';
  }

  async function addressOf(route: string, page: Page): Promise<string> {
    if (route.includes(':reference'))
      return route.replace(':reference', await aReference(page));
    if (route.startsWith('/campagnes/:id'))
      return route.replace(':id', campaignOf(route));
    const example = route.includes(':') ? examples[route] : route;
    if (example === undefined) throw new Error(`say which ${route} to look at`);
    return example;
  }

  const shown = routes.filter(
    ({ method, path: at, access }) =>
      method === 'get' && !noPages.test(at) && !waysIn.includes(access),
  );

  test('a file that is half wrong: its good lines are taken, the others come back, and both are told', async () => {
    const page = await pageOf('register.import');
    const file = path.join(folder, 'menages.csv');
    writeFileSync(file, brokenFile);
    await page.goto(`${origin}/console/registre`);
    await page.getByLabel('Fichier CSV').setInputFiles(file);
    await page.getByRole('button', { name: 'Importer' }).click();
    await page.getByRole('heading', { name: 'Importation' }).waitFor();
    const { log, metrics } = house;
    const jobs = runEvery(timetable(house.timetable), log, metrics);
    await jobs.runNow();
    await jobs.stop();
    await page.getByText('Télécharger les lignes rejetées').waitFor();
    const tiles = (await page.locator('.tiles').innerText()).replace(
      /\s+/g,
      ' ',
    );
    expect(tiles).toMatch(/Nouvelles 1 .*Rejetées 1/);
    await look(page, 'page-importation');
  }, 60_000);

  test('none is out of reach for anybody: no violation, nothing wider than a small phone, one heading, a title of its own, forms that work without script', async () => {
    const titles = new Map<string, string>();
    const looked: string[] = [];
    for (const { path: route, access } of shown) {
      const page = await pageOf(access as Permission);
      const at = await addressOf(route, page);
      const answer = await page.goto(`${origin}/console${at}`);
      expect([route, answer?.status()]).toEqual([route, 200]);
      await look(page, `page${at.replaceAll('/', '-')}`);
      const title = await page.title();
      // That of the sealed line tells nobody who looks over a shoulder what it is.
      if (!route.startsWith('/confidentiel'))
        expect([route, title, titles.get(title)]).toEqual([
          ...[route, title, undefined],
        ]);
      titles.set(title, route);
      expect([route, await pagesNeedingScript(page)]).toEqual([route, []]);
      looked.push(route);
    }
    expect(looked.length).toBeGreaterThan(35);
  }, 240_000);

  /** Forms without a button of their own, places of a page order that is not the page's, images without words. */
  async function pagesNeedingScript(page: Page): Promise<unknown[]> {
    return page.evaluate<unknown[]>(`[
      ...[...document.forms].filter((form) => form.querySelector('button:not([type=button]), input[type=submit]') === null)
        .map((form) => form.outerHTML.slice(0, 200)),
      ...[...document.querySelectorAll('[tabindex]')].filter((one) => one.tabIndex > 0).map((one) => one.outerHTML),
      ...[...document.querySelectorAll('a:not([href])')].map((one) => one.outerHTML),
    ]`);
  }
});
