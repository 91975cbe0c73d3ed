import { Command } from 'commander';
import { runCommand } from '../../src/cli/run-command';
import { addStaffCommands } from '../../src/cli/staff-accounts';
import { useLink } from '../../src/staff/one-time-link';
import { signIn } from '../../src/staff/sign-in';
import { findSession } from '../../src/staff/staff-sessions';
import { testDatabase, type TestDatabase } from '../support/database';
import {
  aTerritory,
  password,
  testDesk,
  type TestDesk,
} from '../support/staff';

let store: TestDatabase;
let desk: TestDesk;

beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  await aTerritory(store.db);
  desk = testDesk(store.db);
});
afterAll(() => store.close());

async function jigi(...words: string[]) {
  const program = new Command('jigi').exitOverride();
  program.configureOutput({ outputError: () => undefined });
  const { clock, hashKey } = desk;
  addStaffCommands(program, () =>
    Promise.resolve({
      ...{ db: store.db, clock, hashKey, migrations: [] },
      serviceUrl: 'http://127.0.0.1:8080',
      close: () => Promise.resolve(),
    }),
  );
  const told: string[] = [];
  let out = '';
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => (out += String(text)) !== '');
  try {
    const code = await runCommand(program, ['user', ...words], (line) =>
      told.push(line),
    );
    return { code, out, told: told.join('\n') };
  } finally {
    write.mockRestore();
  }
}

const add = [
  'add',
  'F.Keita',
  '--name',
  'Fanta Keïta',
  '--role',
  'cercleOfficer',
];
const tokenIn = (out: string): string =>
  /\/console\/lien\/([\w-]{43})/.exec(out)?.[1] ?? '';

test('an account is added with the link of its invitation, at the public address when told', async () => {
  const run = await jigi(
    ...add,
    '--territory',
    'kita',
    '--url',
    'https://jigi.example/',
  );
  expect(run).toMatchObject({ code: 0, told: '' });
  expect(run.out).toMatch(
    /^https:\/\/jigi\.example\/console\/lien\/[\w-]{43}\n/,
  );
  expect(await useLink(desk, tokenIn(run.out), password)).toEqual({
    kind: 'done',
  });
  expect((await jigi('list')).out).toBe(
    'f.keita  Fanta Keïta  Chargé des plaintes, cercle  C-1  ouvert\n',
  );
});

test('what is wrong with a draft is told, and nothing is made', async () => {
  const run = await jigi(...add);
  expect(run).toMatchObject({ code: 3, out: '' });
  expect(run.told).toContain('Ce rôle vaut pour un cercle');
  const odd = await jigi('add', 'f.keita', '--name', 'F K', '--role', 'dieu');
  expect(odd.told).toMatch(/« dieu » ne va pas. Au choix: .*cercleOfficer/);
  expect((await jigi('list')).out).toBe('Aucun compte.\n');
});

test('a reset shows a link, and ending sessions ends them', async () => {
  const made = await jigi(...add, '--territory', 'kita');
  await useLink(desk, tokenIn(made.out), password);
  const signed = await signIn(desk, {
    login: 'f.keita',
    password,
    address: '41.73.98.12',
  });
  const token = signed.kind === 'in' ? signed.token : '';
  expect(await findSession(desk, token)).toBeDefined();
  const reset = await jigi('reset', 'f.keita');
  expect(reset.out).toMatch(/^http:\/\/127\.0\.0\.1:8080\/console\/lien\//);
  expect((await jigi('end-sessions', 'f.keita')).code).toBe(0);
  expect(await findSession(desk, token)).toBeUndefined();
  expect((await jigi('reset', 'nobody')).told).toContain('nobody');
});
