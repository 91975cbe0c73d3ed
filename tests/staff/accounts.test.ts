import { readPost } from '../../src/staff/account-draft';
import { listAccounts } from '../../src/staff/account-list';
import { addAccount } from '../../src/staff/add-account';
import {
  changePost,
  clearSecondFactor,
  disableAccount,
  enableAccount,
  makeAccountLink,
  memberOf,
} from '../../src/staff/change-account';
import { addDemoAccounts, DEMO_ACCOUNTS } from '../../src/staff/demo-accounts';
import { noteHouseholdView } from '../../src/staff/note-household-view';
import { openLink, useLink } from '../../src/staff/one-time-link';
import { passwordFault } from '../../src/staff/password-faults';
import {
  confirmSecondFactor,
  passSecondFactor,
  secretToConfirm,
} from '../../src/staff/second-factor';
import { signIn } from '../../src/staff/sign-in';
import { addressClass, subscriberOf } from '../../src/staff/staff-address';
import { findSession } from '../../src/staff/staff-sessions';
import { loadTerritory } from '../../src/staff/territory';
import { totpCode, totpStep, totpUri } from '../../src/staff/totp';
import { inTransaction } from '../../src/runtime/database';
import { testDatabase, type TestDatabase } from '../support/database';
import {
  anAccount,
  aTerritory,
  auditedActs,
  password,
  testDesk,
  type TestDesk,
} from '../support/staff';

let store: TestDatabase;
let desk: TestDesk;
const address = '41.73.98.12';
const officer = {
  login: 'F.Keita',
  fullName: 'Fanta Keïta',
  role: 'cercleOfficer',
  territory: 'C-1',
  provider: '',
};

beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  await aTerritory(store.db);
  desk = testDesk(store.db);
});
afterAll(() => store.close());

async function added(draft = officer) {
  const made = await addAccount(desk, 'cli', draft);
  if (made.kind === 'faults') throw new Error(JSON.stringify(made.faults));
  return made;
}

const inBy = async (login: string, typed = password) =>
  (await signIn(desk, { login, password: typed, address })).kind;

test('an invited account opens nothing until its link was used, which then opens no more', async () => {
  const { linkToken, accountId } = await added();
  expect(await inBy('f.keita')).toBe('refused');
  expect(await openLink(desk, linkToken)).toMatchObject({
    kind: 'invitation',
    member: { login: 'f.keita' },
  });
  expect(await useLink(desk, linkToken, 'court')).toMatchObject({
    kind: 'fault',
  });
  expect(await useLink(desk, linkToken, password)).toEqual({ kind: 'done' });
  expect(await useLink(desk, linkToken, 'un autre mot bien long')).toEqual({
    kind: 'gone',
  });
  expect(await inBy('F.KEITA ')).toBe('in');
  expect(await auditedActs(store.db)).toEqual([
    `cli account.added account:${accountId}`,
    `console signIn.refused account:${accountId}`,
    `officer:${accountId} password.chosen account:${accountId}`,
    `officer:${accountId} signIn.passed account:${accountId}`,
  ]);
});

test('a link is good for its days, and a newer one replaces it', async () => {
  const { linkToken, accountId } = await added();
  desk.clock.advance({ days: 6, hours: 23 });
  expect(await openLink(desk, linkToken)).toBeDefined();
  const again = await makeAccountLink(desk, { actor: 'officer:9', accountId });
  expect(await openLink(desk, linkToken)).toBeUndefined();
  if (again.kind !== 'made') throw new Error(again.kind);
  desk.clock.advance({ days: 8 });
  expect(await openLink(desk, again.linkToken)).toBeUndefined();
  expect(await openLink(desk, 'no such token')).toBeUndefined();
});

test('a reset leaves the old password until it is used, then ends every session', async () => {
  const { id } = await anAccount(desk, { role: 'figures' }, false);
  const before = await signIn(desk, { login: 'figures', password, address });
  const made = await makeAccountLink(desk, { actor: 'cli', accountId: id });
  if (made.kind !== 'made' || before.kind !== 'in') throw new Error('no link');
  expect(made.linkKind).toBe('reset');
  expect(await inBy('figures')).toBe('in');
  await useLink(desk, made.linkToken, 'quatre mots bien longs');
  expect(await findSession(desk, before.token)).toBeUndefined();
  expect([
    await inBy('figures'),
    await inBy('figures', 'quatre mots bien longs'),
  ]).toEqual(['refused', 'in']);
});

test.each([
  [{ ...officer, login: 'é' }, 'login'],
  [{ ...officer, fullName: ' ' }, 'fullName'],
  [{ ...officer, role: 'chief' }, 'role'],
  [{ ...officer, territory: '' }, 'territory'],
  [{ ...officer, territory: 'R-1' }, 'territory'],
  [{ ...officer, territory: 'C-9' }, 'territory'],
  [{ ...officer, role: 'stm' }, 'territory'],
  [{ ...officer, role: 'paymentAgency', territory: '' }, 'provider'],
])('a draft that cannot stand is told by field: %j', async (draft, field) => {
  const made = await addAccount(desk, 'cli', draft);
  expect(made.kind === 'faults' && Object.keys(made.faults)).toEqual([field]);
  expect(await store.db.prisma.staffAccount.count()).toBe(0);
});

test('a login is taken once, however it is written', async () => {
  await added();
  expect(
    await addAccount(desk, 'cli', { ...officer, login: 'f.KEITA' }),
  ).toMatchObject({
    faults: { login: expect.stringContaining('déjà pris') as string },
  });
});

test('another role or territory ends her sessions and holds at once', async () => {
  const { id } = await anAccount(desk, { role: 'figures' }, false);
  const signed = await signIn(desk, { login: 'figures', password, address });
  if (signed.kind !== 'in') throw new Error(signed.kind);
  const change = { actor: 'officer:9', accountId: id };
  expect(
    await changePost(desk, change, {
      role: 'ngo',
      territory: '',
      provider: '',
    }),
  ).toMatchObject({ kind: 'faults' });
  expect(await findSession(desk, signed.token)).toBeDefined();
  expect(
    await changePost(desk, change, {
      role: 'ngo',
      territory: 'C-2',
      provider: '',
    }),
  ).toEqual({ kind: 'done' });
  expect(await findSession(desk, signed.token)).toBeUndefined();
  expect(await memberOf(store.db.prisma, id)).toMatchObject({
    role: 'ngo',
    territory: { level: 'cercle', code: 'C-2' },
  });
});

test('a closed account opens nothing, and opened again it needs a new password', async () => {
  const { id } = await anAccount(desk, { role: 'figures' }, false);
  const change = { actor: 'officer:9', accountId: id };
  await disableAccount(desk, change);
  expect(await inBy('figures')).toBe('refused');
  expect(await makeAccountLink(desk, change)).toEqual({ kind: 'notFound' });
  await enableAccount(desk, change);
  expect(await inBy('figures')).toBe('refused');
  expect(await makeAccountLink(desk, change)).toMatchObject({
    linkKind: 'invitation',
  });
});

test('nobody closes, moves or unlocks her own account', async () => {
  const { id } = await anAccount(desk, { role: 'administrator' });
  const change = { actor: `officer:${id}`, accountId: id };
  expect(await disableAccount(desk, change)).toEqual({ kind: 'ownAccount' });
  expect(await clearSecondFactor(desk, change)).toEqual({ kind: 'ownAccount' });
  expect(
    await changePost(desk, change, {
      role: 'figures',
      territory: '',
      provider: '',
    }),
  ).toEqual({ kind: 'ownAccount' });
});

test('a second factor is confirmed by its first code, and gives ten codes that open once each', async () => {
  await anAccount(desk, { role: 'safeguards' }, false);
  const visit = async () => {
    const signed = await signIn(desk, {
      login: 'safeguards',
      password,
      address,
    });
    const found =
      signed.kind === 'in' ? await findSession(desk, signed.token) : undefined;
    if (found === undefined) throw new Error('not in');
    return found;
  };
  const first = await visit();
  const secret = await secretToConfirm(desk, first.member);
  expect(await secretToConfirm(desk, first.member)).toBe(secret);
  expect(
    await confirmSecondFactor(desk, { visit: first, code: '000000', address }),
  ).toMatchObject({ kind: 'refused' });
  const code = totpCode(secret ?? '', desk.clock.now());
  const done = await confirmSecondFactor(desk, { visit: first, code, address });
  expect(done).toMatchObject({ kind: 'in' });
  expect(done.recoveryCodes).toHaveLength(10);
  expect(await secretToConfirm(desk, first.member)).toBeUndefined();

  const [recovery = ''] = done.recoveryCodes ?? [];
  expect(recovery).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}$/);
  const pass = async (typed: string) =>
    (
      await passSecondFactor(desk, {
        visit: await visit(),
        code: typed,
        address,
      })
    ).kind;
  expect(await pass(recovery.toUpperCase().replace('-', ' '))).toBe('in');
  expect(await pass(recovery)).toBe('refused');
});

test('an administrator takes a lost second factor away, and the next sign-in sets up another', async () => {
  const { id } = await anAccount(desk, { role: 'safeguards' });
  await clearSecondFactor(desk, { actor: 'officer:9', accountId: id });
  const signed = await signIn(desk, { login: 'safeguards', password, address });
  const visit =
    signed.kind === 'in' ? await findSession(desk, signed.token) : undefined;
  expect(visit).toMatchObject({
    stage: 'password',
    member: { hasSecondFactor: false },
  });
});

test('codes are those of RFC 6238, half a minute early or late, each after the last', () => {
  // The RFC's secret is the text 12345678901234567890; its codes have eight digits, ours are their last six.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const at = (seconds: number) => new Date(seconds * 1000);
  expect(
    [59, 1111111109, 20000000000].map((second) => totpCode(secret, at(second))),
  ).toEqual(['287082', '081804', '353130']);
  expect(totpStep(secret, '287082', at(59), undefined)).toBe(1);
  expect(totpStep(secret, '287082', at(89), undefined)).toBe(1);
  expect(totpStep(secret, '287082', at(120), undefined)).toBeUndefined();
  expect(totpStep(secret, '287082', at(59), 1)).toBeUndefined();
  expect(totpStep(secret, '287 82', at(59), undefined)).toBeUndefined();
  expect(totpUri(secret, 'f.keita')).toBe(
    `otpauth://totp/Jigi:f.keita?issuer=Jigi&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  );
});

test.each([
  ['court', true],
  ['azertyuiop123', true],
  ['aaaaaaaaaaaaaaaa', true],
  ['fanta.keita et plus', true],
  ['sept baobabs sous la lune', false],
  ['ɲɛɲɛɲɔŋɛ bamanan', false],
])('the password "%s" is refused: %s', (typed, isRefused) => {
  expect(passwordFault(typed, 'fanta.keita') !== undefined).toBe(isRefused);
});

test.each([
  ['41.73.98.12', '41.73.98.x', '41.73.98.12'],
  ['::ffff:41.73.98.12', '41.73.98.x', '41.73.98.12'],
  ['2001:db8:1:2:3::9', '2001:db8:1::', '2001:db8:1:2'],
  ['::1', '0:0:0::', '0:0:0:0'],
])('the address %s is shown as %s', (full, shown, subscriber) => {
  expect([addressClass(full), subscriberOf(full)]).toEqual([shown, subscriber]);
});

test('accounts are listed by name, a page at a time, and found by a part of name or login', async () => {
  await store.db.pool.query(
    `insert into staff_accounts (login, full_name, role, locale, state, created_at)
     select 'n' || n, 'Nom ' || lpad(n::text, 2, '0'), case when n = 7 then 'ngo' else 'figures' end, 'fr', 'invited', now() from generate_series(1, 30) n`,
  );
  const second = await listAccounts(store.db, {
    search: '',
    role: '',
    page: 2,
  });
  expect(second).toMatchObject({ total: 30, pages: 2, page: 2 });
  expect(second.members.map(({ fullName }) => fullName)).toEqual([
    'Nom 26',
    'Nom 27',
    'Nom 28',
    'Nom 29',
    'Nom 30',
  ]);
  const found = async (query: object) =>
    (
      await listAccounts(store.db, { search: '', role: '', page: 99, ...query })
    ).members.map(({ login }) => login);
  expect(await found({ search: 'nom 3' })).toEqual(['n30']);
  expect(await found({ role: 'ngo' })).toEqual(['n7']);
  expect(await found({ search: '%' })).toEqual([]);
});

test('a look at a household is kept with its reason, and told without it', async () => {
  const { id } = await anAccount(desk, { role: 'safeguards' });
  await inTransaction(store.db, (tx) =>
    noteHouseholdView(
      { tx, clock: desk.clock },
      { id },
      { householdId: 12, reason: 'complaint', because: ' 12 34 56 78 ' },
    ),
  );
  expect(
    await store.db.prisma.householdView.findMany({
      select: { because: true, householdId: true },
    }),
  ).toEqual([{ because: '12 34 56 78', householdId: 12 }]);
  expect((await auditedActs(store.db)).at(-1)).toBe(
    `officer:${id} household.viewed household:12`,
  );
});

test('the invented accounts fit the territory, come once, and open in a demo only', async () => {
  await store.truncateAll();
  await loadTerritory(store.db);
  const demo = testDesk(store.db, true);
  await addDemoAccounts(demo, password);
  await addDemoAccounts(demo, 'another password');
  expect(await store.db.prisma.staffAccount.count()).toBe(DEMO_ACCOUNTS.length);
  for (const { login, role, territory, providerCode } of DEMO_ACCOUNTS) {
    const post = await readPost(store.db, {
      role,
      territory: territory?.code ?? '',
      provider: providerCode ?? '',
    });
    expect({ login, post }).toMatchObject({ post: { post: { role } } });
  }
  const kinds = async (at: TestDesk, typed: string) =>
    (await signIn(at, { login: 'kita', password: typed, address })).kind;
  // The one that was printed last.
  const last = 'another password';
  expect([
    await kinds(demo, last),
    await kinds(demo, password),
    await kinds(desk, last),
  ]).toEqual(['in', 'refused', 'refused']);
});
