import { askComplainant } from '../../src/complaints/ask-complainant';
import { linkComplaints } from '../../src/complaints/link-complaints';
import { nameSubject } from '../../src/complaints/name-subject';
import { noteComplaintView } from '../../src/complaints/note-complaint-view';
import { noteOnComplaint } from '../../src/complaints/note-on-complaint';
import {
  sealBrought,
  sealComplaint,
} from '../../src/complaints/seal-complaint';
import { sealWords } from '../../src/complaints/seal-words';
import { readSealedCases } from '../../src/complaints/sealed';
import { EXPORT_KINDS } from '../../src/exchange/export-kinds';
import { inTransaction } from '../../src/runtime/database';
import {
  aComplaint,
  anOfficer,
  caseDesk,
  shown,
  type TestCaseDesk,
} from '../support/cases';
import { testDatabase, type TestDatabase } from '../support/database';
import { dumpTables, rowsOnlyIn } from '../support/dump';
import { openLine, readers } from '../support/sealed-line';

let store: TestDatabase;
let desk: TestCaseDesk;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  desk = caseDesk(store.db);
});
afterAll(() => store.close());

/** Stands in for what somebody told; it must be nowhere. */
const canary = 'CANARI';
const number = '+22376999888';

async function aGraveOne(): Promise<number> {
  const region = await anOfficer(store.db, 'regionOfficer', ['ML1']);
  const id = await aComplaint(desk, {
    ...{ category: 'conduct', subject: 'conduct.agent', contactMsisdn: number },
  });
  const other = await aComplaint(desk, {
    ...{ category: 'conduct', subject: 'conduct.agent' },
  });
  const at = () => shown(desk, id);
  await noteOnComplaint(desk, region, {
    ...(await at()),
    note: `${canary} ${'elle raconte longuement ce qui est venu. '.repeat(10)} fin`,
  });
  await nameSubject(desk, region, {
    ...(await at()),
    named: { kind: 'person', text: `${canary} Diallo` },
  });
  const { reference } = await store.db.prisma.complaint.findUniqueOrThrow({
    where: { id: other },
  });
  await linkComplaints(desk, region, {
    ...(await at()),
    otherReference: reference,
  });
  await askComplainant(desk, region, {
    ...{ ...(await at()), question: 'mayVisit' },
  });
  return id;
}

test('sealed, a complaint is nowhere in the store: no row, no history, no message, no export; two readers read its words', async () => {
  await openLine({ db: store.db, clock: desk.clock, hashKey: desk.hashKey });
  const untouched = await dumpTables(store.url);
  const id = await aGraveOne();
  const officer = await anOfficer(store.db, 'regionOfficer', ['ML1']);
  await inTransaction(store.db, (tx) => noteComplaintView(tx, officer, id));
  const { reference } = await store.db.prisma.complaint.findUniqueOrThrow({
    where: { id },
  });
  expect(
    await sealComplaint(desk, officer, {
      ...(await shown(desk, id)),
      words: 'Elle demande une conseillère.',
    }),
  ).toEqual({ kind: 'sealed' });
  const dump = await dumpTables(store.url);
  const left = rowsOnlyIn(dump, untouched).filter(
    (row) => !row.startsWith('sealed_slots'),
  );
  for (const trace of [canary, number, reference, 'raconte', 'Diallo'])
    expect(left.filter((row) => row.includes(trace))).toEqual([]);
  const tables = left.map((row) => row.slice(0, row.indexOf(':')));
  expect([...new Set(tables)].sort()).toEqual([
    // Of the complaint that it was linked with; and who did what.
    ...['audit_entries', 'audit_heads', 'complaint_events', 'complaints'],
    ...['messages', 'open_messages', 'staff_accounts'],
  ]);
  const { rows: exported } = await store.db.pool.query(
    EXPORT_KINDS.complaints.sql,
    [new Date('2026-01-01')],
  );
  expect(exported).toHaveLength(1);
  const { cases } = await readSealedCases(
    { db: store.db, clock: desk.clock, hashKey: desk.hashKey },
    readers[0],
  );
  const words = cases
    .flatMap((one) => ('words' in one ? [one.words] : []))
    .sort((a, b) => parseInt(a) - parseInt(b))
    .join(' ');
  expect(words).toContain(`${canary} elle raconte longuement`);
  expect(words).toContain('1) Elle demande une conseillere.. conduct.agent');
  expect(words).toContain(' fin');
  expect(words).not.toContain('Diallo');
  expect(cases.every(({ msisdn }) => msisdn === number)).toBe(true);
});

/** What the readers find, its parts put together again. */
async function wordsRead(): Promise<string> {
  const { cases } = await readSealedCases(
    { db: store.db, clock: desk.clock, hashKey: desk.hashKey },
    readers[0],
  );
  return cases
    .flatMap((one) => ('words' in one ? [one.words] : []))
    .sort((a, b) => parseInt(a) - parseInt(b))
    .map((part) => part.replace(/^\d+\) /, ''))
    .join('')
    .replaceAll(' ', '');
}

test('however long it is, all that was told is sealed before it is destroyed, her words first', async () => {
  await openLine({ db: store.db, clock: desk.clock, hashKey: desk.hashKey });
  const region = await anOfficer(store.db, 'regionOfficer', ['ML1']);
  const id = await aComplaint(desk, {
    ...{ category: 'conduct', subject: 'conduct.agent' },
  });
  const notes = Array.from({ length: 12 }, (_, at) =>
    `${at} raconte `.repeat(60).slice(0, 590).concat(` fin${at}.`),
  );
  for (const note of notes)
    await noteOnComplaint(desk, region, { ...(await shown(desk, id)), note });
  const words = `${'elle a dit tout cela '.repeat(40)}et la fin`;
  expect(
    await sealComplaint(desk, region, { ...(await shown(desk, id)), words }),
  ).toMatchObject({ kind: 'sealed' });
  expect(await wordsRead()).toBe(
    [words, 'conduct.agent', ...notes].join('. ').replaceAll(' ', ''),
  );
});

test('the chain tells who sealed it and through whose hands it went, and nothing of what it told', async () => {
  await openLine({ db: store.db, clock: desk.clock, hashKey: desk.hashKey });
  const id = await aGraveOne();
  const nation = await anOfficer(store.db, 'safeguards');
  await sealComplaint(desk, nation, await shown(desk, id));
  const entry = await store.db.prisma.auditEntry.findFirstOrThrow({
    orderBy: { id: 'desc' },
  });
  const [first] = await store.db.prisma.staffAccount.findMany({
    orderBy: { id: 'asc' },
  });
  expect(entry).toMatchObject({
    ...{ actor: `officer:${nation.id}`, action: 'complaint.sealed' },
    subject: `complaint:${id}`,
    detail: { handledBy: `officer:${first?.id ?? 0}` },
  });
});

test('before the key ceremony nothing is destroyed, for nobody could ever read it', async () => {
  const id = await aGraveOne();
  const nation = await anOfficer(store.db, 'safeguards');
  const before = await dumpTables(store.url);
  expect(await sealComplaint(desk, nation, await shown(desk, id))).toEqual({
    kind: 'noKey',
  });
  const brought = { words: `${canary} il l'a violée`, locale: 'bm' };
  expect(await sealBrought(desk, nation, brought)).toEqual({ kind: 'noKey' });
  expect(await dumpTables(store.url)).toEqual(before);
});

test('a history can still not be edited afterwards, nor by whom may not re-classify', async () => {
  const id = await aGraveOne();
  const auditor = await anOfficer(store.db, 'internalAudit');
  expect(await sealComplaint(desk, auditor, await shown(desk, id))).toEqual({
    kind: 'forbidden',
  });
  await expect(
    store.db.pool.query('delete from complaint_events'),
  ).rejects.toThrow('append-only');
});

test('what somebody brings that only the line may hold is sealed, and nothing is filed', async () => {
  await openLine({ db: store.db, clock: desk.clock, hashKey: desk.hashKey });
  const commune = await anOfficer(store.db, 'communeOfficer', ['ML1']);
  expect(
    await sealBrought(desk, commune, {
      ...{ words: `${canary} il l'a violée`, msisdn: number, locale: 'bm' },
    }),
  ).toEqual({ kind: 'sealed' });
  const dump = [...(await dumpTables(store.url)).values()].flat().join('\n');
  expect(dump).not.toContain(canary);
  expect(await store.db.prisma.complaint.count()).toBe(0);
});

test('what somebody brings is sealed whole', async () => {
  await openLine({ db: store.db, clock: desk.clock, hashKey: desk.hashKey });
  const commune = await anOfficer(store.db, 'communeOfficer', ['ML1']);
  const words = `${'il est venu la nuit '.repeat(60)}fin`;
  await sealBrought(desk, commune, { words, locale: 'bm' });
  expect(await wordsRead()).toBe(words.replaceAll(' ', ''));
});

test('words of an SMS are kept once there is a key, though nobody has read for weeks', async () => {
  const sms = { place: 'an SMS', msisdn: number, text: 'viol' };
  const seal = () =>
    inTransaction(store.db, (tx) => sealWords({ ...desk, tx }, sms));
  expect(await seal()).toBe(false);
  await openLine({ db: store.db, clock: desk.clock, hashKey: desk.hashKey });
  desk.clock.advance({ days: 30 });
  expect(await seal()).toBe(true);
  expect(await wordsRead()).toBe('viol');
});
