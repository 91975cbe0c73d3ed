import {
  aBrowser,
  type Browser,
  consoleBench,
  type ConsoleBench,
  signedIn,
} from '../support/console-bench';
import { escalateComplaints } from '../../src/complaints/escalate-complaints';
import { aComplaint, caseDesk, type TestCaseDesk } from '../support/cases';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { openLine } from '../support/sealed-line';
import { anAccount, aTerritory, auditedActs } from '../support/staff';

let store: TestDatabase;
let bench: ConsoleBench;
let desk: TestCaseDesk;
let officer: Browser;

beforeAll(async () => {
  store = await testDatabase();
  bench = consoleBench(store.db);
});
beforeEach(async () => {
  await store.truncateAll();
  await aTerritory(store.db);
  desk = caseDesk(store.db);
  const account = { role: 'cercleOfficer', territory: 'C-1' };
  officer = await signedIn(bench, await anAccount(bench.desk, account));
});
afterAll(() => store.close());

async function referenceOf(id: number): Promise<string> {
  const { reference } = await store.db.prisma.complaint.findUniqueOrThrow({
    where: { id },
  });
  return reference;
}

/** The version that the forms of a page carry. */
const versionOf = (page: string) =>
  /name="version" value="(\d+)"/.exec(page)?.[1] ?? '';

test('the most pressing stand first, page after page, each once', async () => {
  desk.clock.set('2026-02-28T09:00:00Z');
  for (let day = 0; day < 31; day += 1) {
    await aComplaint(desk);
    if (day % 2 === 0) desk.clock.advance({ days: 1 });
  }
  const first = await officer.get('/console/demandes');
  const [, next = ''] = /href="([^"]+apres=[^"]+)"/.exec(first.text) ?? [];
  const second = await officer.get(next.replaceAll('&amp;', '&'));
  const shown = [first, second].flatMap(({ text }) =>
    Array.from(
      text.matchAll(/row-link" href="[^"]+\/(\d{8})"/g),
      (one) => one[1],
    ),
  );
  const rows = await store.db.prisma.complaint.findMany({
    orderBy: [{ dueOn: 'asc' }, { reference: 'asc' }],
    select: { reference: true },
  });
  expect(shown).toEqual(rows.map(({ reference }) => reference));
  expect(first.text).toContain('En retard de');
  expect(first.text).toMatch(/À risque/);
});

test('a household is looked for by a form: its number stands in no address', async () => {
  const householdId = await aHousehold().save(store.db);
  const { householdNumber } = await store.db.prisma.household.update({
    where: { id: householdId },
    data: { communeCode: 'ML1' },
  });
  const id = await aComplaint(desk, { householdId });
  const reference = await referenceOf(id);
  const at = '/console/demandes/chercher';
  const search = (cherche: string) =>
    officer.post(at, { cherche }, '/console/demandes');
  const byNumber = await search(householdNumber);
  expect(byNumber.headers['location']).toBe(
    `/console/demandes?menage=${householdId}`,
  );
  const pairs = reference.replaceAll(/(\d\d)(?=\d)/g, '$1 ');
  expect((await search(pairs)).headers['location']).toBe(
    `/console/demandes/${reference}`,
  );
  const unknown = await search('RSU-NOBODY');
  expect(unknown.status).toBe(422);
  expect(unknown.text).toContain('Aucune demande de votre territoire');
});

test('why a household was looked for stands in the journal, without what was typed', async () => {
  const id = await aHousehold().save(store.db);
  const { householdNumber: cherche } = await store.db.prisma.household.update({
    where: { id },
    data: { communeCode: 'ML1' },
  });
  const asked = { cherche, motif: 'complaint', precision: 'elle appelle' };
  await officer.post('/console/menages', asked, '/console/menages');
  const entry = await store.db.prisma.auditEntry.findFirst({
    where: { action: 'household.searched' },
  });
  expect(entry?.detail).toEqual({ found: 1, reason: 'complaint' });
});

test('whoever acts on what somebody else has changed sees it as it is, and her words are kept', async () => {
  const id = await aComplaint(desk);
  const at = `/console/demandes/${await referenceOf(id)}`;
  const version = versionOf((await officer.get(at)).text);
  const first = await officer.post(
    `${at}/noter`,
    { version, note: 'Une.' },
    at,
  );
  expect(first.headers['location']).toBe(`${at}?fait=notee`);
  const late = await officer.post(
    `${at}/noter`,
    { version, note: 'Deux.' },
    at,
  );
  expect(late.status).toBe(409);
  expect(late.text).toContain('Quelqu’un d’autre a agi entre-temps');
  expect(late.text).toMatch(/<textarea[^>]*>Deux\.<\/textarea>/);
  expect(late.text).toContain('Une.');
  // The page was shown once more, and so it was seen once more: one look, two for the word of each form, and this.
  const acts = await auditedActs(store.db);
  const views = acts.filter((one) => one.includes('complaint.viewed'));
  expect(views).toHaveLength(4);
});

test('of several that are given at once, one on which somebody acted since they were shown stays as it is', async () => {
  const [first, second] = [await aComplaint(desk), await aComplaint(desk)];
  const list = '/console/demandes';
  const { text } = await officer.get(list);
  const [, to = ''] =
    /name="responsable"[\s\S]*?<option value="(\d+)"/.exec(text) ?? [];
  const chosen = Object.fromEntries(
    Array.from(
      text.matchAll(/name="(d-\d{8})" value="(\d+)"/g),
      ([, name = '', value = '']) => [name, value],
    ),
  );
  expect(Object.keys(chosen)).toHaveLength(2);
  const other = await store.db.prisma.staffAccount.findFirstOrThrow();
  await store.db.prisma.complaint.update({
    where: { id: first },
    data: { retaliation: true },
  });
  const form = { ...chosen, responsable: to === '' ? other.id : to };
  const given = await officer.post(`${list}/attribuer`, form, list);
  expect(given.text).toContain('1 sur 2 attribuée');
  const rows = await store.db.prisma.complaint.findMany({
    orderBy: { id: 'asc' },
    select: { id: true, assignedTo: true },
  });
  expect(rows).toEqual([
    { id: first, assignedTo: null },
    { id: second, assignedTo: Number(form.responsable) },
  ]);
});

test('both levels are told for three days of what went up because its delay had passed', async () => {
  const id = await aComplaint(desk);
  const pairs = (await referenceOf(id)).replaceAll(/(\d\d)(?=\d)/g, '$1 ');
  const low = { role: 'communeOfficer', territory: 'ML1' };
  const before = bench.desk.clock.now().toISOString();
  desk.clock.advance({ days: 5 });
  bench.desk.clock.set(desk.clock.now().toISOString());
  await escalateComplaints(desk);
  const later = async (browser: Browser) =>
    (await browser.get('/console/demandes')).text.replaceAll(/<[^>]*>/g, '');
  const commune = await signedIn(bench, await anAccount(bench.desk, low));
  expect(await later(commune)).toContain(
    `${pairs} est montée au niveau cercle`,
  );
  const high = { role: 'cercleOfficer', territory: 'C-1', login: 'kita' };
  const cercle = await signedIn(bench, await anAccount(bench.desk, high));
  expect(await later(cercle)).toContain(`${pairs} vient du niveau commune`);
  bench.desk.clock.advance({ days: 4 });
  const third = { ...high, login: 'kita-2' };
  const last = await signedIn(bench, await anAccount(bench.desk, third));
  expect(await later(last)).not.toContain('Délai passé depuis');
  bench.desk.clock.set(before);
});

test('words that belong to the sealed line are not kept, and sealing leaves nothing', async () => {
  const id = await aComplaint(desk);
  const reference = await referenceOf(id);
  const at = `/console/demandes/${reference}`;
  const { text } = await officer.get(at);
  const form = { version: versionOf(text), note: 'Elle parle de viol.' };
  const refused = await officer.post(`${at}/noter`, form, at);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('demande confidentielle');
  const unsure = await officer.post(`${at}/sceller`, form, at);
  expect(unsure.text).toContain('Choisissez oui');
  const sealing = { ...form, certain: 'oui' };
  const without = await officer.post(`${at}/sceller`, sealing, at);
  expect(without.status).toBe(409);
  expect(without.text).toContain('Rien n’est gardé');
  expect(without.text).toContain('+223 20 22 16 15');
  expect((await officer.get(at)).status).toBe(200);
  await openLine({ ...desk, db: store.db });
  const sealed = await officer.post(`${at}/sceller`, sealing, at);
  expect(sealed.headers['location']).toBe('/console/demandes?fait=scellee');
  expect((await officer.get(at)).status).toBe(404);
  expect((await auditedActs(store.db)).join('\n')).toContain(
    'complaint.viewed',
  );
});

test('what is brought for the sealed line before it has a key is kept nowhere, and she reads whom to call', async () => {
  const at = '/console/demandes/nouvelle';
  const form = { sujet: 'confidentielle', note: 'Elle parle de viol.' };
  const without = await officer.post(at, form, at);
  expect(without.status).toBe(409);
  expect(without.text).toContain('Rien n’est gardé');
  expect(without.text).toContain('+223 20 22 16 15');
  expect(without.text).not.toContain('viol');
  await openLine({ ...desk, db: store.db });
  const sealed = await officer.post(at, form, at);
  expect(sealed.headers['location']).toBe('/console/demandes?fait=scellee');
});

test('what comes is told in a few bytes, and asking for it keeps no session alive', async () => {
  await aComplaint(desk);
  const { text } = await officer.get('/console/demandes');
  const [, since = ''] = /data-since="([^"]+)"/.exec(text) ?? [];
  const ask = () =>
    officer.get(
      `/console/demandes/nouvelles?depuis=${encodeURIComponent(since)}`,
    );
  const none = await ask();
  expect(none.body).toEqual({ count: 0 });
  const again = await officer.agent
    .get(`/console/demandes/nouvelles?depuis=${encodeURIComponent(since)}`)
    .set('If-None-Match', String(none.headers['etag']));
  expect(again.status).toBe(304);
  await aComplaint(desk);
  await aComplaint(desk, { anonymous: true, respondBy: 'none' });
  await aComplaint(desk, { communeCode: 'ML2' });
  expect((await ask()).body).toEqual({ count: 2 });
  expect(
    (await officer.get('/console/demandes/nouvelles?depuis=x')).status,
  ).toBe(404);
  for (let minutes = 0; minutes <= 66; minutes += 6) {
    bench.desk.clock.advance({ minutes: 6 });
    await ask();
  }
  expect((await ask()).status).toBe(303);
});

test('a request is written down for somebody, by card or by place, and its number is shown once', async () => {
  const householdId = await aHousehold()
    .withCard('11115678', '90')
    .save(store.db);
  await store.db.prisma.household.update({
    where: { id: householdId },
    data: { communeCode: 'ML1' },
  });
  const at = '/console/demandes/nouvelle';
  const form = {
    ...{ canal: 'visit', sujet: 'card.lost', reponse: 'dial' },
    ...{ carte: '1111 5678', vue: '1', apportee: 'Son fils', note: 'Perdue.' },
  };
  const filed = await officer.post(at, form, at);
  expect(filed.text).toMatch(/\d\d \d\d \d\d \d\d/);
  const row = await store.db.prisma.complaint.findFirstOrThrow();
  expect(row).toMatchObject({
    ...{ householdId, communeCode: 'ML1', filedChannel: 'visit' },
    ...{ broughtBy: 'Son fils', proofLevel: 'L1', origin: 'console' },
  });
  const nowhere = await officer.post(
    at,
    { ...form, carte: '', commune: 'Nioro' },
    at,
  );
  expect(nowhere.status).toBe(422);
  expect(nowhere.text).toContain('Aucune commune de votre territoire');
});

test('without a session the poll leads to the sign-in page', async () => {
  const answer = await aBrowser(bench.server).get(
    '/console/demandes/nouvelles',
  );
  expect(answer.headers['location']).toMatch(/^\/console\/connexion/);
});
