import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/runtime/package-root';
import {
  type Acting,
  holds,
  may,
  needsSecondFactor,
  permissionsOf,
} from '../../src/staff/permissions';
import { placeFinder } from '../../src/staff/place-finder';
import {
  type Permission,
  permissions,
  type Reach,
  roleNames,
  roleOf,
} from '../../src/staff/roles';
import { territoryUnits } from '../../src/staff/territory';
import { permissionsDocument } from './permissions-document';

const all = Object.keys(permissions) as Permission[];

const here = { region: 'R-1', cercle: 'C-1', commune: 'ML1', provider: 'P1' };
const elsewhere = {
  ...{ region: 'R-2', cercle: 'C-2', commune: 'ML2', provider: 'P2' },
};

/** An account of this role, tied to the place that the tests call here. */
function accountAt(role: Acting['role'], reach: Reach): Acting {
  const base = { role, state: 'active' as const };
  if (reach === 'agency')
    return { ...base, territory: undefined, providerCode: 'P1' };
  const territory =
    reach === 'country' ? undefined : { level: reach, code: here[reach] };
  return { ...base, territory, providerCode: undefined };
}

const cases = roleNames.flatMap((role) =>
  roleOf(role).reach.map((reach) => ({ role, reach })),
);

test.each(cases)(
  '$role, $reach: does what its list says where it reaches, and nothing else anywhere',
  ({ role, reach }) => {
    const account = accountAt(role, reach);
    for (const permission of all) {
      const listed = permissionsOf(role).has(permission);
      expect(holds(account, permission)).toBe(listed);
      expect(may(account, permission, here)).toBe(listed);
      expect(may(account, permission, elsewhere)).toBe(
        listed && reach === 'country',
      );
      // What has no place is the nation's.
      expect(may(account, permission, {})).toBe(listed && reach === 'country');
    }
  },
);

test.each(['invited', 'disabled'] as const)(
  'an account that is %s may nothing, not even see itself',
  (state) => {
    for (const { role, reach } of cases) {
      const account = { ...accountAt(role, reach), state };
      expect(all.filter((one) => may(account, one, here))).toEqual([]);
    }
  },
);

test('an account whose territory was lost reaches nowhere, instead of everywhere', () => {
  const account = {
    ...accountAt('cercleOfficer', 'cercle'),
    territory: undefined,
  };
  expect(may(account, 'complaints.see', here)).toBe(false);
  const agency = {
    ...accountAt('paymentAgency', 'agency'),
    providerCode: undefined,
  };
  expect(may(agency, 'ownLists.see', {})).toBe(false);
});

test('every permission is somebody’s', () => {
  const held = new Set(roleNames.flatMap((role) => [...permissionsOf(role)]));
  expect(all.filter((one) => !held.has(one))).toEqual([]);
});

test('who looks after accounts sees no case, and who reads sealed cases nothing else', () => {
  expect(roleOf('administrator').may).toEqual([
    'accounts.see',
    'accounts.change',
  ]);
  expect(roleOf('focalPoint').may).toEqual(['sealed.open']);
  const opening = roleNames.filter((role) =>
    permissionsOf(role).has('sealed.open'),
  );
  expect(opening).toEqual(['focalPoint']);
  const changing =
    /\.(change|file|work|assign|close|approve|reclassify|decide|settle|import|prepare)$/;
  expect(
    roleOf('internalAudit').may.filter((one) => changing.test(one)),
  ).toEqual([]);
});

test('a second factor is asked of every role that sees persons', () => {
  const without = roleNames.filter((role) => !needsSecondFactor(role));
  expect(without).toEqual(['figures', 'ngo']);
});

test('a place is told by its commune, as the territory stands on that day', () => {
  const units = territoryUnits();
  const nioro = units.find(
    ({ name, level }) => level === 'cercle' && name === 'Nioro',
  );
  const before = placeFinder(units, '2022-01-01').placeOf(nioro?.code);
  const after = placeFinder(units, '2026-01-01').placeOf(nioro?.code);
  expect([before.region, after.region]).toEqual(['R-kayes', 'R-nioro']);
  expect(placeFinder(units, '2026-01-01').placeOf('ML999')).toEqual({});
});

test('docs/permissions.md is as the roles are now (npm run permissions)', () => {
  const document = readFileSync(
    path.join(packageRoot, 'docs/permissions.md'),
    'utf8',
  );
  expect(document).toBe(permissionsDocument());
});
