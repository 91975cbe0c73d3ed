import { routes } from '../../src/console/routes';
import { nameSubject } from '../../src/complaints/name-subject';
import { deskOf, levels } from '../../src/complaints/levels';
import { permissionsOf } from '../../src/staff/permissions';
import { type Permission, roleNames, roleOf } from '../../src/staff/roles';
import { aHousehold } from '../support/factories';
import { aComplaint, anOfficer, caseDesk, shown } from '../support/cases';
import {
  type Browser,
  consoleBench,
  type ConsoleBench,
  formWordOf,
  signedIn,
} from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { anAccount, aTerritory } from '../support/staff';
import { exists, type Standing } from './reach-table';

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

const territoryOf: Readonly<Record<string, string>> = {
  ...{ region: 'R-1', cercle: 'C-1', commune: 'ML1', country: '' },
};

/** What every desk handles, from the village up. */
const anybodys = {
  category: 'information',
  subject: 'information.asked',
} as const;

const readers = roleNames.filter((role) =>
  permissionsOf(role).has('complaints.see'),
);
const acts = routes.filter(({ path }) =>
  path.startsWith('/demandes/:reference'),
);

test.each(readers)(
  'for %s a request is there or not by its place and by whom it names, on every route',
  async (role) => {
    const account = await anAccount(bench.desk, {
      ...{ role, login: 'herself' },
      territory: territoryOf[roleOf(role).reach[0]] ?? '',
    });
    const desk = caseDesk(store.db);
    const references = await requestsAround(desk, account.id, role);
    const browser = await signedIn(bench, account);
    const word = formWordOf((await browser.get('/console/compte')).text);
    for (const [standing, reference] of references) {
      const is = exists(role, standing);
      if (is === undefined) continue;
      for (const { method, path, access } of acts) {
        const at = `/console${path.replace(':reference', reference)}`;
        const may = permissionsOf(role).has(access as Permission);
        const { status } =
          method === 'get'
            ? await browser.get(at)
            : await browser.agent.post(at).type('form').send({ _csrf: word });
        // A form of nothing is refused: shown again, or overtaken.
        const found = method === 'get' ? [200] : [409, 422];
        expect({ standing, method, path, status }).toEqual({
          ...{ standing, method, path },
          status: !may
            ? 403
            : is
              ? found.includes(status)
                ? status
                : found
              : 404,
        });
      }
    }
    await findsHouseholds(browser, role);
  },
  60_000,
);

/** A household out of the territory is not there, and none is without a reason. */
async function findsHouseholds(
  browser: Browser,
  role: (typeof readers)[number],
): Promise<void> {
  const isNational = roleOf(role).reach[0] === 'country';
  for (const [communeCode, isThere] of [
    ['ML1', true],
    ['ML2', isNational || role === 'regionOfficer'],
  ] as const) {
    const id = await aHousehold().save(store.db);
    await store.db.prisma.household.update({
      where: { id },
      data: { communeCode },
    });
    const at = `/console/menages/${id}`;
    expect((await browser.get(at)).status).toBe(isThere ? 200 : 404);
    const form = { motif: 'control', precision: 'Essai' };
    const unreasoned = await browser.post(at, {}, '/console/compte');
    expect(unreasoned.status).toBe(isThere ? 422 : 404);
    expect(unreasoned.text).not.toContain('Canarie');
    const opened = await browser.post(at, form, '/console/compte');
    expect(opened.text.includes('Canarie')).toBe(isThere);
  }
}

/** One request each: in her territory, out of it, about her level, about herself. */
async function requestsAround(
  desk: ReturnType<typeof caseDesk>,
  herself: number,
  role: (typeof readers)[number],
): Promise<Map<Standing, string>> {
  const outside = role === 'regionOfficer' ? 'ML9' : 'ML2';
  const level = deskOf(role)?.level ?? 'N5';
  const ids = new Map<Standing, number>([
    ['inside', await aComplaint(desk, anybodys)],
    ['outside', await aComplaint(desk, { ...anybodys, communeCode: outside })],
    [
      'ownLevel',
      await aComplaint(desk, {
        ...anybodys,
        namedLevel: levels.find((one) => one === level),
      }),
    ],
    ['itself', await aComplaint(desk, anybodys)],
  ]);
  const other = await anOfficer(desk.db, 'safeguards');
  await nameSubject(desk, other, {
    ...(await shown(desk, ids.get('itself') ?? 0)),
    named: { kind: 'staff', accountId: herself },
  });
  const references = new Map<Standing, string>();
  for (const [standing, id] of ids) {
    const { reference } = await desk.db.prisma.complaint.findUniqueOrThrow({
      where: { id },
    });
    references.set(standing, reference);
  }
  return references;
}
