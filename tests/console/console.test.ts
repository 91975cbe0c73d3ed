import { addAccount } from '../../src/staff/add-account';
import { linkPath } from '../../src/staff/one-time-link';
import { newTotpSecret, totpCode } from '../../src/staff/totp';
import { secretToConfirm } from '../../src/staff/second-factor';
import { memberOf } from '../../src/staff/change-account';
import {
  aBrowser,
  consoleBench,
  type ConsoleBench,
  signedIn,
} from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { anAccount, aTerritory, auditedActs, password } from '../support/staff';

let store: TestDatabase;
let bench: ConsoleBench;

beforeAll(async () => {
  store = await testDatabase();
  bench = consoleBench(store.db);
});
beforeEach(async () => {
  await store.truncateAll();
  await aTerritory(store.db);
});
afterAll(() => store.close());

const signIn = { identifiant: 'figures', 'mot-de-passe': password };

test('an invitation leads by a password, a QR code and ten codes to the page she asked for', async () => {
  const draft = {
    login: 'f.keita',
    fullName: 'Fanta Keïta',
    role: 'cercleOfficer',
    territory: 'Kita',
    provider: '',
  };
  const added = await addAccount(bench.desk, 'cli', draft);
  if (added.kind !== 'added') throw new Error(added.kind);
  const browser = aBrowser(bench.server);
  const link = linkPath(added.linkToken);
  expect((await browser.get(link)).text).toContain('Bienvenue, Fanta Keïta');
  const short = await browser.post(link, { 'mot-de-passe': 'court' }, link);
  expect([short.status, short.text]).toEqual([
    422,
    expect.stringContaining('au moins 12 caractères'),
  ]);
  expect(short.text).not.toContain('value="court"');
  expect(
    (await browser.post(link, { 'mot-de-passe': password }, link)).headers[
      'location'
    ],
  ).toBe('/console/connexion?fait=lien');
  expect((await browser.get(link)).status).toBe(404);

  const asked = await browser.get('/console/compte');
  expect(asked.headers['location']).toBe(
    '/console/connexion?suite=%2Fconsole%2Fcompte',
  );
  const form = {
    identifiant: 'f.keita',
    'mot-de-passe': password,
    suite: '/console/compte',
  };
  const signed = await browser.post('/console/connexion', form);
  expect(signed.headers['location']).toBe(
    '/console/second-facteur/activer?suite=%2Fconsole%2Fcompte',
  );
  const setUp = '/console/second-facteur/activer';
  const page = await browser.get(`${setUp}?suite=/console/compte`);
  expect(page.text).toContain('<svg class="qr"');
  const wrong = await browser.post(
    setUp,
    { code: totpCode(newTotpSecret(), bench.desk.clock.now()) },
    setUp,
  );
  expect(wrong.status).toBe(422);
  const member = await memberOf(store.db.prisma, added.accountId);
  const secret = member && (await secretToConfirm(bench.desk, member));
  const done = await browser.post(
    setUp,
    {
      code: totpCode(secret ?? '', bench.desk.clock.now()),
      suite: '/console/compte',
    },
    setUp,
  );
  expect(done.text.match(/<li><code>/g)).toHaveLength(10);
  expect(done.text).toContain('href="/console/compte"');
  expect((await browser.get('/console/compte')).text).toContain(
    'Cercle de Kita',
  );
});

test('what is wrong stands above the form and at its field, and what was typed stays, but for passwords', async () => {
  const browser = aBrowser(bench.server);
  const answer = await browser.post('/console/connexion', {
    identifiant: 'a<b>"',
    'mot-de-passe': 'typed-secret',
  });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('<title>Erreur : Connexion');
  expect(answer.text).toContain('href="#identifiant"');
  expect(answer.text).toContain('id="identifiant-error"');
  expect(answer.text).toContain('value="a&lt;b&gt;&quot;"');
  expect(answer.text).not.toContain('typed-secret');
});

test('bytes that the store cannot keep, and signs that turn a text round, are left out of whatever comes', async () => {
  await anAccount(bench.desk, { role: 'figures', login: 'figures' });
  const odd = await aBrowser(bench.server).post('/console/connexion', {
    ...{ identifiant: 'fig\0ures', 'mot-de-passe': `${password}\0` },
  });
  expect(odd.status).toBe(303);
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'administrator', login: 'odd' }),
  );
  for (const path of ['/console/comptes/%00', '/console/comptes?x=%00'])
    expect((await browser.get(path)).status).toBeLessThan(500);
  const shown = await browser.post(
    ...(['/console/comptes', { nom: 'Awa \u202eatieK' }] as const),
    '/console/comptes/nouveau',
  );
  expect(shown.text).toContain('value="Awa atieK"');
  expect(bench.errors).toEqual([]);
});

test('whoever tries too often is told how long to wait', async () => {
  const browser = aBrowser(bench.server);
  for (let tries = 0; tries < 5; tries += 1)
    await browser.post('/console/connexion', {
      ...signIn,
      'mot-de-passe': 'wrong',
    });
  const answer = await browser.post('/console/connexion', signIn);
  expect([answer.status, answer.text]).toEqual([
    429,
    expect.stringContaining('Réessayez dans 5 secondes'),
  ]);
});

test('an address in another site is never gone to after signing in', async () => {
  await anAccount(bench.desk, { role: 'figures' }, false);
  for (const suite of [
    'https://evil.example/console',
    '//evil.example',
    '/console//evil.example',
    '/console/../simulator',
    '/elsewhere',
  ]) {
    const browser = aBrowser(bench.server);
    const answer = await browser.post('/console/connexion', {
      ...signIn,
      suite,
    });
    expect(answer.headers['location']).toBe('/console');
  }
});

test('the start page says what the role may do, and leads only where something is', async () => {
  const account = await anAccount(bench.desk, {
    role: 'cercleOfficer',
    territory: 'Kita',
  });
  const browser = await signedIn(bench, account);
  const { text } = await browser.get('/console');
  expect(text).toContain('Chargé des plaintes, cercle · Cercle de Kita');
  expect(text).toContain('<span>Lire les demandes</span>');
  const links = Array.from(
    text.matchAll(/href="(\/console[^"]*)"/g),
    ([, to = '']) => to,
  );
  expect(links.length).toBeGreaterThan(4);
  for (const link of new Set(links))
    expect({ link, status: (await browser.get(link)).status }).toEqual({
      link,
      status: 200,
    });
});

test('an administrator makes an account, moves it, gives it a link, closes and opens it', async () => {
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'administrator' }),
  );
  const from = '/console/comptes/nouveau';
  const typed = {
    nom: 'Oumar Diallo',
    identifiant: 'o.diallo',
    role: 'cercleOfficer',
    territoire: '',
    agence: '',
  };
  const refused = await browser.post('/console/comptes', typed, from);
  expect([refused.status, refused.text]).toEqual([
    422,
    expect.stringContaining('Ce rôle vaut pour un cercle'),
  ]);
  expect(refused.text).toContain('value="Oumar Diallo"');
  const made = await browser.post(
    '/console/comptes',
    { ...typed, territoire: 'kita' },
    from,
  );
  expect(made.text).toMatch(
    /<code>http:\/\/127\.0\.0\.1:\d+\/console\/lien\/[\w-]{43}<\/code>/,
  );

  const at = '/console/comptes/2';
  const act = (verb: string, form = {}) =>
    browser.post(`${at}/${verb}`, form, at);
  expect(
    (await act('poste', { role: 'ngo', territoire: 'C-2' })).headers[
      'location'
    ],
  ).toBe(`${at}?fait=poste`);
  expect((await act('lien')).text).toContain(
    'Il sert une fois, pendant 7 jours',
  );
  expect((await act('sessions/fermer')).headers['location']).toBe(
    `${at}?fait=sessions`,
  );
  expect((await act('second-facteur/retirer')).headers['location']).toBe(
    `${at}?fait=facteur`,
  );
  expect((await act('fermer')).headers['location']).toBe(`${at}?fait=ferme`);
  expect((await browser.get(at)).text).toContain('Ce compte est fermé');
  expect((await act('rouvrir')).headers['location']).toBe(`${at}?fait=rouvert`);
  const shown = (await browser.get(at)).text;
  expect(shown).toContain('<span>Administrateur des comptes</span>');
  expect((await browser.get('/console/comptes')).text).toContain(
    'Cercle de Nioro',
  );
  expect((await browser.get('/console/comptes?q=nobody')).text).toContain(
    'Personne ne correspond',
  );
  const acts = (await auditedActs(store.db)).filter(
    (one) => one.startsWith('officer:1') && one.endsWith(' account:2'),
  );
  expect(acts.map((one) => one.split(' ')[1])).toEqual([
    ...[
      'account.added',
      'account.postChanged',
      'account.linkMade',
      'sessions.ended',
    ],
    ...['secondFactor.cleared', 'account.disabled', 'account.enabled'],
  ]);
});

test.each(['0', '99', 'x', '1e3', '-1', '2147483648'])(
  'an account that is not there, %s, is a plain 404',
  async (id) => {
    const browser = await signedIn(
      bench,
      await anAccount(bench.desk, { role: 'administrator' }),
    );
    expect((await browser.get(`/console/comptes/${id}`)).status).toBe(404);
    expect(
      (
        await browser.post(
          `/console/comptes/${id}/fermer`,
          {},
          '/console/compte',
        )
      ).status,
    ).toBe(404);
  },
);

test('one changes one’s password, ends one session or the others, and makes new codes', async () => {
  const account = await anAccount(bench.desk, { role: 'safeguards' });
  const first = await signedIn(bench, account);
  bench.desk.clock.advance({ minutes: 1 });
  const second = await signedIn(bench, account);
  const at = '/console/compte';
  expect(
    (
      await second.post(
        `${at}/mot-de-passe`,
        { actuel: 'wrong', nouveau: 'quatre mots bien longs' },
        at,
      )
    ).text,
  ).toContain('pas votre mot de passe actuel');
  expect(
    (await second.post(`${at}/codes`, {}, at)).text.match(/<li><code>/g),
  ).toHaveLength(10);
  expect(
    (await second.post(`${at}/sessions/autres/fermer`, {}, at)).headers[
      'location'
    ],
  ).toBe(`${at}?fait=sessions`);
  expect((await first.get(at)).status).toBe(303);
  expect(
    (
      await second.post(
        `${at}/mot-de-passe`,
        { actuel: password, nouveau: 'quatre mots bien longs' },
        at,
      )
    ).headers['location'],
  ).toBe(`${at}?fait=mot-de-passe`);
  expect((await second.get(at)).status).toBe(200);
  const other = await anAccount(bench.desk, { role: 'figures' }, false);
  await signedIn(bench, other);
  const theirs = await store.db.prisma.staffSession.findFirstOrThrow({
    where: { accountId: other.id, endedAt: null },
  });
  expect(
    (await second.post(`${at}/sessions/${theirs.id}/fermer`, {}, at)).status,
  ).toBe(404);
});

test('a failure tells nothing of itself, and is logged', async () => {
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'administrator' }),
  );
  const { db } = bench.house;
  bench.house.db = {
    ...db,
    prisma: Object.create(db.prisma, {
      staffAccount: {
        get: () => {
          throw new Error('secret-cause');
        },
      },
    }) as typeof db.prisma,
  };
  const answer = await browser.get('/console/comptes');
  bench.house.db = db;
  expect([answer.status, answer.text]).toEqual([
    500,
    expect.stringContaining('pas pu répondre'),
  ]);
  expect(answer.text).not.toContain('secret-cause');
  expect(bench.errors).toHaveLength(1);
});

test('files are cached for ever under a name that changes with them, and hold nothing of GOV.UK’s own', async () => {
  const browser = aBrowser(bench.server);
  const { text } = await browser.get('/console/connexion');
  const files = Array.from(
    text.matchAll(/(?:href|src)="(\/console\/assets\/[^"]+)"/g),
    ([, at = '']) => at,
  );
  expect(new Set(files).size).toBe(4);
  let weight = Buffer.byteLength(text);
  for (const at of new Set([...files, ...(await linkedFrom(browser, files))])) {
    const answer = await browser.agent.get(at).buffer(true);
    expect([answer.status, answer.headers['cache-control']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    weight += Number(answer.headers['content-length']);
    expect(String(answer.text || answer.body)).not.toMatch(
      /GDS Transport|govuk-crest|sourceMappingURL/,
    );
  }
  expect(weight).toBeLessThan(60_000);
  expect((await browser.get('/console/assets/page.css')).status).toBe(404);
  expect(
    (await browser.get('/console/assets/..%2f..%2fconsole.ts')).status,
  ).toBe(404);
});

async function linkedFrom(
  browser: ReturnType<typeof aBrowser>,
  files: string[],
): Promise<string[]> {
  const texts = await Promise.all(
    files
      .filter((at) => /\.(css|js)$/.test(at))
      .map(async (at) => (await browser.get(at)).text),
  );
  return texts.flatMap((text) =>
    Array.from(
      text.matchAll(/\.\/([\w-]+\.[0-9a-f]{10}\.\w+)/g),
      ([, name = '']) => `/console/assets/${name}`,
    ),
  );
}
