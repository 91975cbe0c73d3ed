import { randomUUID } from 'node:crypto';
import { alertsFor, markAlertSeen } from '../../src/complaints/alerts';
import {
  fileOnBehalf,
  type BroughtRequest,
} from '../../src/complaints/file-on-behalf';
import { waitingCalls } from '../../src/complaints/callback-list';
import { approveDecision } from '../../src/complaints/approve-decision';
import { mergeComplaint } from '../../src/complaints/link-complaints';
import { calledBy, markCallback } from '../../src/complaints/mark-callback';
import { nameSubject } from '../../src/complaints/name-subject';
import { broughtEvent, nextForm } from '../../src/complaints/once-brought';
import { requestCallback } from '../../src/complaints/request-callback';
import { subjects } from '../../src/complaints/subjects';
import { maySee, type Officer } from '../../src/complaints/visibility';
import type { ComplaintSubject } from '../../flows/contract';
import { inTransaction } from '../../src/runtime/database';
import {
  aComplaint,
  anOfficer,
  caseDesk,
  history,
  shown,
  type TestCaseDesk,
} from '../support/cases';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { aTerritory, auditedActs } from '../support/staff';

let store: TestDatabase;
let desk: TestCaseDesk;
let commune: Officer;
let region: Officer;
let nation: Officer;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  desk = caseDesk(store.db);
  await aTerritory(store.db);
  commune = await anOfficer(store.db, 'communeOfficer', ['ML1', 'TEST']);
  region = await anOfficer(store.db, 'regionOfficer', ['ML1', 'ML2', 'TEST']);
  nation = await anOfficer(store.db, 'safeguards');
});
afterAll(() => store.close());

const row = (id: number) =>
  store.db.prisma.complaint.findUniqueOrThrow({ where: { id } });

const brought: BroughtRequest = {
  ...{ channel: 'visit', subject: 'card.damaged', cardSeen: false },
  ...{ communeCode: 'ML1', respondBy: 'sms', phone: '76 12 34 56' },
  ...{ anonymous: false, retaliation: false, locale: 'fr' },
};
const file = (change: Partial<BroughtRequest> = {}, officer = commune) =>
  fileOnBehalf(desk, officer, { ...brought, ...change });

test('every subject that callers can choose has its words for staff', () => {
  const known: readonly ComplaintSubject[] = (
    Object.keys(subjects) as (keyof typeof subjects)[]
  ).filter((code) => code !== 'information.asked');
  expect(known).toHaveLength(29);
});

test('a form that is sent twice, even at once, files once and tells the same number', async () => {
  const form = await nextForm(store.db, commune.id);
  const event = (words: object) =>
    broughtEvent('a key', commune.id, form, words);
  const twice = { eventId: event({ facts: 'a' }) };
  const filed = await Promise.all([file(twice), file(twice), file(twice)]);
  filed.push(await file({ ...twice, anonymous: true }));
  const numbers = filed.map((one) => one.kind === 'filed' && one.reference);
  expect(new Set(numbers).size).toBe(1);
  expect(await store.db.prisma.complaint.count()).toBe(1);
  await file({ eventId: event({ facts: 'b' }) });
  expect(await store.db.prisma.complaint.count()).toBe(2);
  expect(await nextForm(store.db, commune.id)).toBe('2');
  expect(twice.eventId).toMatch(
    /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/,
  );
});

test('a visitor files for somebody: both are kept, the person gets the number, the officer is known', async () => {
  const filed = await file({
    ...{ broughtBy: ' Le relais Moussa ', onBehalfOf: 'Awa Traoré' },
    facts: 'Carte pliée.',
  });
  if (filed.kind !== 'filed') throw new Error(filed.kind);
  expect(filed.dueOn).toBe('2026-03-19');
  const { complaintId: id } = filed;
  expect(await row(id)).toMatchObject({
    ...{ origin: 'console', filedBy: commune.id, filedChannel: 'visit' },
    ...{ broughtBy: 'Le relais Moussa', onBehalfOf: 'Awa Traoré' },
    ...{ contactMsisdn: '+22376123456', level: 'N2', proofLevel: 'L0' },
  });
  expect(await history(desk, id)).toEqual([
    `officer:${commune.id} filed RECEIVED`,
    'system moved ACKNOWLEDGED',
  ]);
  const [sms] = await store.db.prisma.message.findMany();
  expect(sms).toMatchObject({ msisdn: '+22376123456' });
  expect(await auditedActs(store.db)).toEqual([
    `officer:${commune.id} complaint.filed complaint:${id}`,
  ]);
});

test('a household that showed its card is proved, and its commune is the place', async () => {
  const householdId = await aHousehold().save(store.db);
  const filed = await file({ householdId, cardSeen: true });
  if (filed.kind !== 'filed') throw new Error(filed.kind);
  expect(await row(filed.complaintId)).toMatchObject({
    ...{ householdId, communeCode: 'TEST', proofLevel: 'L1' },
  });
});

test('without a name nothing of a person is kept, whoever brought it', async () => {
  const householdId = await aHousehold().save(store.db);
  const filed = await file({
    ...{ anonymous: true, householdId, broughtBy: 'Moussa', phone: '76123456' },
  });
  if (filed.kind !== 'filed') throw new Error(filed.kind);
  expect(await row(filed.complaintId)).toMatchObject({
    ...{ householdId: null, contactMsisdn: null, broughtBy: null },
    ...{ respondBy: 'none', filedAt: new Date('2026-03-12') },
  });
});

test.each<[string, Partial<BroughtRequest>, object]>([
  ['a number that is none', { phone: '123' }, { field: 'phone' }],
  ['a place out of her territory', { communeCode: 'ML9' }, { field: 'place' }],
  ['no household of that number', { householdId: 99 }, { field: 'place' }],
  [
    'an account that does not exist',
    { named: { kind: 'staff', accountId: 999 } },
    { field: 'named' },
  ],
  ['words for the sealed line', { facts: 'violée' }, { kind: 'sealedWords' }],
])('%s is refused, and nothing is filed', async (_what, change, told) => {
  expect(await file(change)).toMatchObject(told);
  expect(await store.db.prisma.complaint.count()).toBe(0);
});

test('whoever is named never gets it, by person and by level, and who filed it need not see it', async () => {
  const filed = await file({
    ...{
      subject: 'card.name',
      named: { kind: 'staff', accountId: commune.id },
    },
  });
  if (filed.kind !== 'filed') throw new Error(filed.kind);
  const kept = await row(filed.complaintId);
  expect(kept).toMatchObject({ level: 'N3', namedLevel: 'N2' });
  expect([maySee(commune, kept), maySee(region, kept)]).toEqual([false, true]);
});

test('three that name one agent raise an alert for region and nation, which the agent cannot see; a fourth renews it', async () => {
  const named = { kind: 'staff', accountId: region.id } as const;
  const otherRegion = await anOfficer(store.db, 'stm');
  const ids: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const id = await aComplaint(desk, {
      ...{ category: 'fraud', subject: 'fraud.money' },
    });
    ids.push(id);
    await nameSubject(desk, nation, { ...(await shown(desk, id)), named });
    expect(await alertsFor(store.db, nation)).toHaveLength(n < 2 ? 0 : 1);
  }
  const [alert] = await alertsFor(store.db, nation);
  expect(alert).toMatchObject({ complaints: 3, seenAt: null });
  expect(await alertsFor(store.db, region)).toEqual([]);
  expect(await alertsFor(store.db, commune)).toEqual([]);
  expect(await markAlertSeen(desk, region, alert?.id ?? 0)).toBe(false);
  expect(await markAlertSeen(desk, otherRegion, alert?.id ?? 0)).toBe(true);
  expect((await auditedActs(store.db)).at(-1)).toBe(
    `officer:${otherRegion.id} alert.seen alert:${alert?.id}`,
  );
  const fourth = await aComplaint(desk, {
    ...{ category: 'fraud', subject: 'fraud.money' },
  });
  await nameSubject(desk, nation, { ...(await shown(desk, fourth)), named });
  expect(await alertsFor(store.db, nation)).toMatchObject([
    { complaints: 4, seenAt: null },
  ]);
  // Two of them turn out to be the same as others.
  const second = await anOfficer(store.db, 'safeguards');
  for (const id of ids.slice(0, 2)) {
    const { reference } = await row(fourth);
    await mergeComplaint(desk, nation, {
      ...{ ...(await shown(desk, id)), intoReference: reference },
    });
    const word = { ...(await shown(desk, id)), approves: true };
    await approveDecision(desk, second, word);
  }
  expect(await alertsFor(store.db, nation)).toEqual([]);
});

test('an agent is the same by the provider’s code, and by name in one commune, however it is written', async () => {
  const named = [
    ...['Oumar  Keïta', 'oumar keita', 'OUMAR KEITA'].map(
      (text) => ({ kind: 'person', text }) as const,
    ),
  ];
  for (const one of named) {
    const id = await aComplaint(desk);
    await nameSubject(desk, commune, {
      ...{ ...(await shown(desk, id)), named: one },
    });
  }
  expect(await alertsFor(store.db, region)).toMatchObject([{ complaints: 3 }]);
});

test('three filed at once raise an alert as well', async () => {
  const named = { kind: 'agent', code: 'A-17' } as const;
  await Promise.all([1, 2, 3].map(() => file({ named })));
  expect(await alertsFor(store.db, nation)).toMatchObject([{ complaints: 3 }]);
});

test('an alert is for those whose categories it is of: three of conduct are nothing to payments', async () => {
  const stm = await anOfficer(store.db, 'stm');
  const named = { kind: 'agent', code: 'A-17' } as const;
  for (const subject of ['conduct.agent', 'conduct.agent', 'fraud.money'])
    await file({ named, subject } as Partial<BroughtRequest>);
  expect(await alertsFor(store.db, stm)).toEqual([]);
  const [alert] = await alertsFor(store.db, nation);
  expect(alert).toMatchObject({ complaints: 3 });
  expect(await markAlertSeen(desk, stm, alert?.id ?? 0)).toBe(false);
  await file({ named, subject: 'fraud.money' });
  await file({ named, subject: 'fraud.money' });
  expect(await alertsFor(store.db, stm)).toMatchObject([{ complaints: 3 }]);
  expect(await alertsFor(store.db, nation)).toMatchObject([{ complaints: 5 }]);
});

test('calls of a day stand in the order of its hours, whenever they were asked for', async () => {
  for (const slot of ['evening', 'morning', 'midday', 'morning'] as const)
    await store.db.prisma.callback.create({
      data: {
        ...{ eventId: randomUUID(), msisdn: '+22370000009', slot },
        ...{ locale: 'fr', spokenCode: '12' },
        ...{ requestedAt: desk.clock.now(), callOn: new Date('2026-03-12') },
      },
    });
  const { calls } = await waitingCalls(store.db, nation);
  expect(calls.map(({ slot }) => slot)).toEqual([
    ...['morning', 'morning', 'midday', 'evening'],
  ]);
  const [, second] = calls;
  const mark = { day: '2026-03-12', hour: 1, id: second?.id ?? 0 };
  const { calls: rest } = await waitingCalls(store.db, nation, mark);
  expect(rest.map(({ slot }) => slot)).toEqual(['midday', 'evening']);
});

test('who asked to be called is called by those of her place; the third call that nobody takes is the last', async () => {
  await aHousehold().on('+22376000001').save(store.db);
  for (const msisdn of ['+22376000001', '+22376000009'])
    await inTransaction(store.db, (tx) =>
      requestCallback(
        { tx, clock: desk.clock },
        { ...{ msisdn, slot: 'morning', locale: 'fr' } },
      ),
    );
  const [near, far] = await store.db.prisma.callback.findMany({
    orderBy: { id: 'asc' },
  });
  const mark = async (
    officer: Officer,
    callbackId = 0,
    outcome: 'done' | 'noAnswer' = 'noAnswer',
  ) => (await markCallback(desk, officer, { callbackId, outcome })).kind;
  expect(await mark(commune, far?.id)).toBe('notFound');
  expect(await mark(nation, far?.id, 'done')).toBe('done');
  expect(await mark(nation, far?.id)).toBe('notNow');
  const tries = [];
  for (let n = 0; n < 4; n += 1) tries.push(await mark(commune, near?.id));
  expect(tries).toEqual(['again', 'again', 'done', 'notNow']);
  const { rows } = await store.db.pool.query(
    `select b.outcome, b.tries, b.closed_by from callbacks b where ${calledBy(commune).sql}`,
    [...calledBy(commune).values],
  );
  expect(rows).toEqual([
    { outcome: 'noAnswer', tries: 3, closed_by: commune.id },
  ]);
});
