import { refreshFigures } from '../../src/complaints/refresh-figures';
import { nameSubject } from '../../src/complaints/name-subject';
import { lookUpsAnHour } from '../../src/payments/look-up-card';
import type { Officer } from '../../src/complaints/visibility';
import { aComplaint, caseDesk, shown } from '../support/cases';
import {
  type Browser,
  consoleBench,
  type ConsoleBench,
  signedIn,
} from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { anAccount, aTerritory, auditedActs } from '../support/staff';

let store: TestDatabase;
let bench: ConsoleBench;

beforeAll(async () => {
  store = await testDatabase();
  await store.truncateAll();
  bench = consoleBench(store.db);
  await aTerritory(store.db);
  await aHousehold()
    .withCard('12345678', '11')
    .on('+22376111111')
    .owed({ wave: 'OURS', result: 'paid', amountXof: 41_000 })
    .meeting({ date: '2026-03-18', place: 'Sous le fromager' })
    .rationed({ date: '2026-03-19', place: 'CSCom de Kita' })
    .save(store.db);
  await aHousehold()
    .withCard('87654321', '22')
    .owed({ wave: 'THEIRS', amountXof: 52_000 })
    .save(store.db);
  await aHousehold()
    .meeting({ date: '2026-03-20', place: 'Loin d’ici' })
    .save(store.db);
  await store.db.pool.query(
    `update waves set provider_code = 'P2' where code = 'THEIRS'`,
  );
  // The first two live in Kita, the third elsewhere.
  for (const table of ['households', 'support_sessions', 'distributions'])
    await store.db.pool.query(
      `update ${table} set commune_code = case when village = (select max(village) from households) then 'ML2' else 'ML1' end`,
    );
  await refreshFigures({ db: store.db, clock: bench.desk.clock });
});
afterAll(() => store.close());

const waveId = async (code: string): Promise<number> =>
  (await store.db.prisma.wave.findUniqueOrThrow({ where: { code } })).id;

describe('story A1, the staff half', () => {
  let agency: Browser;
  let agencyId: number;
  beforeAll(async () => {
    const account = await anAccount(bench.desk, {
      ...{ role: 'paymentAgency', provider: 'P1' },
    });
    agencyId = account.id;
    agency = await signedIn(bench, account);
  });
  const lookUp = async (code: string, carte: string) =>
    agency.post(
      `/console/listes/${await waveId(code)}`,
      { carte },
      '/console/compte',
    );

  test('an agency sees its own waves and no other agency’s', async () => {
    const { text } = await agency.get('/console/listes');
    expect(text).toContain('OURS');
    expect(text).not.toContain('THEIRS');
    const ours = await agency.get(`/console/listes/${await waveId('OURS')}`);
    expect(ours.text).toContain('Kita Ouest');
    const theirs = `/console/listes/${await waveId('THEIRS')}`;
    expect((await agency.get(theirs)).status).toBe(404);
    expect((await lookUp('THEIRS', '87654321')).status).toBe(404);
  });

  test('communes come by fifties, and the last page ends the list', async () => {
    const id = await waveId('OURS');
    await store.db.pool.query(
      `insert into wave_figures select $1, 'Z' || lpad(n::text, 3, '0'), n, n, 0, 0, 0, 0, 0, 0, 0, 0, 0 from generate_series(1, 70) n`,
      [id],
    );
    const first = await agency.get(`/console/listes/${id}`);
    const next = /href="([^"]*apres=[^"]*)"/.exec(first.text)?.[1] ?? '';
    const second = await agency.get(next);
    const shown = [first, second].map(
      ({ text }) => text.match(/Kita Ouest|\bZ\d{3}\b(?=<\/th>)/g) ?? [],
    );
    expect(shown.map((page) => page.length)).toEqual([50, 21]);
    expect(new Set(shown.flat()).size).toBe(71);
    expect(second.text).not.toMatch(/href="[^"]*apres=/);
    expect((await agency.get(`${next}%00`)).status).toBeLessThan(500);
  });

  test('a card shows amount, place and its last digits; no telephone, no name, and each look-up is audited', async () => {
    const { text } = await lookUp('OURS', '1234 5678');
    for (const word of ['41 000 F', 'Mairie de Kita-Ouest', '•••• 5678'])
      expect(text.replaceAll('\u00a0', ' ')).toContain(word);
    expect(text).not.toMatch(/76 ?11|76111111|12345678|Canarie|Secrète/);
    expect((await lookUp('OURS', '87654321')).text).toContain(
      'n’est pas sur cette liste',
    );
    expect((await lookUp('OURS', '123')).status).toBe(422);
    const acts = (await auditedActs(store.db)).filter((act) =>
      act.includes('lookedUp'),
    );
    const act = `officer:${agencyId} ownList.lookedUp wave:${await waveId('OURS')}`;
    expect(acts).toEqual([act, act]);
  });

  test('after sixty look-ups in an hour it waits, and looks again an hour later', async () => {
    const { clock } = bench.desk;
    const past = await store.db.prisma.cardLookUp.count();
    await store.db.prisma.cardLookUp.createMany({
      data: Array.from({ length: lookUpsAnHour - past }, () => ({
        ...{ accountId: agencyId, lookedAt: clock.now() },
      })),
    });
    const refused = await lookUp('OURS', '12345678');
    expect(refused.status).toBe(429);
    expect(refused.text).toContain('Attendez 60 minutes');
    expect(refused.text).not.toContain('•••• 5678');
    await store.db.pool.query(
      `update card_look_ups set looked_at = looked_at - interval '1 hour'`,
    );
    expect((await lookUp('OURS', '12345678')).status).toBe(200);
  });

  test('complaints, households and payments of others are closed; three that name it raise an alert that it does not see', async () => {
    const desk = caseDesk(store.db);
    const named = { kind: 'staff', accountId: agencyId } as const;
    const nation = await anAccount(bench.desk, { role: 'safeguards' });
    const officer: Officer = {
      ...{ id: nation.id, role: 'safeguards', state: 'active' },
      communes: 'country',
    };
    const references: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const id = await aComplaint(desk, {
        ...{ category: 'fraud', subject: 'fraud.money' },
      });
      await nameSubject(desk, officer, { ...(await shown(desk, id)), named });
      const { reference } = await store.db.prisma.complaint.findUniqueOrThrow({
        ...{ where: { id }, select: { reference: true } },
      });
      references.push(reference);
    }
    const office = await signedIn(bench, nation);
    const inbox = (await office.get('/console/demandes')).text;
    expect(inbox).toMatch(/alerte=\d+/);
    for (const at of [
      ...['/demandes', `/demandes/${references[0] ?? ''}`, '/menages'],
      ...['/paiements', '/paiements/echantillon', '/chiffres', '/audit'],
    ])
      expect((await agency.get(`/console${at}`)).status).toBe(403);
    for (const at of ['', '/listes', '/compte']) {
      const { text } = await agency.get(`/console${at}`);
      expect(text).not.toMatch(/alerte|fraude|demandes/i);
    }
  });
});

test('a partner sees the sessions and distributions of its territory, without theme, without small counts', async () => {
  const account = await anAccount(
    bench.desk,
    { role: 'ngo', territory: 'C-1' },
    false,
  );
  const ngo = await signedIn(bench, account);
  const { text } = await ngo.get('/console/seances');
  expect(text).toContain('Sous le fromager');
  expect(text).toContain('CSCom de Kita');
  expect(text).not.toContain('Loin d’ici');
  expect(text).not.toMatch(/familiale|LACTATING|allait/i);
  expect(text).toContain('moins de 5');
  const only = await ngo.get('/console/seances?quoi=session');
  expect(only.text).not.toContain('CSCom de Kita');
  expect((await ngo.get('/console/seances?du=2026-03-20')).text).toContain(
    'Rien à partir',
  );
  expect((await ngo.get('/console/seances?du=demain')).status).toBe(422);
  expect((await ngo.get('/console/paiements')).status).toBe(403);
});

test('waves are seen with what agencies and households say, by state and territory', async () => {
  const stm = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'stm' }),
  );
  const { text } = await stm.get('/console/paiements');
  expect(text).toContain('OURS');
  expect(text).toContain('THEIRS');
  expect(text).toContain('1 payés');
  expect(text).toContain(`/console/demandes?vague=${await waveId('OURS')}`);
  const closedOnes = await stm.get('/console/paiements?etat=closed');
  expect(closedOnes.text).toContain('Aucune vague ici');
  await store.db.pool.query(
    `update territory_units set parent_code = 'R-2' where code = 'C-1'`,
  );
  const region = await anAccount(bench.desk, {
    ...{ role: 'regionOfficer', territory: 'R-1' },
  });
  const elsewhere = await signedIn(bench, region);
  expect((await elsewhere.get('/console/paiements')).text).toContain(
    'Aucune vague ici',
  );
});
