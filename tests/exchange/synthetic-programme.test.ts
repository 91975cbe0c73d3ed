import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import {
  demoHouseholdCount,
  demoHouseholds,
} from '../../src/exchange/demo-households';
import { DEMO_PEOPLE } from '../../src/exchange/demo-people';
import { FILE_FORMATS } from '../../src/exchange/formats';
import { loadDemoProgramme } from '../../src/exchange/load-demo-programme';
import {
  makeSyntheticProgramme,
  syntheticFrame,
  type SyntheticRequest,
} from '../../src/exchange/synthetic-programme';
import { syntheticHouseholds } from '../../src/exchange/synthetic-households';
import {
  SYNTHETIC_RULES,
  SYNTHETIC_WAVES,
} from '../../src/exchange/synthetic-waves';
import { fixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';

const REQUEST: SyntheticRequest = {
  households: 3000,
  seed: 11,
  today: '2026-03-12',
};
const folder = mkdtempSync(path.join(tmpdir(), 'jigi-synthetic-'));
let files: readonly string[];

beforeAll(async () => {
  files = await makeSyntheticProgramme(REQUEST, path.join(folder, 'first'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const rows = (kind: string): Record<string, string>[] =>
  parse<Record<string, string>>(
    readFileSync(
      files.find((file) => file.endsWith(`/${kind}.csv`)) ?? '',
      'utf8',
    ),
    { columns: true, delimiter: ';' },
  );
const bytes = (paths: readonly string[]): string[] =>
  paths.map((file) =>
    createHash('sha256').update(readFileSync(file)).digest('hex'),
  );
const at = (name: string): string => path.join(folder, name);

describe('the files', () => {
  test('there is one for every kind of the exchange', () => {
    expect(files.map((file) => path.basename(file, '.csv'))).toEqual(
      FILE_FORMATS.map(({ kind }) => kind),
    );
  });

  test('the same request gives the same bytes; another seed or day gives others', async () => {
    const first = bytes(files);
    expect(bytes(await makeSyntheticProgramme(REQUEST, at('again')))).toEqual(
      first,
    );
    const seed = await makeSyntheticProgramme(
      { ...REQUEST, seed: 12 },
      at('seed'),
    );
    expect(bytes(seed)[1]).not.toBe(first[1]);
    const day = await makeSyntheticProgramme(
      { ...REQUEST, today: '2026-03-13' },
      at('day'),
    );
    expect(bytes(day)[3]).not.toBe(first[3]);
  });

  test('households are spread over regions as the register is', () => {
    const drawn = [...syntheticHouseholds(syntheticFrame(REQUEST))].slice(
      demoHouseholdCount,
    );
    const share = (region: string): number =>
      drawn.filter(({ commune }) => commune.region === region).length /
      drawn.length;
    expect(drawn).toHaveLength(3000 - demoHouseholdCount);
    expect(share('Sikasso')).toBeCloseTo(93_928 / 352_900, 2);
    expect(share('Mopti')).toBeCloseTo(66_069 / 352_900, 2);
    expect(share('Bamako')).toBeCloseTo(31_533 / 352_900, 2);
    expect(share('Kidal')).toBeCloseTo(1764 / 352_900, 2);
  });

  test('every rule is enrolled in, every wave has payments, every state of a household occurs', () => {
    const seen = (kind: string, column: string): unknown[] =>
      [...new Set(rows(kind).map((row) => row[column]))].sort();
    expect(seen('enrolments', 'rule_code')).toEqual(
      SYNTHETIC_RULES.map(({ code }) => code).sort(),
    );
    expect(seen('payments', 'wave_code')).toEqual(
      SYNTHETIC_WAVES.map(({ code }) => code).sort(),
    );
    expect(seen('households', 'status')).toEqual([
      ...['active', 'closed', 'moved', 'registered', 'suspended'],
    ]);
    expect(seen('households', 'phone_owner')).toEqual([
      ...['family', 'neighbour', 'none', 'own', 'relay'],
    ]);
    expect(seen('payment-results', 'result')).toEqual([
      ...['absent', 'paid', 'partial', 'rejected', 'returned'],
    ]);
    expect(seen('waves', 'status')).toEqual([
      ...['accepted', 'announced', 'cancelled', 'closed', 'open', 'planned'],
      'postponed',
    ]);
  });

  test('no card comes twice and every phone is of the block that was taken for it', () => {
    const households = rows('households');
    const cards = households.map((row) => row['card_number']);
    expect(new Set(cards).size).toBe(cards.length);
    const phones = households
      .map((row) => row['phone'])
      .filter((one) => one !== '');
    expect(phones.every((one) => /^6\d{7}$/.test(one ?? ''))).toBe(true);
  });

  test('with distinct amounts no two payments of a wave are alike', async () => {
    const made = await makeSyntheticProgramme(
      { ...REQUEST, distinctAmounts: true },
      at('distinct'),
    );
    const payments = parse<Record<string, string>>(
      readFileSync(made[4] ?? '', 'utf8'),
      {
        columns: true,
        delimiter: ';',
      },
    ).map((row) => `${row['wave_code'] ?? ''} ${row['amount_xof'] ?? ''}`);
    expect(new Set(payments).size).toBe(payments.length);
  });

  test('fewer households than the demo people need are refused', () => {
    expect(() => syntheticFrame({ ...REQUEST, households: 5 })).toThrow(
      'au moins',
    );
  });
});

describe('the demo', () => {
  let store: TestDatabase;
  const clock = fixedClock('2026-11-21T10:00:00Z');

  beforeAll(async () => {
    store = await testDatabase();
  });

  afterAll(async () => {
    await store.close();
  });

  test('it loads whole, without a rejected row or a warning, and again without a change', async () => {
    const said: string[] = [];
    const ground = {
      databaseUrl: store.url,
      clock,
      households: 400,
      say: (line: string) => void said.push(line),
    };
    const first = await loadDemoProgramme(ground);
    expect(
      first.map(({ kind, read, created }) => [
        kind,
        created === read && read > 0,
      ]),
    ).toEqual(FILE_FORMATS.map(({ kind }) => [kind, true]));
    const again = await loadDemoProgramme(ground);
    expect(again.every(({ read, unchanged }) => read === unchanged)).toBe(true);
    expect(said).toEqual([]);
  });

  test('on another day its dates move along', async () => {
    clock.advance({ days: 3 });
    const later = await loadDemoProgramme({
      databaseUrl: store.url,
      clock,
      households: 400,
    });
    expect(later.every(({ rejected, stale }) => rejected + stale === 0)).toBe(
      true,
    );
    const open = await store.db.prisma.wave.findUniqueOrThrow({
      where: { code: 'TM15-C1' },
    });
    expect(open.windowStart.toISOString().slice(0, 10)).toBe('2026-11-22');
  });

  test('each person has the phone, the card and the links of the story', async () => {
    for (const person of DEMO_PEOPLE) {
      const links = await store.db.prisma.phoneLink.count({
        where: { msisdn: person.msisdn, endedAt: null },
      });
      const wanted =
        { 'no-link': 0, relay: 14, 'great-relay': 60, 'family-phone': 3 }[
          person.key
        ] ?? 1;
      expect([person.key, links]).toEqual([person.key, wanted]);
      const holder = await store.db.prisma.household.findFirst({
        where: { cardNumber: person.card.number, cardCheck: person.card.check },
      });
      expect(holder?.locale).toBe(person.locale);
    }
  });

  test('relays hold cards that end alike', () => {
    const ends = (phone: string): number => {
      const cards = demoHouseholds()
        .filter((one) => one.phone === phone)
        .map(({ card }) => card.number.slice(-4));
      return cards.length - new Set(cards).size;
    };
    expect(ends('+22360000003')).toBe(1);
    expect(ends('+22360000004')).toBe(10);
    expect(ends('+22360000019')).toBe(1);
  });

  test.each([
    ['own-phone', ['TM15-A', 'TM15-B', 'TM15-C1']],
    ['bambara', ['TM15-A', 'TM15-B', 'TM15-C2']],
    ['wallet', ['TMU-A']],
    ['insecure', ['URG-YOU-A']],
    ['several', ['PDAZAM-S-A', 'PDAZAM-S-B', 'PDAZAM-P-A']],
    ['unconfirmed', ['TM10-A', 'TM10-B1']],
    ['nothing-planned', ['PGFS-A', 'PGFS-B']],
    ['postponed', ['TM10-A', 'TM10-B2']],
    ['cancelled', ['TM10-A', 'TM10-B3']],
    ['registered', []],
    ['no-link', ['TM15-A', 'TM15-B', 'TM15-C1']],
  ])('%s is on the lists that the story tells of', async (key, waves) => {
    const person = DEMO_PEOPLE.find((one) => one.key === key);
    const payments = await store.db.prisma.payment.findMany({
      where: { household: { cardNumber: person?.card.number ?? '' } },
      select: { wave: { select: { code: true } } },
    });
    expect(payments.map(({ wave }) => wave.code).sort()).toEqual(
      [...waves].sort(),
    );
  });

  test('the 36 months of the one whose time is over have ended', async () => {
    const ended = await store.db.prisma.enrolment.findFirstOrThrow({
      where: { household: { cardNumber: '90002312' } },
    });
    expect(ended.cohortEnd?.toISOString() ?? '').toMatch(/^2026-0[78]/);
  });
});
