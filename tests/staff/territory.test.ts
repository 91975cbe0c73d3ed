import { communeFinder } from '../../src/staff/find-commune';
import {
  cercleCode,
  loadTerritory,
  readTerritory,
  territoryUnits,
} from '../../src/staff/territory';
import { referenceCommunes } from '../../src/staff/territory-reference';
import { testDatabase, type TestDatabase } from '../support/database';

const finder = communeFinder(territoryUnits());
const codesOf = (found: ReturnType<typeof finder.communeByNames>): string[] =>
  found.kind === 'one'
    ? [found.commune.code]
    : found.kind === 'several'
      ? found.communes.map(({ code }) => code)
      : [];

describe('in the store', () => {
  let store: TestDatabase;

  beforeAll(async () => {
    store = await testDatabase();
  });

  afterAll(async () => {
    await store.close();
  });

  test('the units are written once, and what was corrected by hand stays', async () => {
    expect(await loadTerritory(store.db)).toBe(territoryUnits().length);
    await store.db.prisma.territoryUnit.updateMany({
      where: { code: 'ML010515' },
      data: { name: 'Kita-Ouest' },
    });
    expect(await loadTerritory(store.db)).toBe(0);
    const units = await readTerritory(store.db);
    expect(units).toHaveLength(territoryUnits().length);
    expect(units.find(({ code }) => code === 'ML010515')?.name).toBe(
      'Kita-Ouest',
    );
  });
});

test('there are 703 communes, each with a code of its own, two without P-code', () => {
  const communes = territoryUnits().filter(({ level }) => level === 'commune');
  expect(communes).toHaveLength(703);
  expect(new Set(communes.map(({ code }) => code)).size).toBe(703);
  expect(
    communes.filter(({ pcode }) => pcode === undefined).map(({ name }) => name),
  ).toEqual(['Alata', 'Intadjedite']);
});

test('the cercle of Kita was in the region of Kayes until the division of 2023', () => {
  const kita = territoryUnits().filter(
    ({ code }) => code === cercleCode('Kita'),
  );
  expect(
    kita.map(({ parentCode, validFrom, validTo }) => ({
      ...{ parentCode, validFrom, validTo },
    })),
  ).toEqual([
    { parentCode: 'R-kayes', validFrom: '1996-11-04', validTo: '2023-03-12' },
    { parentCode: 'R-kita', validFrom: '2023-03-13', validTo: undefined },
  ]);
});

test('every cercle that moved exists in the old division, and every parent exists', () => {
  const units = territoryUnits();
  const codes = new Set(units.map(({ code }) => code));
  const orphans = units.filter(
    ({ parentCode }) => parentCode !== undefined && !codes.has(parentCode),
  );
  expect(orphans).toEqual([]);
  const openCercles = units.filter(
    ({ level, validTo }) => level === 'cercle' && validTo === undefined,
  );
  expect(new Set(openCercles.map(({ code }) => code)).size).toBe(50);
});

test('every commune of the reference is found by its cercle and name, and by its P-code', () => {
  for (const { cercle, commune, pcode, code } of referenceCommunes()) {
    expect(codesOf(finder.communeByNames(cercle, commune))).toEqual([code]);
    if (pcode !== undefined)
      expect(finder.communeByPcode(pcode)?.code).toBe(code);
  }
});

test.each([
  ['KITA', 'kita-ouest', ['ML010515']],
  ['Kita', 'Commune urbaine de Kita', ['ML010513']],
  ['Kita', 'Kita Commune', ['ML010513']],
  ['segou', 'N’Gara', ['ML040107']],
  [undefined, 'Konna', ['ML050105']],
  ['Kita', 'Kofeba', []],
])(
  '%s, %s is found whatever its capitals, accents and hyphens',
  (cercle, commune, codes) => {
    expect(codesOf(finder.communeByNames(cercle, commune))).toEqual(codes);
  },
);

test('a name that repeats is answered by all that bear it, until the cercle is said', () => {
  const several = finder.communeByNames(undefined, 'Benkadi');
  expect(several.kind).toBe('several');
  expect(codesOf(several)).toHaveLength(4);
  expect(codesOf(finder.communeByNames('Banamba', 'Benkadi'))).toEqual([
    'ML020601',
  ]);
});

test('a cercle that does not exist is told from a commune that does not', () => {
  expect(finder.communeByNames('Quita', 'Kita Ouest').kind).toBe(
    'unknownCercle',
  );
  expect(finder.communeByNames('Kita', 'Konna').kind).toBe('none');
});
