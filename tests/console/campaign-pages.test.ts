import type { Page } from 'playwright-core';
import { watchCampaigns } from '../../src/campaigns/watch-campaigns';
import { settleReports } from '../../src/messaging/settle-reports';
import { Sender } from '../../src/messaging/sender';
import { inSqlTransaction } from '../../src/runtime/sql-transaction';
import { addDemoAccounts } from '../../src/staff/demo-accounts';
import { loadTerritory } from '../../src/staff/territory';
import { aCrowd } from '../support/campaigns';
import { describeWithChromium } from '../support/chromium';
import { consoleBench, type ConsoleBench } from '../support/console-bench';
import {
  look as lookAt,
  picture,
  signInOn,
  widths,
} from '../support/console-visit';
import { testDatabase, type TestDatabase } from '../support/database';
import { playedGateway, sendAllDue, sendingHouse } from '../support/sms-queue';
import { type SmsSink, smsSink } from '../support/sms-sink';
import { password } from '../support/staff';
import { startWorker } from '../support/worker-process';
import { closed, listening } from '../webhooks/door-house';

/** Phones of the story, and requests that its worker has under way at once. */
const crowd = 90;
const inFlight = 6;

describeWithChromium('a campaign in a browser', (browser) => {
  let store: TestDatabase;
  let bench: ConsoleBench;
  let origin: string;
  let sink: SmsSink;
  const pages: Page[] = [];

  beforeAll(async () => {
    store = await testDatabase();
    await store.truncateAll();
    await loadTerritory(store.db);
    bench = consoleBench(store.db, { demo: true });
    await addDemoAccounts(bench.desk, password);
    await aCrowd(store.db, crowd + 10);
    await store.db.pool.query(
      `update households set commune_code = 'ML010515', village_key = village.key, village = village.name
         from (values (0, 'sanakoro', 'Sanakoro'), (1, 'dindala', 'Dindala'), (2, 'balandougou', 'Balandougou'),
           (3, 'boudofo', 'Boudofo'), (4, 'samantara', 'Samantara')) as village (place, key, name)
         where households.id % 5 = village.place;
       delete from phone_links where household_id > ${crowd};
       update phone_links set msisdn = '+22366' || right(msisdn, 6) where household_id % 3 = 0;
       insert into phones (msisdn, locale) select msisdn, 'bm' from phone_links where household_id % 2 = 0`,
    );
    sink = await smsSink(5);
    origin = `http://127.0.0.1:${await listening(bench.server)}`;
  }, 60_000);
  afterAll(async () => {
    for (const page of pages) await page.context().close();
    await closed(bench.server);
    await sink.close();
    await store.truncateAll();
    await store.close();
  });

  async function open(login: string, javaScriptEnabled: boolean) {
    const context = await browser().newContext({
      ...{ javaScriptEnabled, locale: 'fr-FR' },
      viewport: { width: widths.wide, height: 900 },
    });
    const page = await context.newPage();
    pages.push(page);
    page.setDefaultTimeout(10_000);
    await page.goto(`${origin}/console/connexion`);
    await signInOn(page, bench.desk, login);
    await page.getByRole('heading', { name: /^Bonjour/ }).waitFor();
    return page;
  }

  /** Sends all that is due, after a worker that is gone. @returns the numbers that were told */
  async function sendTheRest(): Promise<string[]> {
    const gateway = playedGateway();
    const house = sendingHouse(store.db, [gateway], {
      ...{ clock: bench.desk.clock, limits: { goneAfterMs: 10 } },
    });
    await sendAllDue(new Sender(house));
    return gateway.requests.flatMap(({ recipients }) =>
      recipients.map(({ msisdn }) => msisdn),
    );
  }

  /** The console's clock stands still; a worker goes by the machine's, at whatever hour it is. */
  async function moveTo(clock: 'worker' | 'console'): Promise<void> {
    const now =
      clock === 'worker' ? 'now()' : `'2026-03-12T09:00:00Z'::timestamptz`;
    await store.db.pool.query(
      `update messages set due_at = ${now} - interval '1 second', expires_at = ${now} + interval '3 days';
       update message_gates set any_hour = true`,
    );
  }

  test('story A2: prepared, refused, approved by another, started, stopped at a third, its worker killed with -9, resumed, finished', async () => {
    const officer = await open('communication', true);
    const press = (page: Page, name: string) =>
      page.getByRole('button', { name, exact: true }).click();
    const act = async (page: Page, title: string, button: string) => {
      const summary = page.locator('.acting summary', {
        hasText: new RegExp(`^${title}$`),
      });
      await summary.click();
      await press(page, button);
    };
    const tab = (page: Page, name: string) =>
      page
        .getByRole('navigation', { name: 'Pages de la campagne' })
        .getByRole('link', { name, exact: true })
        .click();

    // She writes it, with a link that no SMS may have.
    await officer.goto(`${origin}/console/campagnes`);
    await officer
      .getByRole('button', { name: 'Préparer une campagne' })
      .click();
    await officer.getByRole('link', { name: 'Avez-vous été payée ?' }).click();
    await officer
      .getByLabel('Titre, pour le personnel')
      .fill('Kita: avez-vous été payée ?');
    for (const unit of [0, 1])
      await officer
        .locator('.tree summary', { hasText: /^Kita/ })
        .nth(unit)
        .click();
    await officer.getByLabel('Tout le cercle Kita').check();
    await officer.locator('#plafond').fill('5000');
    const text = officer.locator('#texte-fr-own');
    const good = await text.inputValue();
    await text.fill('Jigisèmèjiri: voyez www.exemple.ml');
    await press(officer, 'Enregistrer et relire');
    await act(officer, 'Soumettre', 'Figer le public et soumettre');
    await officer.getByText('jamais de lien').first().waitFor();
    await lookAt(officer, 'campagne-refusee');
    await officer.getByRole('link', { name: 'Continuer le brouillon' }).click();
    await officer.locator('#texte-fr-own').fill(good);
    await lookAt(officer, 'campagne-brouillon');
    await press(officer, 'Enregistrer et relire');
    const at = officer.url().replace(/\?.*/, '');
    await tab(officer, 'Aperçu');
    await picture(officer, 'campagne-apercu-wide');
    await lookAt(officer, 'campagne-apercu', 'narrow');
    await tab(officer, 'Chiffres');
    await picture(officer, 'campagne-chiffres-wide');
    await lookAt(officer, 'campagne-chiffres', 'narrow');
    await tab(officer, 'Résumé');
    await act(officer, 'Soumettre', 'Figer le public et soumettre');
    await officer.getByText('une autre personne l’approuve').waitFor();

    // The other person has no script, and approves what she was shown.
    const second = await open('stm', false);
    await second.getByRole('link', { name: /Campagnes à approuver/ }).click();
    await second.getByRole('link', { name: /^Kita/ }).click();
    await picture(second, 'campagne-a-approuver');
    await act(second, 'Approuver', 'Approuver ces textes et ce public');
    await second.getByText('Approuvée').first().waitFor();

    await officer.goto(at);
    await act(officer, 'Lancer maintenant', 'Lancer l’envoi');
    // With a script the numbers move by themselves, and what another does is seen.
    sink.allow(crowd / 3);
    await moveTo('worker');
    const worker = await startWorker({
      ...{ databaseUrl: store.url, sinkUrl: sink.url, inFlight },
    });
    try {
      await officer.getByText('33 %').waitFor({ timeout: 30_000 });
      await second.goto(`${at}/envoi`);
      await press(second, 'Suspendre');
      await officer.getByRole('button', { name: 'Reprendre' }).waitFor();
      await picture(officer, 'campagne-suspendue-wide');
      await lookAt(officer, 'campagne-suspendue', 'narrow');
    } finally {
      // Its last requests have come to the gateway and are not answered.
      worker.signal('SIGKILL');
      await worker.close();
    }
    await moveTo('console');
    expect(await sendTheRest()).toEqual([]);
    await press(second, 'Reprendre');
    await second.getByText('L’envoi a repris.').waitFor();
    const told = await sendTheRest();
    for (const [number, times] of sink.received)
      expect([number, times]).toEqual([number, 1]);
    const numbers = [...sink.received.keys()].map((one) =>
      one.startsWith('+') ? one : `+${one}`,
    );
    expect(new Set([...told, ...numbers]).size).toBe(crowd);
    expect(told.length + numbers.length).toBe(crowd);
    expect(numbers.length).toBeLessThanOrEqual(crowd / 3 + inFlight);
    await reportsCome();
    await watchCampaigns(bench.house.campaignDesk(), bench.house.log as never);
    // The live page may be turning to the finished one by itself at this very moment.
    const again = () => officer.goto(`${at}/envoi`);
    await again().catch(again);
    await lookAt(officer, 'campagne-finie', 'narrow');
    const counts = (await officer.locator('.live-states dd').allInnerTexts())
      .map(Number)
      .reduce((sum, one) => sum + one, 0);
    expect(counts).toBe(crowd);
    const phones = await store.db.prisma.message.groupBy({
      ...{ by: ['msisdn'], _count: true },
    });
    expect(phones).toHaveLength(crowd);
    await tab(officer, 'Villages');
    await picture(officer, 'campagne-villages-wide');
    await lookAt(officer, 'campagne-villages', 'narrow');
    await tab(officer, 'À visiter');
    await lookAt(officer, 'campagne-a-visiter', 'narrow');
    await tab(officer, 'Relais');
    await lookAt(officer, 'campagne-relais', 'narrow');
    await tab(officer, 'Radio et affiche');
    await lookAt(officer, 'campagne-radio', 'wide');
    await officer.goto(`${origin}/console/campagnes`);
    await lookAt(officer, 'campagnes', 'narrow');
    await officer.goto(`${origin}/console/campagnes/couts`);
    await lookAt(officer, 'campagnes-couts', 'narrow');
  }, 120_000);

  /** Most arrive, some do not, of a few nobody tells. */
  async function reportsCome(): Promise<void> {
    const sent = await store.db.prisma.message.findMany({
      where: { state: 'sent' },
      select: { providerId: true, gateway: true },
    });
    await inSqlTransaction(store.db, (tx) =>
      settleReports(
        tx,
        sent
          .filter((_one, place) => place % 15 !== 0)
          .map(({ providerId, gateway }, place) => ({
            ...{ gateway: gateway ?? '', ourId: null, msisdn: null },
            ...{ providerId, at: bench.desk.clock.now() },
            ...(place % 9 === 0
              ? { state: 'failed' as const, reason: 'absent' as const }
              : { state: 'delivered' as const, reason: null }),
          })),
      ),
    );
  }
});
