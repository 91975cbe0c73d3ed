import type { Page } from 'playwright-core';
import { refreshFigures } from '../../src/complaints/refresh-figures';
import { requestSealedCall } from '../../src/complaints/request-sealed-call';
import { importUploads } from '../../src/exchange/import-uploads';
import { addDemoAccounts } from '../../src/staff/demo-accounts';
import { loadTerritory } from '../../src/staff/territory';
import { describeWithChromium } from '../support/chromium';
import { consoleBench, type ConsoleBench } from '../support/console-bench';
import { look, picture, signInOn, widths } from '../support/console-visit';
import { testDatabase, type TestDatabase } from '../support/database';
import { manyComplaints } from '../support/many-complaints';
import { openLine, readers } from '../support/sealed-line';
import { password } from '../support/staff';
import { closed, listening } from '../webhooks/door-house';

/** Every page is looked at twice by a program that is slow of itself. */
const lookMs = 180_000;

const [aissata] = readers;

describeWithChromium(
  'the pages of figures, sources, audit and call-backs',
  (browser) => {
    let store: TestDatabase;
    let bench: ConsoleBench;
    let origin: string;
    let page: Page;

    beforeAll(async () => {
      store = await testDatabase();
      await store.truncateAll();
      await loadTerritory(store.db);
      bench = consoleBench(store.db, { demo: true });
      await addDemoAccounts(bench.desk, password);
      await manyComplaints(store.db, { households: 2000, complaints: 3000 });
      await refreshFigures({ db: store.db, clock: bench.desk.clock });
      await openLine(bench.house);
      await store.db.pool.query(
        `insert into menu_figures select date '2026-03-12' - n, screen, locale, 400 - n * 11, 210, 12
          from generate_series(0, 12) n, unnest(array['calls', 'main.menu', 'identity.card', 'payment.next', 'identity.lockedSoon']) screen, unnest(array['fr', 'bm']) locale`,
      );
      origin = `http://127.0.0.1:${await listening(bench.server)}`;
    }, 120_000);
    afterAll(async () => {
      await closed(bench.server);
      await store.truncateAll();
      await store.close();
    });
    afterEach(() => page.context().close());

    async function open(login: string, javaScriptEnabled = true) {
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

    const button = (name: string) =>
      page.getByRole('button', { name, exact: true });

    test(
      'figures by period and place, on paper, and of the menu',
      async () => {
        await open('plaintes');
        await page.getByRole('link', { name: 'Chiffres' }).first().click();
        await page.locator('#periode').selectOption('2025');
        await button('Compter').click();
        await look(page, 'chiffres');
        await page.emulateMedia({ media: 'print' });
        await picture(page, 'chiffres-papier');
        await page.emulateMedia({ media: 'screen' });
        await page.locator('#region').selectOption('Kayes');
        await page.locator('#sexe').selectOption('Femmes');
        await button('Compter').click();
        await picture(page, 'chiffres-kayes');
        await page.getByRole('link', { name: 'Chiffres du menu' }).click();
        await look(page, 'chiffres-menu');
      },
      lookMs,
    );

    test(
      'a file is sent and followed without script, and the sources tell of it',
      async () => {
        await open('rrsu', false);
        await page.getByRole('link', { name: 'Registre' }).first().click();
        await page.getByLabel('Fichier CSV').setInputFiles({
          ...{ name: 'regles-2026.csv', mimeType: 'text/csv' },
          buffer: Buffer.from(
            'rule_code;programme;financing;name_fr;monthly_amount_xof;lump_sum_xof;months_per_instalment;duration_months;valid_from;valid_to\nTM;TM;BM;Transfert;15000;;2;36;2024-01-01;\nBAD;TM;BM;x;quinze;;2;36;2024-01-01;\n',
          ),
        });
        await button('Importer').click();
        await page.getByText('Attend son tour').waitFor();
        await importUploads({
          ...{ db: store.db, clock: bench.house.clock },
          log: { error: () => undefined },
        });
        const at = page.url();
        await page.context().close();
        await open('rrsu');
        await page.goto(at);
        await look(page, 'importation');
        await page.getByRole('link', { name: 'Registre' }).first().click();
        await look(page, 'registre');
      },
      lookMs,
    );

    test(
      'the audit chain is read and found whole',
      async () => {
        await open('audit');
        await page.getByRole('link', { name: 'Audit' }).first().click();
        await button('Vérifier tout le journal').click();
        await page.getByText('Aucune n').waitFor();
        await look(page, 'audit');
      },
      lookMs,
    );

    test(
      'story F1: a focal point hears of a call, opens, notes and closes; without script too',
      async () => {
        await open('pointfocal', false);
        const start = await page.content();
        expect(start).toContain('Rappels');
        await page.getByRole('link', { name: 'Rappels' }).first().click();
        await page.getByRole('link', { name: /^Veille/ }).click();
        expect(await page.title()).toBe('00 rappel – Jigi');
        for (const msisdn of ['+22376123456', '+22366910375'])
          await store.db.prisma.$transaction((tx) =>
            requestSealedCall(
              {
                ...{ tx, clock: bench.house.clock },
                hashKey: bench.house.hashKey,
              },
              {
                ...{ place: msisdn, msisdn, slot: 'evening', locale: 'bm' },
                prefersWoman: true,
              },
            ),
          );
        await page.reload();
        expect(await page.title()).toBe('02 rappel – Jigi');
        await page.getByRole('link', { name: 'Ouvrir' }).click();
        await page.getByLabel('Votre nom').selectOption(aissata.name);
        await page.getByLabel('Phrase de passe').fill(aissata.passphrase);
        await button('Ouvrir').click();
        const call = page.locator('.call').first();
        await call.getByText('Noter l’accord').click();
        await call
          .getByRole('group', { name: 'Elle accepte' })
          .getByLabel('Oui')
          .check();
        await call.getByRole('button', { name: 'Noter', exact: true }).click();
        await page.getByText('C’est noté').waitFor();
        await page.locator('.call').first().getByText('Clore quand').click();
        await page.getByLabel('C’est elle qui décide').first().check();
        await button('Clore et détruire').first().click();
        await page.getByText('C’est détruit').waitFor();
        expect(await page.locator('.call').count()).toBe(1);
        await button('Refermer').click();
        await page.context().close();

        await open('pointfocal');
        await page.goto(`${origin}/console/confidentiel`);
        await look(page, 'rappels-ferme');
        await page.getByLabel('Phrase de passe').fill(aissata.passphrase);
        await button('Ouvrir').click();
        await page.locator('.call').first().waitFor();
        await look(page, 'rappels');
        await page.goto(`${origin}/console/confidentiel/personnes`);
        await look(page, 'rappels-personnes');
        await page.goto(`${origin}/console/confidentiel/veille`);
        await look(page, 'veille');
      },
      lookMs,
    );
  },
);
