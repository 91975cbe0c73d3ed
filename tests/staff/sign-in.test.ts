import { endAllSessions } from '../../src/staff/change-account';
import { changePassword } from '../../src/staff/own-account';
import { passSecondFactor } from '../../src/staff/second-factor';
import { signIn, signOut } from '../../src/staff/sign-in';
import { findSession, openSessions } from '../../src/staff/staff-sessions';
import { testDatabase, type TestDatabase } from '../support/database';
import {
  anAccount,
  auditedActs,
  password,
  testDesk,
  type TestDesk,
} from '../support/staff';

let store: TestDatabase;
let desk: TestDesk;
const home = '41.73.98.12';
const stranger = '197.0.2.9';

beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  desk = testDesk(store.db);
});
afterAll(() => store.close());

const tryAs = (login: string, typed: string, address = home) =>
  signIn(desk, { login, password: typed, address });

/** The token of somebody who is wholly in. */
async function tokenOf(login: string, address = home): Promise<string> {
  const signed = await tryAs(login, password, address);
  if (signed.kind !== 'in') throw new Error(signed.kind);
  return signed.token;
}

async function visitOf(token: string) {
  const visit = await findSession(desk, token);
  if (visit === undefined) throw new Error('no session');
  return visit;
}

test('a role that sees no person is in by its password, others wait for their code', async () => {
  await anAccount(desk, { role: 'figures' }, false);
  await anAccount(desk, { role: 'safeguards' });
  expect((await visitOf(await tokenOf('figures'))).stage).toBe('full');
  expect((await visitOf(await tokenOf('safeguards'))).stage).toBe('password');
});

test('the code of the phone opens, under a token of its own, and once', async () => {
  const account = await anAccount(desk, { role: 'safeguards' });
  const first = await tokenOf('safeguards');
  const visit = await visitOf(first);
  const code = account.code();
  const passed = await passSecondFactor(desk, { visit, code, address: home });
  if (passed.kind !== 'in') throw new Error(passed.kind);
  expect((await visitOf(passed.token)).stage).toBe('full');
  expect(passed.token).not.toBe(first);
  expect(await findSession(desk, first)).toBeUndefined();
  const again = await visitOf(await tokenOf('safeguards'));
  expect(
    await passSecondFactor(desk, { visit: again, code, address: home }),
  ).toEqual({ kind: 'refused' });
});

test('of two browsers with one code, one is let in', async () => {
  const account = await anAccount(desk, { role: 'safeguards' });
  const visits = [
    await visitOf(await tokenOf('safeguards')),
    await visitOf(await tokenOf('safeguards')),
  ];
  const code = account.code();
  const passed = await Promise.all(
    visits.map((visit) =>
      passSecondFactor(desk, { visit, code, address: home }),
    ),
  );
  expect(passed.map(({ kind }) => kind).sort()).toEqual(['in', 'refused']);
});

test('a wrong password, an unknown name, a closed and an invented account are one answer', async () => {
  const open = await anAccount(desk, { role: 'figures', login: 'open' }, false);
  await anAccount(desk, { role: 'figures', login: 'closed' }, false);
  await anAccount(desk, { role: 'figures', login: 'demo' }, false);
  await store.db.pool.query(
    `update staff_accounts set state = 'disabled', disabled_at = now() where login = 'closed';
     update staff_accounts set is_demo = true where login = 'demo'`,
  );
  const answers = [
    await tryAs('open', 'wrong'),
    await tryAs('nobody', password),
    await tryAs('closed', password),
    await tryAs('demo', password),
  ];
  expect(answers).toEqual(Array(4).fill({ kind: 'refused' }));
  expect(
    (await auditedActs(store.db)).filter((act) => act.includes('refused')),
  ).toEqual([
    `console signIn.refused account:${open.id}`,
    'console signIn.refused account:unknown',
    'console signIn.refused account:2',
    'console signIn.refused account:3',
  ]);
});

test('after five wrong passwords each try waits twice as long, five minutes at most, and an hour forgets', async () => {
  await anAccount(desk, { role: 'figures' }, false);
  const waits: number[] = [];
  for (let tries = 0; tries < 13; tries += 1) {
    const answer = await tryAs('figures', 'wrong', stranger);
    if (answer.kind !== 'wait') continue;
    waits.push(answer.seconds);
    desk.clock.set(
      new Date(desk.clock.now().getTime() + answer.seconds * 1000),
    );
  }
  expect(waits).toEqual([5, 10, 20, 40]);
  expect(await tryAs('figures', password, stranger)).toMatchObject({
    kind: 'wait',
  });
  desk.clock.advance({ minutes: 5 });
  expect(await tryAs('figures', password, stranger)).toMatchObject({
    kind: 'in',
  });
  // Her own sign-in forgives what was tried.
  expect(await tryAs('figures', 'wrong', stranger)).toEqual({
    kind: 'refused',
  });
});

test('a name that does not exist is slowed as one that does', async () => {
  await anAccount(desk, { role: 'figures' }, false);
  const answers = async (login: string) => {
    const kinds: unknown[] = [];
    for (let tries = 0; tries < 7; tries += 1)
      kinds.push(await tryAs(login, 'wrong', stranger));
    return kinds;
  };
  expect(await answers('nobody')).toEqual(await answers('figures'));
});

test('while strangers guess, the owner comes in from where she always does', async () => {
  await anAccount(desk, { role: 'figures' }, false);
  await tokenOf('figures', home);
  for (let tries = 0; tries < 8; tries += 1)
    await tryAs('figures', 'wrong', stranger);
  expect(await tryAs('figures', password, stranger)).toMatchObject({
    kind: 'wait',
  });
  expect(await tryAs('figures', password, home)).toMatchObject({ kind: 'in' });
});

test('forty tries at once from one address are forty, and thirty of them are judged', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => tryAs(`name-${n}`, 'wrong', stranger)),
  );
  expect(answers.filter(({ kind }) => kind === 'refused').length).toBe(30);
});

test('a session ends after an hour unused, after twelve in all, and without its code after ten minutes', async () => {
  await anAccount(desk, { role: 'figures' }, false);
  const idle = await tokenOf('figures');
  desk.clock.advance({ minutes: 61 });
  expect(await findSession(desk, idle)).toBeUndefined();
  const long = await tokenOf('figures');
  for (let half = 0; half < 24; half += 1) {
    expect(await findSession(desk, long)).toBeDefined();
    desk.clock.advance({ minutes: 30 });
  }
  desk.clock.advance({ minutes: 1 });
  expect(await findSession(desk, long)).toBeUndefined();
  await anAccount(desk, { role: 'safeguards' });
  const half = await tokenOf('safeguards');
  desk.clock.advance({ minutes: 11 });
  expect(await findSession(desk, half)).toBeUndefined();
});

test('signing out, a new password and an administrator end sessions in the store', async () => {
  const account = await anAccount(desk, { role: 'figures' }, false);
  const [first, second] = [await tokenOf('figures'), await tokenOf('figures')];
  await signOut(desk, await visitOf(first));
  expect([
    await findSession(desk, first),
    await openSessions(desk, account.id),
  ]).toMatchObject([undefined, [{ addressClass: '41.73.98.x' }]]);
  const changed = await changePassword(desk, await visitOf(second), {
    current: password,
    chosen: 'quatre mots bien longs',
    address: home,
  });
  if (changed.kind !== 'done') throw new Error(changed.kind);
  expect(await findSession(desk, second)).toBeUndefined();
  expect(await findSession(desk, changed.token)).toBeDefined();
  await endAllSessions(desk, { actor: 'cli', accountId: account.id });
  expect(await findSession(desk, changed.token)).toBeUndefined();
});

test('the store holds no password, token, typed name or address', async () => {
  await anAccount(desk, { role: 'figures' }, false);
  const token = await tokenOf('figures');
  await tryAs('typed-name', 'typed-password');
  const { rows } = await store.db.pool.query<{ all: string }>(
    `select concat((select json_agg(a) from staff_accounts a), (select json_agg(s) from staff_sessions s),
       (select json_agg(t) from staff_sign_in_tries t), (select json_agg(e) from audit_entries e)) as all`,
  );
  for (const secret of [password, token, 'typed-name', 'typed-password', home])
    expect(rows[0]?.all).not.toContain(secret);
  expect(rows[0]?.all).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
});
