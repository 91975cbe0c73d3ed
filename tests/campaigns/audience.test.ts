import { readAudience, readHouseholdList } from '../../src/campaigns/audience';
import type { Audience } from '../../src/campaigns/audience';
import { questionOf } from '../../src/campaigns/campaign-filling';
import { audienceSql, binding } from '../../src/campaigns/audience-sql';
import {
  reckonCampaign,
  endOf,
  ussdLoad,
} from '../../src/campaigns/reckon-campaign';
import {
  communeCounts,
  villageCounts,
} from '../../src/campaigns/territory-counts';
import {
  campaignDesk,
  goodTexts,
  type TestCampaignDesk,
} from '../support/campaigns';
import { testDatabase, type TestDatabase } from '../support/database';
import { aTerritory } from '../support/staff';
import { seeded } from '../support/seeded';
import { expectedAudience } from './audience-oracle';

let store: TestDatabase;
let desk: TestCampaignDesk;
beforeAll(async () => {
  store = await testDatabase();
  desk = campaignDesk(store.db);
  await aTerritory(store.db);
  await aRandomVillage(80);
});
afterAll(() => store.close());

/** Households of every sort, by a draw that is always the same. */
async function aRandomVillage(size: number): Promise<void> {
  const chance = seeded(16);
  const draw = (): number => chance.next();
  const one = <T>(...of: T[]): T => of[Math.floor(draw() * of.length)] as T;
  const { pool } = store.db;
  await pool.query(`
    insert into benefit_rules (code, programme, financing, name_fr, lump_sum_xof, valid_from) values
      ('TM', 'TM', 'FA2', 'Transfert', 30000, '2020-01-01'), ('AGR', 'AGR', 'FA2', 'Appui', 30000, '2020-01-01');
    insert into waves (code, benefit_rule_id, provider_code, provider_name, modality, window_start, window_end, status,
        zone_profile, updated_at, imported_at) values
      ('W1', 1, 'P', 'P', 'cash', '2026-03-16', '2026-03-20', 'open', 'normal', now(), now()),
      ('W2', 1, 'P', 'P', 'cash', '2026-03-16', '2026-03-20', 'announced', 'insecure', now(), now()),
      ('W3', 1, 'P', 'P', 'cash', '2026-03-16', '2026-03-20', 'planned', 'insecure', now(), now())`);
  for (let n = 1; n <= size; n += 1) {
    await pool.query(
      `insert into households (household_number, commune_code, village, village_key, recipient_first_name,
         recipient_last_name, recipient_sex, sms_consent, locale, status, updated_at, imported_at)
       values ($1, $2, 'V', $3, 'A', 'B', $4, $5, $6, $7, now(), now())`,
      [
        ...[`H-${n}`, one('ML1', 'ML2'), one('sanakoro', 'kobri')],
        ...[one('F', 'M', null), one(true, true, false), one('fr', 'bm', null)],
        one('active', 'active', 'active', 'active', 'suspended', 'closed'),
      ],
    );
    const phones = one(0, 1, 1, 1, 2);
    for (let p = 0; p < phones; p += 1)
      await pool.query(
        `insert into phone_links (household_id, msisdn, kind, origin, started_at, ended_at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
        [
          ...[n, `+223700000${String(10 + Math.floor(draw() * 50))}`],
          ...[one('own', 'own', 'family', 'relay'), one('register', 'channel')],
          one('2026-01-01', '2026-03-11T12:00:00Z', '2026-02-01'),
          one(null, null, null, '2026-03-12'),
        ],
      );
    for (const wave of [1, 2, 3])
      if (draw() < (wave === 1 ? 0.5 : 0.12))
        await pool.query(
          `insert into payments (wave_id, household_id, benefit_rule_id, amount_xof, status, updated_at)
           values ($1, $2, 1, 30000, $3, now())`,
          [wave, n, one('planned', 'planned', 'removed')],
        );
    if (draw() < 0.5)
      await pool.query(
        `insert into enrolments (household_id, benefit_rule_id, cohort_start, status, updated_at)
         values ($1, $2, '2025-01-01', $3, now())`,
        [n, one(1, 2), one('active', 'active', 'removed')],
      );
  }
  await pool.query(`
    insert into phones (msisdn, locale, sms_on) select distinct msisdn, case when id % 3 = 0 then 'bm' end,
      case id % 5 when 0 then false when 1 then true end from phone_links where id % 2 = 0 on conflict do nothing;
    insert into unreachable_phones (event_id, msisdn, reason, since)
      select distinct on (msisdn) msisdn, msisdn, 'failed', '2026-03-01'::date from phone_links where id % 9 = 0;
    insert into receipts (event_id, payment_id, answer, proof_level, channel, answered_at)
      select id::text, id, 'RECEIVED', 'L1', 'ussd', now() from payments where id % 3 = 0;
    insert into messages (purpose, subject_id, round, msisdn, class, template, locale, text, encoding, segments, state,
        due_at, expires_at, written_at)
      select 'payment.announced', 1, round, msisdn, 'reminder', 't', 'fr', 't', 'gsm7', 1, 'queued', '2026-03-12T08:00Z',
        '2026-03-13', now() from (select distinct msisdn from phone_links where id % 7 = 0) one, generate_series(1, 3) round;
    insert into messages (purpose, subject_id, msisdn, class, template, locale, text, encoding, segments, state,
        due_at, expires_at, written_at, settled_at)
      select distinct 'payment.announced', 1, msisdn, 'reminder', 't', 'fr', 't', 'gsm7', 1, 'delivered',
        '2026-03-01T08:00Z'::timestamptz, '2026-03-13'::timestamptz, now(), now() from phone_links where id % 4 = 0`);
}

const withDays = {
  fr: {
    own: 'Jigisèmèjiri: {{amount}} du {{from}} au {{to}}.',
    shared: 'Jigisèmèjiri: du {{from}} au {{to}}. {{code}}.',
  },
};

const plain = {
  subjectKind: null,
  subjectId: null,
  fromDay: null,
  toDay: null,
};
const aboutWave = {
  ...{ subjectKind: 'wave', subjectId: 1 },
  ...{ fromDay: new Date('2026-03-16'), toDay: new Date('2026-03-20') },
};

const audiences: readonly [Audience, boolean][] = [
  [{}, false],
  [{}, true],
  [{ units: [{ level: 'commune', code: 'ML1' }] }, false],
  [{ villages: [{ commune: 'ML2', village: 'kobri' }] }, true],
  [
    {
      units: [{ level: 'commune', code: 'ML1' }],
      villages: [{ commune: 'ML2', village: 'kobri' }],
    },
    false,
  ],
  [{ rules: ['TM'] }, false],
  [{ waves: ['W1'] }, true],
  [{ waveStates: ['announced'] }, true],
  [{ waves: ['W1', 'W2', 'W3'] }, true],
  [{ languages: ['bm'], sex: 'F' }, false],
  [{ households: ['H-3', 'H-4', 'H-5', 'none'] }, false],
  [{ waves: ['W1'], standing: 'told' }, true],
  [{ waves: ['W1'], standing: 'notTold' }, true],
  [{ waves: ['W1'], standing: 'unconfirmed' }, true],
];

test.each(audiences)(
  'the statement finds for %j (about a wave: %s) what looking household by household finds',
  async (audience, isWave) => {
    const campaign = {
      ...(isWave ? aboutWave : plain),
      ...{ audience, texts: isWave ? withDays : goodTexts },
      ...{ scheduledAt: null, kind: 'wave', follows: null },
    };
    const question = await questionOf(desk, campaign);
    const { bind, values } = binding();
    const { rows } = await store.db.pool.query(
      `select * from (${audienceSql(question, bind)}) found order by household_id`,
      values,
    );
    const { rows: told } = await store.db.pool.query<{ msisdn: string }>(
      `select distinct msisdn from messages where state = 'delivered'`,
    );
    const expected = await expectedAudience(store.db, audience, {
      ...{ now: desk.clock.now(), tellsDays: isWave },
      told: new Set(told.map(({ msisdn }) => msisdn)),
    });
    expect(expected.length).toBeGreaterThan(0);
    expect(rows).toEqual(expected);
  },
);

test('cercles and regions hold their communes; the numbers add up, and nobody is counted twice', async () => {
  const inUnit = async (level: 'cercle' | 'region', code: string) =>
    reckonCampaign(desk, {
      ...{
        ...plain,
        texts: goodTexts,
        scheduledAt: null,
        kind: 'announcement',
      },
      ...{ follows: null, id: 1, frozenAt: null },
      audience: { units: [{ level, code }] },
    });
  const kita = await inUnit('cercle', 'C-1');
  const nioro = await inUnit('cercle', 'C-2');
  const suspended = kita.excluded.find(({ reason }) => reason === 'suspended');
  const [commune] = await communeCounts(store.db, desk.clock.today());
  expect(commune).toMatchObject({
    ...{ code: 'ML1', cercle: 'C-1', regionName: 'Kayes' },
    households: kita.households - (suspended?.households ?? 0),
  });
  const villages = await villageCounts(store.db, 'ML1');
  expect(villages.map(({ village }) => village).sort()).toEqual([
    ...['kobri', 'sanakoro'],
  ]);
  expect(villages.reduce((sum, one) => sum + one.households, 0)).toBe(
    commune?.households,
  );
  const kayes = await inUnit('region', 'R-1');
  expect(kita.households).toBeGreaterThan(0);
  expect(kita.households + nioro.households).toBe(kayes.households);
  const excluded = kayes.excluded.reduce((sum, one) => sum + one.households, 0);
  expect(kayes.messages + kayes.collapsed + excluded).toBe(kayes.households);
  expect(kayes.collapsed).toBeGreaterThan(0);
  expect(kayes.costXof).toBe(15 * kayes.segments);
  expect(kayes.byLanguage.reduce((sum, one) => sum + one.messages, 0)).toBe(
    kayes.messages,
  );
});

test('the load to expect is that of the programme; nights do not count as sending', () => {
  expect(ussdLoad(50)).toEqual({
    ...{ smsPerSecond: 50, sessionsPerSecond: 10 },
    ...{ requestsPerSecond: 60, openSessions: 450 },
  });
  expect(endOf(new Date('2026-03-12T18:00:00Z'), 2 * 3600)).toEqual(
    new Date('2026-03-13T08:30:00Z'),
  );
});

test('a definition that is not understood is refused in French, a list is read as it comes', () => {
  expect(() => readAudience({ sex: 'X', units: [] })).toThrow(
    /territoires.*sexe|sexe.*territoires/,
  );
  expect(
    readHouseholdList('\uFEFFhousehold_number;nom\r\nH-1;x\n\n"H-2"\nH-1\n'),
  ).toEqual(['H-1', 'H-2']);
});
