import {
  actedOnBy,
  mayAct,
  maySee,
  seenBy,
  type GuardedComplaint,
  type Officer,
} from '../../src/complaints/visibility';
import { officerOf } from '../../src/complaints/officer';
import type { Permission, Role } from '../../src/staff/roles';
import { roleNames } from '../../src/staff/roles';
import { memberColumns, staffMember } from '../../src/staff/staff-member';
import { testDatabase, type TestDatabase } from '../support/database';
import { anOfficer } from '../support/cases';
import { aTerritory } from '../support/staff';

let store: TestDatabase;
beforeAll(async () => {
  store = await testDatabase();
});
afterAll(() => store.close());

const me = 7;
const other = 8;

const categoryCodes = ['C1', 'C2', 'C5', 'C6', 'C7', 'C8', 'C9'];
const places = ['ML1', 'ML2', null];
const levelPairs = [
  ['N1', 'N1'],
  ['N2', 'N2'],
  ['N2', 'N4'],
  ['N3', 'N3'],
  ['N4', 'N4'],
  ['N5', 'N5'],
] as const;
const concerns: Pick<
  GuardedComplaint,
  'assignedTo' | 'namedLevel' | 'namedAccountId' | 'barred'
>[] = [
  { assignedTo: null, namedLevel: null, namedAccountId: null, barred: [] },
  { assignedTo: me, namedLevel: null, namedAccountId: null, barred: [] },
  { assignedTo: other, namedLevel: 'N3', namedAccountId: null, barred: [] },
  { assignedTo: me, namedLevel: 'N4', namedAccountId: other, barred: [] },
  { assignedTo: null, namedLevel: 'N5', namedAccountId: me, barred: [] },
  { assignedTo: me, namedLevel: null, namedAccountId: null, barred: [me] },
];

/** Every mix of what decides; as a table of its own, for C9 fits into no real one. */
const crossed: GuardedComplaint[] = categoryCodes.flatMap((category) =>
  places.flatMap((communeCode) =>
    levelPairs.flatMap(([entryLevel, level]) =>
      concerns.map((concern) => ({
        ...{ category, communeCode, entryLevel, level },
        ...concern,
      })),
    ),
  ),
);

const officers: Officer[] = roleNames.flatMap((role) =>
  (['country', ['ML1'], []] as const).flatMap((communes) =>
    (['active', 'disabled'] as const).map((state) => ({
      ...{ id: me, role, state, communes },
    })),
  ),
);

async function chosenBy(
  condition: (from: number) => { sql: string; values: readonly unknown[] },
): Promise<Set<number>> {
  const { sql, values } = condition(2);
  const { rows } = await store.db.pool.query<{ n: number }>(
    `with c as (select * from jsonb_to_recordset($1::jsonb) as r (n int, category text, commune_code text,
       entry_level text, level text, assigned_to int, named_level text, named_account_id int, barred int[]))
     select c.n from c where ${sql}`,
    [
      JSON.stringify(crossed.map((one, n) => ({ n, ...asRow(one) }))),
      ...values,
    ],
  );
  return new Set(rows.map(({ n }) => n));
}

function asRow(complaint: GuardedComplaint) {
  return {
    ...{ category: complaint.category, commune_code: complaint.communeCode },
    ...{ entry_level: complaint.entryLevel, level: complaint.level },
    ...{ assigned_to: complaint.assignedTo, barred: complaint.barred },
    named_level: complaint.namedLevel,
    named_account_id: complaint.namedAccountId,
  };
}

const chosen = (rule: (complaint: GuardedComplaint) => boolean) =>
  new Set(crossed.flatMap((one, n) => (rule(one) ? [n] : [])));

test('whoever asks, the rule and its SQL choose the same complaints to see and to act on', async () => {
  const permission: Permission = 'complaints.approve';
  let seenByAnybody = 0;
  for (const officer of officers) {
    const seen = chosen((one) => maySee(officer, one));
    seenByAnybody += seen.size;
    expect(await chosenBy((from) => seenBy(officer, from))).toEqual(seen);
    expect(
      await chosenBy((from) => actedOnBy(officer, permission, from)),
    ).toEqual(chosen((one) => mayAct(officer, permission, one)));
  }
  expect(seenByAnybody).toBeGreaterThan(500);
});

const seenAs = (role: Role, communes: Officer['communes'] = 'country') =>
  crossed.filter((one) =>
    maySee({ id: me, role, state: 'active', communes }, one),
  );

test('nobody sees the sealed category, and only those who work complaints see any', () => {
  for (const role of roleNames)
    expect(seenAs(role).filter(({ category }) => category === 'C9')).toEqual(
      [],
    );
  const blind = roleNames.filter((role) => seenAs(role).length === 0);
  expect(blind).toEqual([
    ...['focalPoint', 'figures', 'communication', 'ngo'],
    ...['paymentAgency', 'administrator'],
  ]);
});

test('fraud, conduct and accidents exist for no commune and no cercle, not even when they are given one', () => {
  for (const role of ['communeOfficer', 'cercleOfficer'] as const)
    expect(
      seenAs(role, ['ML1']).filter(({ category }) =>
        ['C6', 'C7', 'C8'].includes(category),
      ),
    ).toEqual([]);
});

test('a person or a level that is named never sees it; the nation as a level cannot be passed by', () => {
  expect(
    seenAs('safeguards').filter(({ namedAccountId }) => namedAccountId === me),
  ).toEqual([]);
  expect(
    seenAs('regionOfficer', ['ML1']).filter(
      ({ namedLevel }) => namedLevel === 'N4',
    ),
  ).toEqual([]);
  expect(
    seenAs('cercleOfficer', ['ML1']).filter(
      ({ namedLevel }) => namedLevel === 'N3',
    ),
  ).toEqual([]);
});

test('who had it goes on reading when it went up, and acts no more', () => {
  const wentUp: GuardedComplaint = {
    ...{ category: 'C5', communeCode: 'ML1', entryLevel: 'N2', level: 'N4' },
    ...{ assignedTo: null, namedLevel: null, namedAccountId: null, barred: [] },
  };
  const commune: Officer = {
    ...{ id: me, role: 'communeOfficer', state: 'active', communes: ['ML1'] },
  };
  expect(maySee(commune, wentUp)).toBe(true);
  expect(mayAct(commune, 'complaints.work', wentUp)).toBe(false);
  expect(mayAct(commune, 'complaints.work', { ...wentUp, level: 'N2' })).toBe(
    true,
  );
});

test('an account reaches the communes of its territory as it stands today', async () => {
  await store.truncateAll();
  await aTerritory(store.db);
  await store.db.pool.query(
    `insert into territory_units (code, level, name, parent_code, valid_from, valid_to)
     values ('ML3', 'commune', 'Ancienne', 'C-1', '2000-01-01', '2020-01-01')`,
  );
  const communesOf = async (role: Role) => {
    const { id } = await anOfficer(store.db, role, []);
    const row = await store.db.prisma.staffAccount.findUniqueOrThrow({
      where: { id },
      select: memberColumns,
    });
    return (await officerOf(store.db, staffMember(row))).communes;
  };
  expect(await communesOf('communeOfficer')).toEqual(['ML1']);
  expect(await communesOf('cercleOfficer')).toEqual(['ML1']);
  expect(await communesOf('regionOfficer')).toEqual(['ML1', 'ML2']);
});
