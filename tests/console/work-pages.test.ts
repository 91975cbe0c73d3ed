import type { Page } from 'playwright-core';
import { loadDemoComplaints } from '../../src/exchange/load-demo-complaints';
import { loadDemoProgramme } from '../../src/exchange/load-demo-programme';
import { addDemoAccounts } from '../../src/staff/demo-accounts';
import { loadTerritory } from '../../src/staff/territory';
import { describeWithChromium } from '../support/chromium';
import { consoleBench, type ConsoleBench } from '../support/console-bench';
import { look, picture, signInOn, widths } from '../support/console-visit';
import { testDatabase, type TestDatabase } from '../support/database';
import { aPhone } from '../support/phone';
import { smsWording } from '../support/reminders';
import { auditedActs, password } from '../support/staff';
import { ussdHouse } from '../support/ussd-house';
import { closed, listening } from '../webhooks/door-house';

/** Every page is looked at twice by a program that is slow of itself. */
const lookMs = 180_000;

describeWithChromium('the pages on which requests are worked', (browser) => {
  let store: TestDatabase;
  let bench: ConsoleBench;
  let origin: string;
  let page: Page;

  beforeAll(async () => {
    store = await testDatabase();
    await store.truncateAll();
    await loadTerritory(store.db);
    bench = consoleBench(store.db, { demo: true });
    const { clock } = bench.desk;
    await addDemoAccounts(bench.desk, password);
    await loadDemoProgramme({
      databaseUrl: store.url,
      clock,
      households: 2000,
    });

    const demo = { db: store.db, clock, wording: smsWording };
    expect(await loadDemoComplaints(demo)).toBeGreaterThan(40);
    origin = `http://127.0.0.1:${await listening(bench.server)}`;
  }, 120_000);
  afterAll(async () => {
    await closed(bench.server);
    await store.truncateAll();
    await store.close();
  });
  afterEach(() => page.context().close());

  async function open(login: string, javaScriptEnabled = true): Promise<void> {
    const context = await browser().newContext({
      ...{ javaScriptEnabled, locale: 'fr-FR' },
      viewport: { width: widths.wide, height: 900 },
    });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(`${origin}/console/connexion`);
    await signInOn(page, bench.desk, login);
    await page.getByRole('heading', { name: /^Bonjour/ }).waitFor();
  }

  /** Somebody who lives in the cercle. */
  async function householdOfKita(): Promise<number> {
    const { rows } = await store.db.pool.query<{ id: number }>(
      `select h.id from households h join territory_units unit on unit.code = h.commune_code
       where unit.parent_code = 'C-kita' order by h.id limit 1`,
    );
    return rows[0]?.id ?? 0;
  }

  /** Opens one form of a request, fills it in and sends it. */
  async function act(
    title: string,
    fields: Readonly<Record<string, string>>,
    press = title,
  ): Promise<void> {
    const form = page.locator('details', {
      has: page.locator('summary', { hasText: new RegExp(`^${title}$`) }),
    });
    await form.locator('summary').click();
    for (const [label, value] of Object.entries(fields)) {
      const field = form.getByLabel(label, { exact: true });
      const looks = await field.getAttribute('class');
      const isList = looks?.includes('govuk-select') === true;
      await (isList ? field.selectOption(value) : field.fill(value));
    }
    await form.getByRole('button', { name: press, exact: true }).click();
    await page.locator('.govuk-notification-banner').waitFor();
  }

  const go = (at: string) => page.goto(`${origin}/console${at}`);
  const button = (name: string) =>
    page.getByRole('button', { name, exact: true });

  test(
    'story G1: a card that is damaged, from the phone to an answer that is heard and accepted',
    async () => {
      const { clock } = bench.desk;
      const phone = aPhone({ ...ussdHouse(store.db), clock }, '+22360000001');
      await open('kita');
      await go('/demandes');
      await phone.dial();
      const filed = await phone.type('2', '3', '2', '2', '1201', '3');
      const [, pairs = ''] = /: (\d\d \d\d \d\d \d\d)/.exec(filed) ?? [];
      const reference = pairs.replaceAll(' ', '');
      expect(reference).toMatch(/^\d{8}$/);

      // The list is told by itself, and only when she wants is it another.
      const news = page.getByRole('link', { name: '1 nouvelle demande' });
      await news.waitFor({ timeout: 5_000 });
      await picture(page, 'g1-nouvelle-demande');
      await news.click();
      await page.locator('#cherche').fill(pairs);
      await button('Chercher').click();
      await page.getByRole('heading', { name: 'Carte abîmée' }).waitFor();
      await act('Prendre en compte', {});
      await act('M’en charger', {});
      await act('Noter', { Note: 'Preuve demandée au STM.' }, 'Garder la note');
      await page.getByText('Preuve demandée au STM.').waitFor();

      await page.getByRole('link', { name: 'Ouvrir la fiche' }).click();
      await button('Ouvrir la fiche').click();
      await page.getByText('••••••••').waitFor();
      expect(await page.locator('main').innerText()).not.toContain('60000001');
      await button('Afficher les numéros en entier').click();
      await page.getByText('+22360000001').waitFor();

      await go(`/demandes/${reference}`);
      await act(
        'Proposer une réponse',
        {
          'Ce qu’elle entendra': 'Votre carte est prête à la commune.',
          Décision: 'Fondée, réparée',
        },
        'Proposer',
      );
      await page.getByText('La réponse est proposée.').waitFor();
      await picture(page, 'g1-reponse-proposee');

      await phone.dial();
      const heard = await phone.type('3', '6', reference, '1', '1201');
      expect(heard).toContain('Votre carte est prete à la commune');
      await phone.type('1');
      await go(`/demandes/${reference}`);
      await page.getByText('Réponse acceptée').waitFor();
      await picture(page, 'g1-acceptee');

      const acts = await auditedActs(store.db);
      const [looked] = acts.filter((one) => one.includes('household.viewed'));
      expect(looked).toMatch(/^officer:\d+ household.viewed household:\d+$/);
      expect(acts.join('\n')).toMatch(/household\.revealed/);
    },
    lookMs,
  );

  test(
    'without script several requests are given away, and a view is kept',
    async () => {
      await open('kita', false);
      await go('/demandes?vue=sans-responsable&niveau=N2');
      const boxes = page.getByRole('checkbox');
      await boxes.nth(0).check();
      await boxes.nth(1).check();
      await page
        .getByLabel('Donner les demandes choisies à')
        .selectOption('Fanta Keïta (moi)');
      await button('Attribuer').click();
      await page.getByText('Les demandes choisies sont attribuées.').waitFor();
      await page.getByLabel('Garder cette vue sous le nom').fill('Communes');
      await button('Garder').click();
      await page.getByRole('link', { name: 'Communes' }).waitFor();
      await picture(page, 'demandes-vue-gardee');
    },
    lookMs,
  );

  test(
    'the keys cross the inbox, and it weighs less than 150 kB',
    async () => {
      await open('plaintes');
      const session = await page.context().newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.setCacheDisabled', { cacheDisabled: true });
      let bytes = 0;
      session.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength;
      });
      await go('/demandes');
      await page.waitForLoadState('networkidle');
      expect(bytes).toBeGreaterThan(30_000);
      expect(bytes).toBeLessThan(150_000);
      await page.keyboard.press('/');
      expect(await page.locator('#cherche:focus').count()).toBe(1);
      await page.locator('#cherche').blur();
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      const first = page.locator('.row-link').first();
      const name = await first.innerText();
      expect(await page.locator('.row-link:focus').innerText()).toBe(name);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name, level: 1 }).waitFor();
    },
    lookMs,
  );

  test(
    'what a cercle works: inbox, request, filing, calls, numbers, households',
    async () => {
      await open('kita');
      await look(page, 'accueil-plaintes', 'narrow');
      await go('/demandes');
      await look(page, 'demandes');
      await go('/demandes?vue=en-retard&categorie=C1');
      await look(page, 'demandes-vide', 'narrow');
      await go('/demandes');
      await page.getByText('Paie des travaux').first().click();
      await look(page, 'demande');
      await go('/demandes/nouvelle');
      await button('Enregistrer').click();
      await look(page, 'demande-nouvelle');
      await go('/rappels');
      await look(page, 'rappels', 'narrow');
      await go('/numeros');
      await look(page, 'numeros');
      await go('/orientation');
      await look(page, 'orientation', 'narrow');
      await go('/menages');
      await button('Chercher').click();
      await look(page, 'menages', 'narrow');
      await go(
        `/menages/${await householdOfKita()}?motif=complaint&precision=12345678`,
      );
      await look(page, 'menage-motif', 'narrow');
      await button('Ouvrir la fiche').click();
      await look(page, 'menage');
    },
    lookMs,
  );

  test(
    'what regions and the nation see besides: alerts, approvals, the register',
    async () => {
      await open('plaintes');
      await go('/demandes');
      await look(page, 'demandes-nation', 'narrow');
      await go('/demandes?vue=approbations');
      await page.locator('.row-link').first().click();
      await look(page, 'demande-approbation');
      await page.context().close();
      await open('rrsu');
      await go('/corrections');
      await look(page, 'corrections', 'narrow');
    },
    lookMs,
  );
});
