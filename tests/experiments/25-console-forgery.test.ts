import request from 'supertest';
import { loadTerritory } from '../../src/staff/territory';
import {
  aBrowser,
  consoleBench,
  type ConsoleBench,
  formWordOf,
  signedIn,
} from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { anAccount, password } from '../support/staff';

let store: TestDatabase;
let bench: ConsoleBench;

beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  bench = consoleBench(store.db);
});
afterAll(() => store.close());

const cookieOf = (headers: Record<string, unknown>): string =>
  String(headers['set-cookie']);

test('experiment 25: forms without their word, with another session’s, or from another site are refused and do nothing', async () => {
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'administrator' }),
  );
  const other = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'administrator', login: 'admin2' }),
  );
  const word = formWordOf((await browser.get('/console/compte')).text);
  const foreign = formWordOf((await other.get('/console/compte')).text);
  const forged: [string, object, Record<string, string>][] = [
    ['without a word', {}, {}],
    ['with a wrong word', { _csrf: 'x' }, {}],
    ['with the word of another session', { _csrf: foreign }, {}],
    ['with the word twice', { _csrf: [word, word] }, {}],
    ['from another site', { _csrf: word }, { Origin: 'https://evil.example' }],
    ['from a page without an origin', { _csrf: word }, { Origin: 'null' }],
    [
      'from a site beside ours',
      { _csrf: word },
      { 'Sec-Fetch-Site': 'same-site' },
    ],
  ];
  for (const [how, form, headers] of forged) {
    const answer = await browser.agent
      .post('/console/comptes/2/fermer')
      .set(headers)
      .type('form')
      .send(form);
    expect({ how, status: answer.status }).toEqual({ how, status: 403 });
    expect(answer.text).toContain('Rien n’a été fait');
  }
  expect(
    await store.db.prisma.staffAccount.count({ where: { state: 'disabled' } }),
  ).toBe(0);
  const right = await browser.agent
    .post('/console/comptes/2/fermer')
    .set({ Host: 'jigi.example', Origin: 'https://jigi.example' })
    .type('form')
    .send({ _csrf: word });
  expect(right.status).toBe(303);
});

test('experiment 25: nothing is changed by GET', async () => {
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'administrator' }),
  );
  await anAccount(bench.desk, { role: 'figures' }, false);
  for (const act of [
    'fermer',
    'lien',
    'poste',
    'sessions/fermer',
    'second-facteur/retirer',
  ])
    expect((await browser.get(`/console/comptes/2/${act}`)).status).toBe(404);
  expect((await browser.get('/console/deconnexion')).status).toBe(404);
  expect((await browser.get('/console/compte')).status).toBe(200);
});

test('experiment 25: script in names, logins, searches and addresses is shown as text, and no page lets any run', async () => {
  await loadTerritory(store.db);
  const script = `"><script>alert(1)</script>'{{7*7}}`;
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'administrator', fullName: script }),
  );
  await anAccount(
    bench.desk,
    { role: 'figures', fullName: `x ${script}` },
    false,
  );
  const address = encodeURIComponent(script);
  const form = {
    nom: script,
    identifiant: script,
    role: script,
    territoire: script,
    agence: script,
  };
  const pages = [
    await browser.get('/console'),
    await browser.get('/console/comptes/2'),
    await browser.get(
      `/console/comptes?q=${address}&role=${address}&page=${address}`,
    ),
    await browser.get(`/console/${address}?fait=${address}`),
    await browser.post('/console/comptes', form, '/console/comptes/nouveau'),
    await browser.post('/console/comptes/2/poste', form, '/console/comptes/2'),
    await aBrowser(bench.server).get(`/console/connexion?suite=${address}`),
    await aBrowser(bench.server).post('/console/connexion', {
      identifiant: script,
      'mot-de-passe': script,
      suite: script,
    }),
  ];
  for (const { text, headers } of pages) {
    expect(text).not.toMatch(/<script>|alert\(1\)<\/script|'49|49$/);
    expect(text).not.toMatch(
      /<script(?! type="module" src="\/console\/assets\/)|<style|\son\w+=|\sstyle=/,
    );
    expect(headers['content-security-policy']).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'",
    );
    expect(headers['content-security-policy']).toContain(
      "frame-ancestors 'none'",
    );
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect([
      headers['cache-control'],
      headers['x-content-type-options'],
    ]).toEqual(['no-store', 'nosniff']);
  }
  expect(pages[2]?.text).toContain('&lt;script&gt;');
});

test('experiment 25: a cookie that was set before signing in opens nothing, and each step gives another', async () => {
  const account = await anAccount(bench.desk, { role: 'administrator' });
  const planted = 'p'.repeat(43);
  const jar = { Cookie: `jigi=${planted}` };
  const page = await request(bench.server).get('/console/connexion').set(jar);
  const form = {
    _csrf: formWordOf(page.text),
    identifiant: account.login,
    'mot-de-passe': password,
  };
  const signed = await request(bench.server)
    .post('/console/connexion')
    .set(jar)
    .type('form')
    .send(form);
  expect(signed.status).toBe(303);
  const token = /jigi=([\w-]{43});/.exec(cookieOf(signed.headers))?.[1] ?? '';
  expect(token).not.toBe(planted);
  const at = (value: string) =>
    request(bench.server).get('/console').set('Cookie', `jigi=${value}`);
  expect((await at(planted)).headers['location']).toBe('/console/connexion');
  expect((await at(token)).headers['location']).toBe('/console/second-facteur');
  // Of two cookies of one name neither is believed.
  expect(
    (
      await request(bench.server)
        .get('/console')
        .set('Cookie', `jigi=${planted}; jigi=${token}`)
    ).headers['location'],
  ).toBe('/console/connexion');
});

test('experiment 25: the cookie is for this host alone, unseen by scripts, and after signing out it opens nothing', async () => {
  const account = await anAccount(bench.desk, { role: 'figures' }, false);
  const live = consoleBench(store.db, { insideProduction: true });
  const page = await request(live.server).get('/console/connexion');
  expect(cookieOf(page.headers)).toMatch(
    /^__Host-jigi=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(page.headers['strict-transport-security']).toBe('max-age=31536000');

  const browser = aBrowser(bench.server);
  const form = { identifiant: account.login, 'mot-de-passe': password };
  const signed = await browser.post('/console/connexion', form);
  const sent = cookieOf(signed.headers).split(';')[0] ?? '';
  const withCookie = () =>
    request(bench.server).get('/console').set('Cookie', sent);
  expect((await withCookie()).status).toBe(200);
  const left = await browser.post(
    '/console/deconnexion',
    {},
    '/console/compte',
  );
  expect(left.headers['location']).toBe('/console/connexion?fait=sorti');
  const again = await withCookie();
  expect(again.headers['location']).toBe('/console/connexion');
});
