import type { Page } from 'playwright-core';
import { addDemoAccounts } from '../../src/staff/demo-accounts';
import { linkPath } from '../../src/staff/one-time-link';
import { makeAccountLink } from '../../src/staff/change-account';
import { loadTerritory } from '../../src/staff/territory';
import { describeWithChromium } from '../support/chromium';
import { consoleBench, type ConsoleBench } from '../support/console-bench';
import { look as lookAt, signInOn, widths } from '../support/console-visit';
import { testDatabase, type TestDatabase } from '../support/database';
import { anAccount, password } from '../support/staff';
import { closed, listening } from '../webhooks/door-house';

/** Every page is looked at twice by a program that is slow of itself. */
const lookMs = 180_000;

describeWithChromium('the console in a browser', (browser) => {
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
    origin = `http://127.0.0.1:${await listening(bench.server)}`;
  }, 60_000);
  afterAll(async () => {
    await closed(bench.server);
    await store.truncateAll();
    await store.close();
  });
  afterEach(() => page.context().close());

  /** A browser of its own, with script or without. */
  async function open(at: string, javaScriptEnabled = true): Promise<void> {
    const context = await browser().newContext({
      ...{ javaScriptEnabled, locale: 'fr-FR' },
      viewport: { width: widths.wide, height: 900 },
    });
    page = await context.newPage();
    await page.goto(`${origin}${at}`);
  }

  const button = (name: string) =>
    page.getByRole('button', { name, exact: true });

  const signIn = (login: string, hasCode = true): Promise<void> =>
    signInOn(page, bench.desk, login, hasCode);

  const look = (name: string): Promise<void> => lookAt(page, name);

  test(
    'signing in, with its faults and its second factor',
    async () => {
      await open('/console/connexion');
      await look('connexion');
      await button('Se connecter').click();
      await page.getByText('Écrivez votre identifiant.').first().waitFor();
      await look('connexion-erreur');
      await page.getByLabel('Identifiant').fill('kita');
      await page.getByLabel('Mot de passe', { exact: true }).fill(password);
      await button('Se connecter').click();
      await look('second-facteur');
      await page.getByLabel('Code').fill('000000');
      await button('Continuer').click();
      await look('second-facteur-erreur');
      bench.desk.clock.advance({ minutes: 10 });
    },
    lookMs,
  );

  test(
    'the start page of every kind of role, and one’s own account',
    async () => {
      for (const [login, hasCode] of [
        ['kita', true],
        ['ong', false],
        ['admin', true],
      ] as const) {
        await open('/console/connexion');
        await signIn(login, hasCode);
        await page.getByRole('heading', { name: /^Bonjour/ }).waitFor();
        await look(`accueil-${login}`);
        if (login !== 'admin') await page.context().close();
      }
      await page.goto(`${origin}/console/compte`);
      await look('mon-compte');
      await button('Faire de nouveaux codes').click();
      await look('codes-de-secours');
    },
    lookMs,
  );

  test(
    'accounts: list, new, link, one account, closed, nobody found',
    async () => {
      await open('/console/connexion');
      await signIn('admin');
      await page.getByRole('link', { name: 'Comptes' }).first().click();
      await look('comptes');
      await page.getByRole('button', { name: 'Nouveau compte' }).click();
      await button('Créer et faire le lien').click();
      await look('nouveau-compte-erreur');
      await page.getByLabel('Prénom et nom').fill('Seydou Sow');
      await page.getByLabel('Identifiant').fill('s.sow');
      await page
        .getByLabel('Rôle')
        .selectOption('Chargé des plaintes, commune');
      await page.getByLabel('Région, cercle ou commune').fill('Kita Ouest');
      await button('Créer et faire le lien').click();
      await look('lien-fait');
      await page.getByRole('link', { name: 'Voir le compte' }).click();
      await look('compte');
      await button('Fermer le compte').click();
      await page.getByText('Ce compte est fermé').waitFor();
      await look('compte-ferme');
      await page.goto(`${origin}/console/comptes?q=personne`);
      await look('comptes-vide');
      await page.goto(`${origin}/console/ailleurs`);
      await look('introuvable');
    },
    lookMs,
  );

  test(
    'an invitation, setting up the second factor, and pages that are refused',
    async () => {
      const account = await anAccount(
        bench.desk,
        { role: 'safeguards', login: 'neuve' },
        false,
      );
      const made = await makeAccountLink(bench.desk, {
        actor: 'cli',
        accountId: account.id,
      });
      await open(made.kind === 'made' ? linkPath(made.linkToken) : '');
      await look('choisir-mot-de-passe');
      await page.goto(`${origin}/console/lien/rien`);
      await look('lien-ferme');
      await page.goto(`${origin}/console/connexion`);
      await signIn('neuve', false);
      await page
        .getByRole('heading', { name: 'Activer le second facteur' })
        .waitFor();
      await look('activer');
      await page.context().close();
      await open('/console/connexion');
      await signIn('ong', false);
      await page.goto(`${origin}/console/comptes`);
      await look('refuse');
      await page.evaluate(`document.querySelector('[name=_csrf]').value = 'x'`);
      await button('Se déconnecter').click();
      await look('formulaire-refuse');
    },
    lookMs,
  );

  test(
    'everything is done without script',
    async () => {
      await open('/console/connexion', false);
      await signIn('admin');
      await page.getByRole('link', { name: 'Comptes' }).first().click();
      await page.getByRole('link', { name: 'Fanta Keïta' }).click();
      await button('Fermer ses sessions').count();
      await button('Faire un lien pour un nouveau mot de passe').click();
      await page.getByText('Le lien est fait').waitFor();
      await page.goto(`${origin}/console/compte`);
      await page.getByLabel('Mot de passe actuel').fill('wrong');
      await page
        .getByLabel('Nouveau mot de passe')
        .fill('quatre mots bien longs');
      await button('Changer le mot de passe').click();
      await page.getByText('pas votre mot de passe actuel').first().waitFor();
      await button('Se déconnecter').click();
      await page.getByText('Vous êtes déconnecté.').waitFor();
    },
    lookMs,
  );

  test(
    'the keys alone sign in, cross a list and sign out',
    async () => {
      await open('/console/connexion');
      const press = async (key: string, times = 1) => {
        for (let time = 0; time < times; time += 1)
          await page.keyboard.press(key);
      };
      /** Goes on by the tab key until this has the focus, and it is seen that it has. */
      const reach = async (selector: string) => {
        for (let steps = 0; steps < 60; steps += 1) {
          await press('Tab');
          const at = page.locator(`${selector}:focus`);
          if ((await at.count()) === 0) continue;
          expect(
            await page.evaluate(
              `(({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none')(getComputedStyle(document.activeElement))`,
            ),
          ).toBe(true);
          return;
        }
        throw new Error(`the tab key does not come to ${selector}`);
      };
      bench.desk.clock.advance({ minutes: 1 });
      await reach('.govuk-skip-link');
      await reach('#identifiant');
      await page.keyboard.type('admin');
      await reach('#mot-de-passe');
      await page.keyboard.type(password);
      await press('Enter');
      await page.locator('#code').waitFor();
      const code = await page.locator('.demo-code .code').innerText();
      await reach('#code');
      await page.keyboard.type(code);
      await press('Enter');
      await page.getByRole('heading', { name: /^Bonjour/ }).waitFor();
      await reach('.doors a');
      await press('Enter');
      await page.getByRole('heading', { name: 'Comptes' }).waitFor();
      await reach('.quiet');
      await press('Enter');
      await page.getByText('Vous êtes déconnecté.').waitFor();
    },
    lookMs,
  );

  test(
    'a first visit weighs less than 60 kB',
    async () => {
      const context = await browser().newContext();
      page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send('Network.enable');
      let bytes = 0;
      session.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength;
      });
      await page.goto(`${origin}/console/connexion`, {
        waitUntil: 'networkidle',
      });
      expect(bytes).toBeGreaterThan(10_000);
      expect(bytes).toBeLessThan(60_000);
    },
    lookMs,
  );
});
