import { acknowledgeComplaint } from '../../src/complaints/acknowledge-complaint';
import {
  answerQuestion,
  recordAnswer,
} from '../../src/complaints/answer-question';
import { appealForComplainant } from '../../src/complaints/appeal-for-complainant';
import { askComplainant } from '../../src/complaints/ask-complainant';
import {
  assignComplaint,
  assignMany,
} from '../../src/complaints/assign-complaint';
import { linkedCases } from '../../src/complaints/case-links';
import { closeComplaint } from '../../src/complaints/close-complaint';
import { hearComplainant } from '../../src/complaints/hear-complainant';
import {
  linkComplaints,
  mergeComplaint,
} from '../../src/complaints/link-complaints';
import { noteOnComplaint } from '../../src/complaints/note-on-complaint';
import { proposeAnswer } from '../../src/complaints/propose-answer';
import { reclassifyComplaint } from '../../src/complaints/reclassify-complaint';
import { referComplaint } from '../../src/complaints/refer-complaint';
import {
  addBody,
  bodiesFor,
  checkBody,
} from '../../src/complaints/referral-bodies';
import { reopenComplaint } from '../../src/complaints/reopen-complaint';
import { resumeComplaint } from '../../src/complaints/resume-complaint';
import type { Officer } from '../../src/complaints/visibility';
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
let cercle: Officer;
let region: Officer;
let nation: Officer;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  desk = caseDesk(store.db);
  await aTerritory(store.db);
  commune = await anOfficer(store.db, 'communeOfficer', ['ML1']);
  cercle = await anOfficer(store.db, 'cercleOfficer', ['ML1']);
  region = await anOfficer(store.db, 'regionOfficer', ['ML1', 'ML2']);
  nation = await anOfficer(store.db, 'safeguards');
});
afterAll(() => store.close());

const at = (id: number) => shown(desk, id);
const row = (id: number) =>
  store.db.prisma.complaint.findUniqueOrThrow({ where: { id } });
const day = (date: Date | null) => date?.toISOString().slice(0, 10);
const purposes = async () =>
  (await store.db.prisma.message.findMany({ orderBy: { id: 'asc' } })).map(
    ({ purpose }) => purpose,
  );

test('from acknowledgement to an accepted answer each act leaves a row, an entry in the chain and what the person hears', async () => {
  const householdId = await aHousehold().save(store.db);
  const id = await aComplaint(desk, { householdId });
  expect(await acknowledgeComplaint(desk, commune, await at(id))).toEqual({
    kind: 'done',
  });
  await assignComplaint(desk, commune, { ...(await at(id)), to: commune.id });
  await noteOnComplaint(desk, commune, {
    ...(await at(id)),
    note: ' Carte retrouvée à la mairie. ',
  });
  expect(
    await proposeAnswer(desk, commune, {
      ...(await at(id)),
      ...{ answer: 'cardReady', decision: 'upheld' },
    }),
  ).toEqual({ kind: 'done' });
  await inTransaction(store.db, (tx) =>
    hearComplainant(
      { ...desk, tx },
      { complaintId: id, householdId, word: 'accept' },
    ),
  );
  const { id: me } = commune;
  expect(await history(desk, id)).toEqual([
    'complainant filed RECEIVED',
    'system moved ACKNOWLEDGED',
    `officer:${me} acknowledged TRIAGED`,
    `officer:${me} assigned ASSIGNED`,
    `officer:${me} noted IN_PROGRESS`,
    `officer:${me} answered ANSWER_PROPOSED`,
    'complainant accepted CLOSED_ACCEPTED',
  ]);
  expect(await auditedActs(store.db)).toEqual([
    `officer:${me} complaint.acknowledged complaint:${id}`,
    `officer:${me} complaint.assigned complaint:${id}`,
    `officer:${me} complaint.noted complaint:${id}`,
    `officer:${me} complaint.answered complaint:${id}`,
  ]);
  expect(await purposes()).toEqual([
    ...['complaint.acknowledged', 'complaint.answered', 'complaint.closed'],
  ]);
  expect(await row(id)).toMatchObject({
    ...{ proposedAnswer: 'answer.cardReady', decisionCode: 'upheld' },
    ...{ decidedBy: me, escalateOn: null, status: 'CLOSED_ACCEPTED' },
  });
});

test('what the table of moves does not allow is refused, and leaves nothing', async () => {
  const id = await aComplaint(desk);
  const before = [await row(id), await history(desk, id)];
  expect(
    await closeComplaint(desk, commune, {
      ...(await at(id)),
      ...{ outcome: 'accepted', decision: 'upheld' },
    }),
  ).toEqual({ kind: 'notNow' });
  expect(
    await reopenComplaint(desk, commune, { ...(await at(id)), note: 'x' }),
  ).toEqual({ kind: 'notNow' });
  expect([await row(id), await history(desk, id)]).toEqual(before);
  expect(await auditedActs(store.db)).toEqual([]);
});

test('out of territory it does not exist; above, it may be read and not worked; without the permission neither', async () => {
  const id = await aComplaint(desk);
  const elsewhere: Officer = { ...commune, communes: ['ML2'] };
  const stm = await anOfficer(store.db, 'rrpsa');
  const auditor = await anOfficer(store.db, 'internalAudit');
  const here = await at(id);
  for (const [officer, kind] of [
    [elsewhere, 'notFound'],
    [stm, 'notFound'],
    [auditor, 'forbidden'],
    [{ ...commune, state: 'disabled' }, 'notFound'],
    [cercle, 'done'],
  ] as const)
    expect(await acknowledgeComplaint(desk, officer, here)).toEqual({ kind });
  expect(
    await acknowledgeComplaint(desk, nation, { complaintId: 99, version: 0 }),
  ).toEqual({ kind: 'notFound' });
});

test('of two officers who act on the same page one wins, and the other is told that it changed', async () => {
  const id = await aComplaint(desk);
  const page = await at(id);
  const both = await Promise.all([
    acknowledgeComplaint(desk, commune, page),
    acknowledgeComplaint(desk, cercle, page),
  ]);
  expect(both.map(({ kind }) => kind).sort()).toEqual(['changed', 'done']);
  expect(await history(desk, id)).toHaveLength(3);
});

test('to others only who may assign gives it, and only to whom it exists for; in bulk each stands for itself', async () => {
  const ids = [await aComplaint(desk), await aComplaint(desk)];
  const fraud = await aComplaint(desk, {
    ...{ category: 'fraud', subject: 'fraud.money' },
  });
  const [first = 0, second = 0] = ids;
  expect(
    await assignComplaint(desk, commune, {
      ...{ ...(await at(first)), to: cercle.id },
    }),
  ).toEqual({ kind: 'forbidden' });
  const pages = await Promise.all([...ids, fraud].map(at));
  await acknowledgeComplaint(desk, commune, await at(second));
  expect(
    await assignMany(desk, region, { to: cercle.id, complaints: pages }),
  ).toEqual([
    { complaintId: first, kind: 'done' },
    { complaintId: second, kind: 'changed' },
    { complaintId: fraud, kind: 'cannotTake' },
  ]);
});

test('a question stops the clock, is answered by keys, and gives the days back', async () => {
  const householdId = await aHousehold().save(store.db);
  const id = await aComplaint(desk, { householdId });
  expect(
    await askComplainant(desk, commune, {
      ...{ ...(await at(id)), question: 'cardInHand' },
    }),
  ).toEqual({ kind: 'done' });
  expect(await row(id)).toMatchObject({ assignedTo: commune.id });
  desk.clock.advance({ days: 4 });
  const say = (answer: string, of = householdId) =>
    inTransaction(store.db, (tx) =>
      answerQuestion(
        { ...desk, tx },
        { ...{ complaintId: id, householdId: of, answer }, by: 'ussd' },
      ),
    );
  expect(await say('yes', householdId + 1)).toEqual({ kind: 'notFound' });
  expect(await say('7')).toEqual({ kind: 'unclear' });
  expect(await say('yes')).toEqual({ kind: 'done' });
  expect(await say('yes')).toEqual({ kind: 'notNow' });
  const answered = await row(id);
  expect(answered.status).toBe('IN_PROGRESS');
  expect([day(answered.dueOn), day(answered.escalateOn)]).toEqual([
    ...['2026-03-23', '2026-03-21'],
  ]);
  await askComplainant(desk, commune, {
    ...{ ...(await at(id)), question: 'dayItHappened' },
  });
  await recordAnswer(desk, commune, {
    ...{ ...(await at(id)), answer: '2026-03-01' },
  });
  const questions = await store.db.prisma.complaintQuestion.findMany({
    orderBy: { id: 'asc' },
  });
  expect(
    questions.map(({ code, answer, answeredBy }) => [code, answer, answeredBy]),
  ).toEqual([
    ['question.cardInHand', 'yes', 'ussd'],
    ['question.dayItHappened', '2026-03-01', `officer:${commune.id}`],
  ]);
  expect((await purposes()).slice(1)).toEqual([
    ...['complaint.asked', 'complaint.asked'],
  ]);
});

test('who gave no name cannot be asked, and of her complaint the day only is kept', async () => {
  const id = await aComplaint(desk, {
    ...{ anonymous: true, respondBy: 'none', contactMsisdn: undefined },
  });
  expect(
    await askComplainant(desk, commune, {
      ...{ ...(await at(id)), question: 'cardInHand' },
    }),
  ).toEqual({ kind: 'cannotBeAsked' });
  await acknowledgeComplaint(desk, commune, await at(id));
  const events = await store.db.prisma.complaintEvent.findMany();
  expect(events.map(({ happenedAt }) => happenedAt.getUTCHours())).toEqual([
    ...[0, 0, 0],
  ]);
  expect(events.every(({ id: drawn }) => drawn < 0)).toBe(true);
});

test('a note that only the sealed line may hold is not kept, nor one that is too long or empty', async () => {
  const id = await aComplaint(desk);
  for (const [note, kind] of [
    ["L'agent l'a violée", 'sealedWords'],
    ['x'.repeat(601), 'tooLong'],
    ['  ', 'empty'],
  ] as const)
    expect(
      await noteOnComplaint(desk, commune, { ...(await at(id)), note }),
    ).toEqual({ kind });
  expect(await history(desk, id)).toHaveLength(2);
});

test('it is referred to a body that the directory offers, comes back into work, and out of scope says where to go', async () => {
  const draft = { kind: 'justice', name: 'Tribunal', contact: 'Kita' } as const;
  expect(await addBody(desk, commune, draft)).toEqual({ kind: 'forbidden' });
  const added = await addBody(desk, nation, draft);
  if (added.kind !== 'added') throw new Error(added.kind);
  const { bodyId } = added;
  const id = await aComplaint(desk);
  const refer = async (referralBodyId: number) =>
    referComplaint(desk, commune, { ...(await at(id)), referralBodyId });
  expect(await refer(bodyId + 1)).toEqual({ kind: 'noSuchBody' });
  expect(await refer(bodyId)).toEqual({ kind: 'done' });
  expect(await resumeComplaint(desk, commune, await at(id))).toEqual({
    kind: 'done',
  });
  const close = async (referralBodyId?: number) =>
    closeComplaint(desk, commune, {
      ...{ ...(await at(id)), outcome: 'outOfScope', decision: 'elsewhere' },
      ...(referralBodyId === undefined ? {} : { referralBodyId }),
    });
  expect(await close()).toEqual({ kind: 'noSuchBody' });
  expect(await close(bodyId)).toEqual({ kind: 'done' });
  expect(await row(id)).toMatchObject({ status: 'OUT_OF_SCOPE' });
  expect(await checkBody(desk, nation, { bodyId, isThere: false })).toBe(true);
  expect(await bodiesFor(store.db)).toEqual([]);
});

test('a body is kept by whose region it is, in a region that is one, once; one that ended comes back', async () => {
  await store.db.pool.query(
    `insert into territory_units (code, level, name, valid_from) values ('R-2', 'region', 'Gao', '2000-01-01')`,
  );
  const draft = { kind: 'health', name: 'CSRéf', contact: '20 00' } as const;
  const add = async (officer: Officer, regionCode?: string) =>
    addBody(desk, officer, { ...draft, ...(regionCode && { regionCode }) });
  expect(await add(region, 'R-2')).toEqual({ kind: 'forbidden' });
  expect(await add(region)).toEqual({ kind: 'forbidden' });
  expect(await add(nation, 'R-9')).toEqual({ kind: 'noSuchRegion' });
  expect(await add(nation, 'C-1')).toEqual({ kind: 'noSuchRegion' });
  const own = await add(region, 'R-1');
  const far = await add(nation, 'R-2');
  const country = await add(nation);
  if (own.kind !== 'added' || far.kind !== 'added')
    throw new Error('not added');
  expect(country.kind).toBe('added');
  for (const code of ['R-1', undefined])
    expect(await add(nation, code)).toEqual({ kind: 'known' });
  const end = (bodyId: number) =>
    checkBody(desk, region, { bodyId, isThere: false });
  expect(await end(far.bodyId)).toBe(false);
  expect(await end(own.bodyId)).toBe(true);
  expect(await add(region, 'R-1')).toEqual(own);
  expect(await bodiesFor(store.db, 'R-1')).toMatchObject([
    { id: own.bodyId, endedOn: null },
    { regionCode: null },
  ]);
});

test('an answer that does not fit the category, or an amount that is none, is not proposed', async () => {
  const id = await aComplaint(desk);
  for (const change of [
    { answer: 'rationKept' },
    { answer: 'cardReady', amountRestoredXof: 500 },
    { answer: 'followedUp', amountRestoredXof: -1 },
  ] as const)
    expect(
      await proposeAnswer(desk, commune, {
        ...{ ...(await at(id)), decision: 'upheld', ...change },
      }),
    ).toEqual({ kind: 'doesNotFit' });
});

test('an appeal goes one level up to another person, the second one to the nation, each with a new delay', async () => {
  const id = await aComplaint(desk);
  const propose = async (officer: Officer) =>
    proposeAnswer(desk, officer, {
      ...{ ...(await at(id)), answer: 'followedUp', decision: 'notUpheld' },
    });
  const appeal = async (officer: Officer) =>
    appealForComplainant(desk, officer, await at(id));
  await propose(cercle);
  expect(await appeal(commune)).toEqual({ kind: 'done' });
  expect(await row(id)).toMatchObject({ level: 'N3', barred: [cercle.id] });
  // Her decision was appealed: she reads it, and does nothing to it.
  expect(await propose(cercle)).toEqual({ kind: 'forbidden' });
  desk.clock.advance({ days: 3 });
  await propose(region);
  expect(await appeal(region)).toEqual({ kind: 'done' });
  const again = await row(id);
  expect(again).toMatchObject({ level: 'N5', appeals: 2, status: 'APPEALED' });
  expect(day(again.dueOn)).toBe('2026-03-22');
  await propose(nation);
  await closeComplaint(desk, nation, {
    ...{ ...(await at(id)), outcome: 'noContact', decision: 'noContact' },
  });
  desk.clock.advance({ days: 31 });
  const late = await anOfficer(store.db, 'safeguards');
  expect(await appeal(late)).toEqual({ kind: 'notNow' });
});

test('two that tell of the same are linked or merged, and what does not exist for her is neither', async () => {
  const [first, second] = [await aComplaint(desk), await aComplaint(desk)];
  const far = await aComplaint(desk, { communeCode: 'ML2' });
  const referenceOf = async (id: number) => (await row(id)).reference;
  const link = async (other: number) =>
    linkComplaints(desk, commune, {
      ...{ ...(await at(first)), otherReference: await referenceOf(other) },
    });
  expect(await link(far)).toEqual({ kind: 'noSuchOther' });
  expect(await link(first)).toEqual({ kind: 'noSuchOther' });
  expect(await link(second)).toEqual({ kind: 'done' });
  expect(
    await mergeComplaint(desk, commune, {
      ...{ ...(await at(first)), intoReference: await referenceOf(second) },
    }),
  ).toEqual({ kind: 'done' });
  expect(await row(first)).toMatchObject({
    ...{ status: 'DUPLICATE', duplicateOf: second },
  });
  expect(await linkedCases(store.db, commune, second)).toMatchObject([
    { reference: await referenceOf(first), kind: 'duplicate' },
  ]);
  await reopenComplaint(desk, commune, { ...(await at(first)), note: 'Autre' });
  expect(await row(first)).toMatchObject({
    ...{ status: 'IN_PROGRESS', duplicateOf: null, closedAt: null },
  });
});

test('another category takes it to its level and its delay, counted from the day it was filed', async () => {
  const id = await aComplaint(desk);
  desk.clock.advance({ days: 2 });
  await reclassifyComplaint(desk, commune, {
    ...{ ...(await at(id)), category: 'fraud' },
  });
  const fraud = await row(id);
  expect(fraud).toMatchObject({ category: 'C6', level: 'N4' });
  expect(day(fraud.dueOn)).toBe('2026-04-02');
  // It is no longer hers to see.
  expect(await acknowledgeComplaint(desk, commune, await at(id))).toEqual({
    kind: 'notFound',
  });
});
