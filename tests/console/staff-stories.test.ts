import { refreshFigures } from '../../src/complaints/refresh-figures';
import { askPhoneChange } from '../../src/messaging/ask-phone-change';
import { inTransaction } from '../../src/runtime/database';
import { loadTerritory } from '../../src/staff/territory';
import {
  type Browser,
  consoleBench,
  type ConsoleBench,
  signedIn,
} from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { manyComplaints } from '../support/many-complaints';
import { aPhone } from '../support/phone';
import { smsWording } from '../support/reminders';
import { anAccount, aTerritory } from '../support/staff';
import { ussdHouse } from '../support/ussd-house';

let store: TestDatabase;
let bench: ConsoleBench;

beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  bench = consoleBench(store.db);
});
afterAll(() => store.close());

test('story B2: "Rien reçu" from a shared phone, while the agency says paid, may be asked about in two keys, and both sides stand on its page', async () => {
  await aTerritory(store.db);
  const relay = '+22376000003';
  for (const at of [0, 1])
    await aHousehold()
      .withCard(`2222000${at}`, `1${at}`)
      .on(relay, 'relay')
      .owed({
        ...{ wave: 'W-YOUWAROU', result: 'paid', zone: 'insecure' },
        ...{ window: ['2026-02-20', '2026-02-26'] },
      })
      .save(store.db);
  await store.db.pool.query(`update households set commune_code = 'ML1'`);
  await store.db.prisma.phone.create({ data: { msisdn: relay, locale: 'fr' } });
  const phone = aPhone(ussdHouse(store.db), relay);
  await phone.dial();
  await phone.type('2', '2222000111');
  await phone.type('3', '2');
  const [request, ...more] = await store.db.prisma.complaint.findMany();
  expect(more).toEqual([]);
  expect(request).toMatchObject({ category: 'C2' });
  const wave = await store.db.prisma.wave.findFirstOrThrow();
  const stm = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'stm' }),
  );
  const ofWave = await stm.get(`/console/demandes?vague=${wave.id}`);
  expect(ofWave.text).toContain(`/demandes/${request?.reference ?? '-'}`);
  const { text } = await stm.get(
    `/console/demandes/${request?.reference ?? ''}`,
  );
  for (const word of ['Payé', 'Rien reçu', 'Écart', 'W-YOUWAROU'])
    expect(text).toContain(word);
  const other = await stm.get(`/console/demandes?vague=${wave.id + 1}`);
  expect(other.text).not.toContain(`/demandes/${request?.reference ?? '-'}`);
});

test('story B3: a number changes after 72 hours and by two of the staff while a payment is near; the old one is told, the journal shows both', async () => {
  await aTerritory(store.db);
  const [old, fresh] = ['+22376000001', '+22366000002'];
  const householdId = await aHousehold()
    .on(old)
    .owed({ window: ['2026-03-20', '2026-03-24'] })
    .save(store.db);
  await store.db.pool.query(`update households set commune_code = 'ML1'`);
  const { clock } = bench.desk;
  await inTransaction(store.db, (tx) =>
    askPhoneChange(
      { tx, clock, wording: smsWording },
      { householdId, newMsisdn: fresh },
    ),
  );
  const told = await store.db.prisma.message.findMany();
  expect(told).toMatchObject([{ msisdn: old, purpose: 'phone.changeAsked' }]);
  const { id } = await store.db.prisma.phoneChange.findFirstOrThrow();
  const officers: Browser[] = [];
  for (const role of ['stm', 'rrsu', 'internalAudit'])
    officers.push(
      await signedIn(bench, await anAccount(bench.desk, { role, login: role })),
    );
  const [first, second, auditor] = officers;
  const approve = (who: Browser | undefined) =>
    who?.post(`/console/numeros/${id}/approuver`, {}, '/console/numeros');
  expect((await approve(first))?.status).toBe(409);
  // The service's clock alone: whoever signed in stays so.
  await store.db.pool.query(
    `update phone_changes set requested_at = requested_at - interval '72 hours'`,
  );
  expect((await approve(first))?.headers['location']).toMatch(/numeroAttend/);
  expect((await approve(first))?.text).toContain('une autre personne');
  const page = await second?.get('/console/numeros');
  expect(page?.text).toContain('deux personnes approuvent');
  expect(page?.text).not.toMatch(/76000001|66000002/);
  expect((await approve(second))?.headers['location']).toMatch(/numeroChange/);
  const open = await store.db.prisma.phoneLink.findMany({
    where: { endedAt: null },
  });
  expect(open).toMatchObject([{ msisdn: fresh }]);
  const journal = await auditor?.get('/console/audit?quoi=phoneChange');
  for (const word of ['Nom stm', 'Nom rrsu', 'première approbation'])
    expect(journal?.text).toContain(word);
});

test('story V1: a month as the page tells it equals a recount, fifty payments are traced, files are masked, the journal is read whole', async () => {
  await loadTerritory(store.db);
  await manyComplaints(store.db, { households: 400, complaints: 800 });
  await store.db.pool.query(
    `update households set card_number = lpad((70000000 + id)::text, 8, '0')`,
  );
  await store.db.pool.query(
    `update waves set provider_name = '=HYPERLINK("x")' where code = 'MANY-0'`,
  );
  await refreshFigures({ db: store.db, clock: bench.desk.clock });
  const auditor = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'internalAudit' }),
  );
  const csv = await auditor.get('/console/chiffres/export.csv?periode=2025-04');
  const { rows } = await store.db.pool.query<{ told: string }>(
    `select 'Reçues;' || count(*) as told from complaints where filed_at >= '2025-04-01' and filed_at < '2025-05-01'
     union all select 'Résolues;' || round(100.0 * count(*) filter (where status = 'CLOSED_ACCEPTED') / count(*)) || ' %'
      from complaints where filed_at >= '2025-04-01' and filed_at < '2025-05-01'`,
  );
  expect(rows).toHaveLength(2);
  for (const { told } of rows)
    expect(csv.text.replaceAll(/[\u00a0\u202f]/g, ' ')).toContain(
      `\n${told}\n`,
    );
  expect(csv.text).not.toMatch(/\+223|Canarie/);

  const started = await auditor.get('/console/paiements/echantillon');
  const at = started.headers['location'] ?? '';
  const sample = (await auditor.get(at)).text;
  expect(sample.match(/carte •••• \d{4}</g)).toHaveLength(50);
  expect((await auditor.get(at)).text).toContain(
    /carte •••• \d{4}/.exec(sample)?.[0],
  );
  const file = await auditor.get(at.replace('echantillon', 'echantillon.csv'));
  const lines = file.text.trim().split('\n');
  expect(lines).toHaveLength(51);
  expect(file.text).not.toMatch(/\b700\d{5}\b|Canarie|\+223/);
  expect(file.text).toContain(`"'=HYPERLINK(""x"")"`);
  for (const line of lines.slice(1, 4))
    expect(sample).toContain(line.slice(0, 6));

  const verify = () =>
    auditor.post('/console/audit/verifier', {}, '/console/audit');
  expect((await verify()).text).toMatch(/Aucune n.+est altérée/);
  const taken = await auditor.get('/console/audit?quoi=payments');
  expect(taken.text).toContain('Échantillon de paiements tiré');
  await store.db.pool.query(`alter table audit_entries disable trigger user`);
  await store.db.pool.query(
    `update audit_entries set actor = 'officer:99' where action = 'payments.sampled'`,
  );
  await store.db.pool.query(`alter table audit_entries enable trigger user`);
  expect((await verify()).text).toMatch(/La ligne n° \d+ a été altérée/);
});
