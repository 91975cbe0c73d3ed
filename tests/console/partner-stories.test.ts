import type { Page } from 'playwright-core';
import { refreshFigures } from '../../src/complaints/refresh-figures';
import { askPhoneChange } from '../../src/messaging/ask-phone-change';
import { inTransaction } from '../../src/runtime/database';
import { addDemoAccounts } from '../../src/staff/demo-accounts';
import { loadTerritory } from '../../src/staff/territory';
import { describeWithChromium } from '../support/chromium';
import { consoleBench, type ConsoleBench } from '../support/console-bench';
import { picture, signInOn, widths } from '../support/console-visit';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { manyComplaints } from '../support/many-complaints';
import { aPhone } from '../support/phone';
import { smsWording } from '../support/reminders';
import { password } from '../support/staff';
import { ussdHouse } from '../support/ussd-house';
import { closed, listening } from '../webhooks/door-house';

const kitaOuest = 'ML010515';

describeWithChromium('stories of those who check and pay', (browser) => {
  let store: TestDatabase;
  let bench: ConsoleBench;
  let origin: string;
  let opened: Page[] = [];

  beforeAll(async () => {
    store = await testDatabase();
  });
  beforeEach(async () => {
    await store.truncateAll();
    await loadTerritory(store.db);
    bench = consoleBench(store.db, { demo: true });
    await addDemoAccounts(bench.desk, password);
    origin = `http://127.0.0.1:${await listening(bench.server)}`;
  }, 60_000);
  afterEach(async () => {
    for (const page of opened) await page.context().close();
    opened = [];
    await closed(bench.server);
  });
  afterAll(async () => {
    await store.truncateAll();
    await store.close();
  });

  async function open(login: string): Promise<Page> {
    const context = await browser().newContext({
      ...{ locale: 'fr-FR', acceptDownloads: true },
      viewport: { width: widths.wide, height: 900 },
    });
    const page = await context.newPage();
    opened.push(page);
    page.setDefaultTimeout(10_000);
    await page.goto(`${origin}/console/connexion`);
    await signInOn(page, bench.desk, login);
    await page.getByRole('heading', { name: /^Bonjour/ }).waitFor();
    return page;
  }

  const click = (page: Page, name: string) =>
    page.getByRole('link', { name, exact: true }).first().click();
  const press = (page: Page, name: string) =>
    page.getByRole('button', { name, exact: true }).first().click();
  const wordsOf = async (page: Page) =>
    (await page.locator('main').innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');
  const livesInKita = () =>
    store.db.pool.query('update households set commune_code = $1', [kitaOuest]);

  test('story B2: "Rien reçu" from a shared phone while the agency says paid: an officer of transfers finds the request by its wave, both sides beside each other', async () => {
    const relay = '+22376000003';
    for (const at of [0, 1])
      await aHousehold()
        .withCard(`2222000${at}`, `1${at}`)
        .on(relay, 'relay')
        .owed({
          ...{ wave: 'W-YOUWAROU', result: 'paid', zone: 'insecure' },
          ...{ window: ['2026-02-20', '2026-02-26'] },
        })
        .save(store.db);
    await livesInKita();
    await store.db.prisma.phone.create({
      data: { msisdn: relay, locale: 'fr' },
    });
    const phone = aPhone(ussdHouse(store.db), relay);
    await phone.dial();
    await phone.type('2', '2222000111', '3', '2');
    await refreshFigures({ db: store.db, clock: bench.desk.clock });

    const stm = await open('stm');
    await click(stm, 'Paiements');
    await stm.getByText('W-YOUWAROU').first().waitFor();
    await stm.getByRole('link', { name: /Demandes de la vague/ }).click();
    await stm.locator('a.row-link').first().click();
    const words = await wordsOf(stm);
    for (const word of ['Payé', 'Rien reçu', 'Écart', 'W-YOUWAROU'])
      expect(words).toContain(word);
    expect(words).not.toMatch(/22220001|76 ?00 ?00 ?03/);
    await picture(stm, 'b2-ecart');
  }, 60_000);

  test('story B3: a number changes after 72 hours and by two of the staff while a payment is near; the old one is told, the journal shows both', async () => {
    const [old, fresh] = ['+22376000001', '+22366000002'];
    const householdId = await aHousehold()
      .on(old)
      .owed({ window: ['2026-03-20', '2026-03-24'] })
      .save(store.db);
    await livesInKita();
    const { clock } = bench.desk;
    await inTransaction(store.db, (tx) =>
      askPhoneChange(
        { tx, clock, wording: smsWording },
        { householdId, newMsisdn: fresh },
      ),
    );
    expect(await store.db.prisma.message.findMany()).toMatchObject([
      { msisdn: old, purpose: 'phone.changeAsked' },
    ]);
    const stm = await open('stm');
    await click(stm, 'Numéros');
    await stm.getByText('peut dire non jusqu’au').waitFor();
    expect(await stm.getByRole('button', { name: 'Approuver' }).count()).toBe(
      0,
    );
    await store.db.pool.query(
      `update phone_changes set requested_at = requested_at - interval '72 hours'`,
    );
    await stm.reload();
    await press(stm, 'Approuver');
    await stm.getByText('il faut une autre personne').first().waitFor();
    await picture(stm, 'b3-premiere-approbation');
    const rrsu = await open('rrsu');
    await click(rrsu, 'Numéros');
    expect(await wordsOf(rrsu)).not.toMatch(/76000001|66000002/);
    await press(rrsu, 'Approuver');
    await rrsu.locator('.govuk-notification-banner').waitFor();
    expect(
      await store.db.prisma.phoneLink.findMany({ where: { endedAt: null } }),
    ).toMatchObject([{ msisdn: fresh }]);
    const auditor = await open('audit');
    await auditor.goto(`${origin}/console/audit?quoi=phoneChange`);
    const words = await wordsOf(auditor);
    for (const word of [
      'Oumar Diallo',
      'Aïssata Maïga',
      'première approbation',
    ])
      expect(words).toContain(word);
    await picture(auditor, 'b3-journal');
  }, 60_000);

  test('story A1: an agency sees its own lists, a card by its last digits and no telephone, and nothing of requests', async () => {
    await aHousehold()
      .withCard('12345678', '11')
      .on('+22376111111')
      .owed({ wave: 'OURS', result: 'paid', amountXof: 41_000 })
      .save(store.db);
    await aHousehold()
      .withCard('87654321', '22')
      .owed({ wave: 'THEIRS', amountXof: 52_000 })
      .save(store.db);
    await store.db.pool.query(
      `update waves set provider_code = case code when 'OURS' then 'KAFO' else 'P2' end`,
    );
    await livesInKita();
    await refreshFigures({ db: store.db, clock: bench.desk.clock });
    const agency = await open('agence');
    await click(agency, 'Listes');
    expect(await wordsOf(agency)).not.toContain('THEIRS');
    await agency.getByRole('link', { name: /OURS/ }).click();
    await agency.getByText('Kita Ouest').first().waitFor();
    await agency.getByLabel('Numéro de la carte').fill('1234 5678');
    await press(agency, 'Chercher');
    await agency.getByText('•••• 5678').waitFor();
    const words = await wordsOf(agency);
    expect(words).toContain('41 000 F CFA');
    expect(words).not.toMatch(/76 ?11|12345678|Canarie|Secrète/);
    await picture(agency, 'a1-carte');
    await agency.getByLabel('Numéro de la carte').fill('87654321');
    await press(agency, 'Chercher');
    await agency.getByText('n’est pas sur cette liste').waitFor();
    const refused = await agency.goto(`${origin}/console/demandes`);
    expect(refused?.status()).toBe(403);
  }, 60_000);

  test('story V1: a month on the page equals a recount, fifty payments are traced, the journal is read whole and an altered line is named', async () => {
    await manyComplaints(store.db, { households: 400, complaints: 800 });
    await store.db.pool.query(
      `update households set card_number = lpad((70000000 + id)::text, 8, '0')`,
    );
    await refreshFigures({ db: store.db, clock: bench.desk.clock });
    const auditor = await open('audit');
    await auditor.goto(`${origin}/console/chiffres?periode=2025-04`);
    const { rows } = await store.db.pool.query<{ received: number }>(
      `select count(*)::int as received from complaints where filed_at >= '2025-04-01' and filed_at < '2025-05-01'`,
    );
    expect((await wordsOf(auditor)).replaceAll(/\s+/g, ' ')).toMatch(
      new RegExp(
        `Reçues ${rows[0]?.received ?? '?'}\\b|\\b${rows[0]?.received ?? '?'} Reçues`,
      ),
    );
    await picture(auditor, 'v1-chiffres');
    await click(auditor, 'Paiements');
    await click(auditor, 'Tirer un échantillon');
    await auditor.getByText('carte ••••').first().waitFor();
    const sample = await wordsOf(auditor);
    expect(sample.match(/carte •••• \d{4}/g)).toHaveLength(50);
    expect(sample).not.toMatch(/\b700\d{5}\b|Canarie|\+223/);
    await picture(auditor, 'v1-echantillon');
    const verify = async () => {
      await auditor.goto(`${origin}/console/audit`);
      await press(auditor, 'Vérifier tout le journal');
      await auditor
        .locator('.govuk-notification-banner, [role=status], [role=alert]')
        .first()
        .waitFor();
      return wordsOf(auditor);
    };
    expect(await verify()).toMatch(/Aucune n.+est altérée/);
    await store.db.pool.query(
      `alter table audit_entries disable trigger user;
       update audit_entries set actor = 'officer:99' where action = 'payments.sampled';
       alter table audit_entries enable trigger user`,
    );
    expect(await verify()).toMatch(/La ligne n° \d+ a été altérée/);
    await picture(auditor, 'v1-journal-altere');
  }, 60_000);
});
