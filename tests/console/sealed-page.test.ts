import type { Response } from 'supertest';
import { coverSealedCalls } from '../../src/complaints/cover-sealed-calls';
import { requestSealedCall } from '../../src/complaints/request-sealed-call';
import { readSealedCases } from '../../src/complaints/sealed';
import { stretchPassphrase } from '../../src/staff/stretch-passphrase';
import { routes } from '../../src/console/routes';
import { needsSecondFactor } from '../../src/staff/permissions';
import { roleNames, roleOf } from '../../src/staff/roles';
import {
  aBrowser,
  type Browser,
  consoleBench,
  type ConsoleBench,
  formWordOf,
  signedIn,
} from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { openLine, readers } from '../support/sealed-line';
import { anAccount, aTerritory, auditedActs } from '../support/staff';

const [aissata, rokia] = readers;
const home = '/console/confidentiel';

let store: TestDatabase;
let bench: ConsoleBench;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  await aTerritory(store.db);
  bench = consoleBench(store.db);
  await openLine(bench.house);
});
afterAll(() => store.close());

const ask = (place = 'a call', msisdn = '+22376123456') =>
  store.db.prisma.$transaction((tx) =>
    requestSealedCall(
      { tx, clock: bench.house.clock, hashKey: bench.house.hashKey },
      { place, msisdn, slot: 'evening', locale: 'bm', prefersWoman: true },
    ),
  );

async function focalPoint(login = 'aissata'): Promise<Browser> {
  const account = await anAccount(bench.desk, { role: 'focalPoint', login });
  return signedIn(bench, account);
}

const unlock = (
  browser: Browser,
  claim: { name: string; passphrase: string },
) =>
  browser.post(
    `${home}/ouvrir`,
    { nom: claim.name, phrase: claim.passphrase },
    home,
  );

test('a focal point opens the line in her session, calls, notes, and destroys when the survivor decides', async () => {
  await ask();
  const browser = await focalPoint();
  const locked = await browser.get(home);
  expect(locked.text).toContain('<title>Rappels – Jigi');
  expect(locked.text).not.toContain('76 12 34 56');
  expect((await unlock(browser, aissata)).headers['location']).toBe(home);
  const { text } = await browser.get(home);
  expect(text).toContain('76 12 34 56');
  expect(text).toContain('en bambara');
  expect(text).toContain('une femme (demandé)');
  const [, token = ''] = /name="dossier" value="(\w+)"/.exec(text) ?? [];

  const act = (verb: string, form: object) =>
    browser.post(`${home}/${verb}`, { dossier: token, ...form }, home);
  const early = await act('noter', { accord: 'no', orientee: 'yes' });
  expect([early.status, early.text]).toEqual([
    422,
    expect.stringContaining('si elle a dit oui'),
  ]);
  const noted = { lie: 'yes', accord: 'yes', orientee: 'yes' };
  expect((await act('noter', noted)).headers['location']).toBe(
    `${home}?fait=note`,
  );
  // The other reader, at her terminal, reads the same.
  expect((await readSealedCases(bench.house, rokia)).cases).toMatchObject([
    { token, note: 'yyy', msisdn: '+22376123456' },
  ]);
  expect((await act('clore', {})).status).toBe(422);
  expect((await act('clore', { decide: 'oui' })).headers['location']).toBe(
    `${home}?fait=clos`,
  );
  expect((await browser.get(home)).text).toContain('Personne n’attend');
  expect((await act('clore', { decide: 'oui' })).status).toBe(404);
  const acts = await auditedActs(store.db);
  expect(acts.filter((one) => one.includes('sealed.readerTied'))).toEqual([
    'officer:1 sealed.readerTied reader:1',
  ]);
  expect(acts.filter((one) => one === 'reader:1 sealed.read ').length).toBe(10);
  expect(acts).toContain('reader:1 sealed.forgotten ');
});

test('any process goes on with a sitting; the store or the browser alone opens nothing; it ends by rest, by closing and by signing out', async () => {
  await ask();
  const browser = await focalPoint();
  await unlock(browser, aissata);
  const isOpen = async () =>
    (await browser.get(home)).text.includes('76 12 34 56');
  expect(await isOpen()).toBe(true);
  const [kept] = await store.db.prisma.sealedSitting.findMany();
  await store.db.prisma.sealedSitting.updateMany({ data: { sessionId: 99 } });
  expect(await isOpen()).toBe(false);
  await store.db.prisma.sealedSitting.updateMany({
    data: { sessionId: kept?.sessionId ?? 0 },
  });
  expect(await isOpen()).toBe(true);
  bench.desk.clock.advance({ minutes: 11 });
  expect(await isOpen()).toBe(false);
  await unlock(browser, aissata);
  expect(await isOpen()).toBe(true);
  await browser.post(`${home}/fermer`, {}, home);
  expect(await isOpen()).toBe(false);
  await unlock(browser, aissata);
  await browser.post('/console/deconnexion', {}, '/console/compte');
  expect(await store.db.prisma.sealedSitting.count()).toBe(0);
});

test('an account is one reader: a colleague’s passphrase opens nothing for it, and wrong ones are recorded and slowed', async () => {
  const browser = await focalPoint();
  await unlock(browser, aissata);
  await browser.post(`${home}/fermer`, {}, home);
  const other = await unlock(browser, rokia);
  expect([other.status, other.text]).toEqual([
    422,
    expect.stringContaining('pas la phrase de passe'),
  ]);
  expect(await auditedActs(store.db)).toContain(
    'officer:1 sealed.refused reader:1',
  );
  for (let tries = 0; tries < 4; tries += 1) await unlock(browser, rokia);
  expect((await unlock(browser, aissata)).text).toContain('Trop d’essais');
});

test('a third reader is let in by two, each with her passphrase', async () => {
  const browser = await focalPoint('fanta');
  const at = `${home}/personnes`;
  const claim = { nom: 'Fanta', phrase: 'une lampe sous le manguier' };
  const form = {
    ...{ premiere: aissata.name, 'phrase-1': aissata.passphrase },
    ...{ seconde: rokia.name, ...claim, encore: claim.phrase },
  };
  const alone = { ...form, seconde: aissata.name, 'phrase-2': 'x' };
  expect((await browser.post(at, alone, at)).text).toContain(
    'Il faut deux personnes',
  );
  expect(
    (await browser.post(at, { ...form, 'phrase-2': 'x' }, at)).status,
  ).toBe(422);
  expect(await store.db.prisma.sealedReader.count()).toBe(2);
  const done = await browser.post(
    at,
    { ...form, 'phrase-2': rokia.passphrase },
    at,
  );
  expect(done.headers['location']).toBe(`${at}?fait=lectrice`);
  const opened = await unlock(browser, {
    ...{ name: 'Fanta', passphrase: claim.phrase },
  });
  expect(opened.headers['location']).toBe(home);
}, 30_000);

test('the watch tells of a new call without being opened, in a page of one size, and writes nothing', async () => {
  const browser = await focalPoint();
  const before = await browser.get(`${home}/veille`);
  expect(before.text).toContain('<title>00 rappel – Jigi');
  const entries = await store.db.prisma.auditEntry.count();
  await ask();
  const after = await browser.get(`${home}/veille`);
  expect(after.text).toContain('<title>01 rappel – Jigi');
  expect(after.text.length).toBe(before.text.length);
  expect(await store.db.prisma.auditEntry.count()).toBe(entries);
  expect(await store.db.prisma.message.count()).toBe(0);
});

test.each([
  ['its script', (at: string) => ({ at, head: { 'x-by-itself': '1' } })],
  ['no script', (at: string) => ({ at: `${at}?de-soi=1`, head: {} })],
])(
  'a watch that asks by itself, with %s, keeps no session alive; whoever opens it does',
  async (_how, asking) => {
    const browser = await focalPoint();
    const { at, head } = asking(`${home}/veille`);
    for (let n = 0; n < 11; n += 1) {
      bench.desk.clock.advance({ minutes: 6 });
      expect((await browser.get(`${home}/veille`)).status).toBe(200);
    }
    const page = await browser.get(`${home}/veille`);
    expect(page.text).toContain('content="40; url=?de-soi=1"');
    for (let n = 0; n < 11; n += 1) {
      bench.desk.clock.advance({ minutes: 6 });
      await browser.agent.get(at).set(head);
    }
    expect((await browser.get(`${home}/veille`)).status).toBe(404);
  },
);

/** A visitor of every role that reads no sealed line, and one who has not signed in. */
async function everybodyElse(): Promise<Map<string, Browser>> {
  const territory = { region: 'R-1', cercle: 'C-1', commune: 'ML1' };
  const nobody = aBrowser(bench.server);
  await nobody.get('/console/connexion');
  const browsers = new Map([['nobody', nobody]]);
  for (const role of roleNames.filter((name) => name !== 'focalPoint')) {
    const [reach] = roleOf(role).reach;
    const account = await anAccount(
      bench.desk,
      {
        role,
        territory: (Reflect.get(territory, reach) as string | undefined) ?? '',
        provider: reach === 'agency' ? 'P1' : '',
      },
      needsSecondFactor(role),
    );
    browsers.set(role, await signedIn(bench, account));
  }
  return browsers;
}

test('for everybody else its addresses are as any that nobody made, and two stores that differ by one case answer byte by byte alike everywhere', async () => {
  const browsers = await everybodyElse();
  const hidden = routes.filter(({ access }) => access === 'sealed.open');
  expect(hidden.length).toBeGreaterThan(6);
  for (const [role, browser] of browsers) {
    const start = await browser.get('/console/compte');
    expect(start.text).not.toContain('confidentiel');
    const word = formWordOf(start.text);
    const asked = async (method: 'get' | 'post', at: string) => {
      const { agent } = browser;
      const answer =
        method === 'get'
          ? await agent.get(`/console${at}`)
          : await agent
              .post(`/console${at}`)
              .type('form')
              .send({ _csrf: word });
      return { role, method, ...toldBy(answer) };
    };
    const nowhere = {
      get: await asked('get', '/nulle-part'),
      post: await asked('post', '/nulle-part'),
    };
    for (const { method, path } of hidden)
      expect(await asked(method, path)).toEqual(nowhere[method]);
  }

  // What is taken away, or drawn, is told to the journal.
  const isFile = (path: string): boolean =>
    /\/export\.|\/echantillon/.test(path);
  const pages = routes
    // The workbook is made of the same report as the page, and holds its own moment.
    .filter(({ method, path }) => method === 'get' && !path.endsWith('.xlsx'))
    .map(({ path }) => `/console${path.replaceAll(/:\w+/g, '1')}`)
    // Without its number a sample is drawn by lot.
    .map((at) => (at.endsWith('/echantillon') ? `${at}?tirage=1` : at));
  const answers = async (addresses: readonly string[]) => {
    const told: object[] = [];
    for (const [role, { agent }] of browsers)
      for (const at of addresses)
        told.push({ role, at, ...toldBy(await agent.get(at)) });
    return told;
  };
  await coverSealedCalls(bench.house);
  // Taking a file away is an act of its own in the audit: before the others and after them.
  const files = await answers(pages.filter(isFile));
  const others = pages.filter((at) => !isFile(at));
  const without = await answers(others);
  await ask();
  expect(await answers(others)).toEqual(without);
  expect(await answers(pages.filter(isFile))).toEqual(files);
  expect(without.length).toBeGreaterThan(100);
  const { cases } = await readSealedCases(bench.house, rokia);
  expect(cases).toHaveLength(1);
}, 120_000);

/** All of an answer but the moment at which it was given. */
function toldBy({ status, text, headers }: Response) {
  const { date: _date, ...rest } = headers as Record<string, string>;
  return { status, text, headers: rest };
}

test('a passphrase is stretched as libsodium does it, so that older copies of the key still open', async () => {
  const cost = { opsLimit: 3, memoryKib: 1024 };
  const key = await stretchPassphrase(
    aissata.passphrase,
    Buffer.alloc(16, 7),
    cost,
  );
  expect(Buffer.from(key).toString('hex')).toBe(
    '9eb99353e53457715ec1c836f483acfc7709e45552593711bdf5678673104b25',
  );
});
