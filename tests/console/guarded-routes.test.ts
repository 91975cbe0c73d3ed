import type { GuardedHandler } from '../../src/console/console';
import { routes } from '../../src/console/routes';
import { needsSecondFactor, permissionsOf } from '../../src/staff/permissions';
import {
  type Permission,
  permissions,
  roleNames,
  roleOf,
} from '../../src/staff/roles';
import {
  type Browser,
  consoleBench,
  type ConsoleBench,
  formWordOf,
  signedIn,
} from '../support/console-bench';
import { aComplaint, caseDesk } from '../support/cases';
import { testDatabase, type TestDatabase } from '../support/database';
import { anAccount, aTerritory, type OpenedAccount } from '../support/staff';

/** A layer of Express's router, as far as it is looked at here. */
interface Layer {
  route?: {
    path: string;
    methods: Record<string, boolean>;
    stack: { handle: Partial<GuardedHandler> }[];
  };
}

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

/** Every route that the router really has. */
function registered() {
  return (bench.router.stack as unknown as Layer[]).flatMap(({ route }) =>
    route === undefined
      ? []
      : [
          {
            path: route.path,
            method: Object.keys(route.methods)[0] ?? '',
            accesses: route.stack.map(({ handle }) => handle.access),
          },
        ],
  );
}

const held = new Set<string>(
  roleNames.flatMap((role) => [...permissionsOf(role)]),
);

test('every registered route asks for one access: a permission that somebody holds, or one of the doors', () => {
  const found = registered();
  expect(found.length).toBe(routes.length);
  const doors = [
    '/connexion',
    '/deconnexion',
    '/lien/:token',
    '/second-facteur',
    '/second-facteur/activer',
  ];
  const lacking = found.filter(({ path, accesses }) => {
    const [access, other] = accesses;
    if (access === undefined || other !== undefined) return true;
    if (access === 'anybody' || access === 'passwordGiven')
      return !doors.includes(path);
    return !held.has(access);
  });
  expect(lacking).toEqual([]);
});

/** A place, and where it lies from the account's own. */
const territoryOf: Readonly<Record<string, string>> = {
  region: 'R-1',
  cercle: 'C-1',
  commune: 'ML1',
  country: '',
  agency: '',
};

/** An address of a route, of things that are there where the route is about one. */
function addressOf(path: string, of: { id: number; reference: string }) {
  const id = path.includes('sessions/:id') ? '999' : String(of.id);
  return `/console${path.replace(':id', id).replace(':reference', of.reference)}`.replace(
    /\/$/,
    '',
  );
}

/** The reference of a request in the territory of every role that has one. */
async function aReference(): Promise<string> {
  const id = await aComplaint(caseDesk(store.db));
  const { reference } = await store.db.prisma.complaint.findUniqueOrThrow({
    where: { id },
  });
  return reference;
}

const asked = routes.filter(({ access }) => Object.hasOwn(permissions, access));

/** Pages that are seen to be there: the others answer as an address that nobody made (sealed-page.test.ts). */
const seen = asked.filter(({ access }) => access !== 'sealed.open');

test.each(roleNames)(
  '%s comes where her permissions let her, and nowhere else',
  async (role) => {
    const reach = roleOf(role).reach[0];
    const account = await anAccount(
      bench.desk,
      {
        role,
        territory: territoryOf[reach] ?? '',
        provider: reach === 'agency' ? 'P1' : '',
      },
      needsSecondFactor(role),
    );
    const other = await anAccount(
      bench.desk,
      { role: 'communication', login: 'other' },
      false,
    );
    const browser: Browser = await signedIn(bench, account);
    const of = { id: other.id, reference: await aReference() };
    const word = formWordOf((await browser.get('/console/compte')).text);
    for (const { method, path, access } of asked) {
      const at = addressOf(path, of);
      const answer =
        method === 'get'
          ? await browser.get(at)
          : await browser.agent.post(at).type('form').send({ _csrf: word });
      const may = permissionsOf(role).has(access as Permission);
      if (access === 'sealed.open' && !may) {
        expect({ role, at, status: answer.status }).toEqual({
          ...{ role, at, status: 404 },
        });
        continue;
      }
      expect({
        role,
        method,
        at,
        refused: answer.status === 403 && answer.text.includes('Accès refusé'),
      }).toEqual({ role, method, at, refused: !may });
      expect(answer.status).toBeLessThan(500);
    }
  },
  120_000,
);

test('without a session every page leads to the sign-in page, and nothing is done', async () => {
  await anAccount(bench.desk, { role: 'figures', login: 'other' }, false);
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'administrator' }),
  );
  const word = formWordOf((await browser.get('/console/compte')).text);
  await store.db.pool.query('update staff_sessions set ended_at = now()');
  for (const { method, path } of seen) {
    const at = addressOf(path, { id: 1, reference: '12345678' });
    const answer =
      method === 'get'
        ? await browser.get(at)
        : await browser.agent.post(at).type('form').send({ _csrf: word });
    expect({
      at,
      status: answer.status,
      to: answer.headers['location'],
    }).toEqual({
      at,
      status: 303,
      to: expect.stringMatching(/^\/console\/connexion/) as unknown,
    });
  }
  expect(
    await store.db.prisma.staffAccount.count({ where: { state: 'active' } }),
  ).toBe(2);
});

test('with the password alone every page leads to the second factor', async () => {
  const account: OpenedAccount = await anAccount(bench.desk, {
    role: 'administrator',
  });
  const browser = await signedIn(bench, { ...account, code: () => '000000' });
  for (const { method, path } of seen.filter((one) => one.method === 'get')) {
    const answer = await browser.get(
      addressOf(path, { id: 1, reference: '12345678' }),
    );
    expect({ method, path, to: answer.headers['location'] }).toEqual({
      method,
      path,
      to: expect.stringMatching(/^\/console\/second-facteur/) as unknown,
    });
  }
});
