import { startCampaign } from '../../src/campaigns/start-campaign';
import { Sender } from '../../src/messaging/sender';
import { aCrowd, aDraft, anApproved, goodTexts } from '../support/campaigns';
import {
  type Browser,
  consoleBench,
  type ConsoleBench,
  formWordOf,
  signedIn,
} from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { playedGateway, sendAllDue, sendingHouse } from '../support/sms-queue';
import { anAccount, aTerritory } from '../support/staff';
import { draftCampaign } from '../../src/campaigns/draft-campaign';
import { findStaff } from '../../src/staff/find-staff';

let store: TestDatabase;
let bench: ConsoleBench;
let officer: Browser;
let approver: Browser;

beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  bench = consoleBench(store.db);
  await aTerritory(store.db);
  await aCrowd(store.db, 12);
  officer = within(
    await signedIn(
      bench,
      await anAccount(bench.desk, { role: 'communication' }),
    ),
  );
  approver = within(
    await signedIn(bench, await anAccount(bench.desk, { role: 'stm' })),
  );
});
afterAll(() => store.close());

/** Sends forms from a page that she sees. */
function within(browser: Browser): Browser {
  return {
    ...browser,
    post: (path, sent) => browser.post(path, sent, '/console/compte'),
  };
}

const form = (change: Record<string, string> = {}) => ({
  ...{ titre: 'Nouvelles de mars', sujet: '', plafond: '10 000' },
  'texte-fr-own': goodTexts.fr.own,
  'texte-fr-shared': goodTexts.fr.shared,
  'texte-bm-own': goodTexts.bm.own,
  'texte-bm-shared': goodTexts.bm.shared,
  ...change,
});
const desk = () => bench.house.campaignDesk();

async function member(login: string) {
  const found = await findStaff(store.db, login);
  if (found === undefined) throw new Error(login);
  return found;
}

/** Writes a campaign through its form. @returns its page */
async function written(change: Record<string, string> = {}): Promise<string> {
  const answer = await officer.post(
    '/console/campagnes/nouvelle',
    form(change),
  );
  expect(answer.status).toBe(303);
  return String(answer.headers['location']).replace(/\?.*/, '');
}

test('a form that is refused keeps every word, and one that is taken becomes a draft', async () => {
  const refused = await officer.post(
    '/console/campagnes/nouvelle',
    form({ titre: '', plafond: 'beaucoup', 'u-cercle-C-1': '1' }),
  );
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Donnez un titre de 3 à 120 signes.');
  expect(refused.text).toContain('le plafond de coût, en F CFA');
  expect(refused.text).toContain('value="beaucoup"');
  expect(refused.text).toContain(goodTexts.fr.own);
  expect(refused.text).toMatch(/name="u-cercle-C-1" value="1" checked/);
  const later = await officer.post(
    '/console/campagnes/nouvelle',
    form({ depart: 'demain' }),
  );
  expect(later.text).toContain('heure du départ');
  const at = await written({
    ...{ 'u-cercle-C-1': '1', langue: 'fr', sexe: 'F' },
    menages: 'H-1\nH-2',
  });
  const page = await officer.get(at);
  expect(page.text).toContain('Une liste de 2 ménages');
  expect(page.text).toContain('Kita');
  expect((await officer.get('/console/campagnes?etat=draft')).text).toContain(
    'Nouvelles de mars',
  );
  expect((await officer.get('/console/campagnes?etat=done')).text).toContain(
    'Aucune campagne dans cet état.',
  );
  // What a list held stays while its box is ticked, and another's change is not overwritten.
  const kept = await officer.post(
    `${at}/changer`,
    form({ 'garder-liste': '1', version: '1', titre: 'Autre titre' }),
  );
  expect(kept.status).toBe(303);
  expect((await officer.get(at)).text).toContain('Une liste de 2 ménages');
  const stale = await officer.post(`${at}/changer`, form({ version: '1' }));
  expect(stale.status).toBe(409);
  expect(stale.text).toContain('a changé cette campagne entre-temps');
});

test('villages are chosen by commune, and a list of households comes as a file', async () => {
  const at = await written();
  const places = await officer.get(`${at}/lieux?commune=ML1`);
  expect(places.text).toContain('Sanakoro');
  const chosen = { commune: 'ML1', 'v-sanakoro': '1' };
  expect((await officer.post(`${at}/lieux`, chosen)).status).toBe(303);
  expect((await officer.get(at)).text).toContain('1 villages choisis');
  const word = formWordOf(places.text);
  const send = (text: string) =>
    officer.agent
      .post(`${at}/liste`)
      .field('_csrf', word)
      .attach('fichier', Buffer.from(text), 'menages.csv');
  expect((await send('household_number\nH-3\nH-4\nH-5\n')).status).toBe(303);
  expect((await officer.get(at)).text).toContain('Une liste de 3 ménages');
  const empty = await send('\n');
  expect(empty.status).toBe(422);
  expect(empty.text).toContain('la liste de ménages (100 000 au plus)');
});

test('a bad text is told beside itself and is not submitted', async () => {
  const at = await written({
    'texte-fr-own': 'Jigisèmèjiri: voyez https://exemple.ml',
  });
  const sentence = 'Un SMS du programme n&#39;a jamais de lien';
  expect((await officer.get(at)).text).toContain(sentence);
  expect((await officer.get(`${at}/changer`)).text).toContain(sentence);
  const refused = await officer.post(`${at}/soumettre`);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('href="#constat-1"');
  expect(refused.text).toContain('id="constat-1"');
});

test('a text that cannot be filled is told on every page of its campaign, and none of them fails', async () => {
  for (const text of ['Jigisèmèjiri: {{nom}}', 'Jigisèmèjiri: {{code']) {
    const at = await written({
      'texte-fr-own': text,
      'texte-fr-shared': text,
    });
    expect((await officer.get(at)).status).toBe(200);
    for (const page of ['apercu', 'chiffres', 'radio']) {
      const answer = await officer.get(`${at}/${page}`);
      expect({ text, page, status: answer.status }).toEqual({
        ...{ text, page, status: 200 },
      });
      expect(answer.text).toContain('Un texte est à corriger');
    }
    const tested = await officer.post(`${at}/essayer`, { numeros: '76123456' });
    expect(tested.status).toBe(422);
  }
});

test('one prepares and another approves, who sees warnings, fingerprint and ceiling; the author has no button', async () => {
  const at = await written();
  const preview = await officer.get(`${at}/apercu`);
  expect(preview.text).toMatch(/\+223[•]+\d\d/);
  expect(preview.text).not.toContain('+22370000001');
  const numbers = await officer.get(`${at}/chiffres`);
  expect(numbers.text).toContain('180 F CFA');
  expect(numbers.text).toContain('Orange');
  const submitted = await officer.post(`${at}/soumettre`);
  expect(submitted.headers['location']).toBe(`${at}?fait=campagneSoumise`);

  const own = await officer.get(at);
  expect(own.text).toContain('une autre personne l’approuve');
  expect(own.text).not.toContain('Approuver ces textes');
  const page = await approver.get(at);
  const [, fingerprint = ''] = /key">([^<]+)</.exec(page.text) ?? [];
  expect(fingerprint).not.toBe('');
  expect(page.text).toContain('10 000 F CFA');
  expect(page.text).toContain('relu par personne dont c&#39;est la langue');
  expect((await approver.get('/console')).text).toContain(
    'Campagnes à approuver',
  );
  const other = await approver.post(`${at}/approuver`, { version: 'autre' });
  expect(other.status).toBe(409);
  expect(other.text).toContain('empreinte diffère');
  const short = await approver.post(`${at}/refuser`, { pourquoi: 'x' });
  expect(short.status).toBe(422);
  expect(short.text).toContain('Écrivez pourquoi');
  await approver.post(`${at}/approuver`, { version: fingerprint });
  expect((await officer.get(at)).text).toContain('Approuvée');

  const started = await officer.post(`${at}/lancer`);
  expect(started.headers['location']).toBe(`${at}/envoi?fait=campagneLancee`);
  const told = await officer.get(`${at}/envoi/avance`);
  expect(told.body).toMatchObject({
    state: 'sending',
    texts: { target: '12', waiting: '12', percent: '0 %' },
  });
  await officer.post(`${at}/suspendre`);
  expect((await officer.get(`${at}/envoi`)).text).toContain('Reprendre');
  const again = await officer.post(`${at}/suspendre`);
  expect(again.status).toBe(409);
});

test('whoever may approve finds no button on what she wrote, and is told why when she tries', async () => {
  const made = await approver.post('/console/campagnes/nouvelle', form());
  const at = String(made.headers['location']).replace(/\?.*/, '');
  await approver.post(`${at}/soumettre`);
  const own = await approver.get(at);
  expect(own.text).toContain('une autre personne l’approuve');
  expect(own.text).not.toContain('Approuver ces textes');
  const [, version = ''] = /key">([^<]+)</.exec(own.text) ?? [];
  const tried = await approver.post(`${at}/approuver`, { version });
  expect(tried.status).toBe(409);
  expect(tried.text).toContain('Vous avez écrit ou soumis cette campagne');
  expect((await approver.get(at)).text).toContain('À approuver');
});

test('an alarm is told to whoever may decide, on the start page too, and nobody else goes on', async () => {
  const id = await anApproved(desk());
  await startCampaign(desk(), await member('communication'), id);
  await store.db.pool.query(
    `update campaigns set state = 'halted', halt_cause = 'tooManyFailures' where id = $1`,
    [id],
  );
  const start = await approver.get('/console');
  expect(start.text).toContain('Une campagne s’est arrêtée d’elle-même');
  expect(start.text).toContain('trop d&#39;échecs');
  expect((await officer.get('/console')).text).not.toContain('elle-même');
  const at = `/console/campagnes/${id}`;
  const page = await officer.get(`${at}/envoi`);
  expect(page.text).toContain('Quelqu’un qui approuve');
  expect(page.text).not.toContain(`${at}/reprendre`);
  const refused = await officer.post(`${at}/reprendre`);
  expect(refused.status).toBe(409);
  const resumed = await approver.post(`${at}/reprendre`);
  expect(resumed.headers['location']).toBe(`${at}/envoi?fait=campagneReprise`);
});

test('after the sending: villages, whom to visit without a name or a phone, files, failures, texts to say, costs', async () => {
  await store.db.pool.query(
    `update phone_links set ended_at = now() where household_id <= 2`,
  );
  const id = await anApproved(desk());
  await startCampaign(desk(), await member('communication'), id);
  const gateway = playedGateway();
  const house = sendingHouse(store.db, [gateway], { clock: bench.desk.clock });
  await sendAllDue(new Sender(house));
  await store.db.pool.query(
    `update messages set state = 'failed', reason = 'absent', settled_at = now() where msisdn = '+22370000012'`,
  );
  await store.db.pool.query(
    `update campaigns set state = 'done', ended_at = now() where id = $1`,
    [id],
  );
  const at = `/console/campagnes/${id}`;
  const board = await officer.get(`${at}/villages`);
  expect(board.text).toContain('Sanakoro');
  expect(board.text).toContain('Kita Ouest');
  for (const page of ['a-visiter', 'a-visiter.csv']) {
    const calls = await officer.get(`${at}/${page}`);
    const text = calls.text || String(calls.body);
    expect(text).toContain('C. S.');
    expect(text).not.toMatch(/Canarie|Secrète|70000012|10000001/);
  }
  expect((await officer.get(`${at}/villages.csv`)).text).toContain(
    'ML1;Sanakoro;12;0;9;1;',
  );
  expect((await officer.get(`${at}/relais`)).text).toMatch(
    /Sanakoro[^]*<td>2</,
  );
  expect((await officer.get(`${at}/radio`)).text).toContain('* 3 8 4 * 5 5 #');
  const retry = await officer.post(`${at}/echecs`);
  expect((await officer.get(String(retry.headers['location']))).text).toContain(
    'n’a pas atteints',
  );
  const kept = { nom: 'nouvelles', titre: 'Des nouvelles' };
  await officer.post(`${at}/modele`, kept);
  expect((await officer.get('/console/campagnes/modeles')).text).toContain(
    'Des nouvelles',
  );
  expect(
    (await officer.get('/console/campagnes/nouvelle?modele=nouvelles')).text,
  ).toContain(goodTexts.fr.own);
  const costs = await approver.get('/console/campagnes/couts');
  expect(costs.text).toContain('2026-03</th>');
  const price = { reseau: 'orange', jour: '2026-03-12', prix: '18' };
  await approver.post('/console/campagnes/prix', price);
  expect((await approver.get('/console/campagnes/couts')).text).toContain(
    '18 F CFA',
  );
  const bad = await approver.post('/console/campagnes/prix', { prix: 'x' });
  expect(bad.status).toBe(422);
});

test('a test goes to staff at once, and numbers that cannot be read are told with what was typed', async () => {
  const id = await draftCampaign(
    desk(),
    await member('communication'),
    aDraft(),
  );
  const at = `/console/campagnes/${id}`;
  const refused = await officer.post(`${at}/essayer`, { numeros: '12 34' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Donnez de 1 à 20 numéros maliens');
  expect(refused.text).toContain('12 34</textarea>');
  await officer.post(`${at}/essayer`, { numeros: '76 12 34 56\n66 12 34 56' });
  expect(await store.db.prisma.message.count()).toBe(8);
  const copy = await officer.post(`${at}/copier`);
  expect((await officer.get(String(copy.headers['location']))).text).toContain(
    '(copie)',
  );
  expect((await officer.get('/console/campagnes/999')).status).toBe(404);
});
