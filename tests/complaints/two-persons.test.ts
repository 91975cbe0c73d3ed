import { appealForComplainant } from '../../src/complaints/appeal-for-complainant';
import { applyPhoneChange } from '../../src/complaints/apply-change';
import { approveDecision } from '../../src/complaints/approve-decision';
import { closeComplaint } from '../../src/complaints/close-complaint';
import { readCase } from '../../src/complaints/case-file';
import { countInbox } from '../../src/complaints/count-inbox';
import { readInbox } from '../../src/complaints/inbox';
import { mergeComplaint } from '../../src/complaints/link-complaints';
import { proposeAnswer } from '../../src/complaints/propose-answer';
import { reclassifyComplaint } from '../../src/complaints/reclassify-complaint';
import type { Officer } from '../../src/complaints/visibility';
import { caseActs } from '../../src/console/case-acts';
import { isOffered } from '../../src/console/case-forms';
import { askPhoneChange } from '../../src/messaging/ask-phone-change';
import { decidePhoneChange } from '../../src/register/decide-phone-change';
import { settleCorrection } from '../../src/register/settle-correction';
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
import { auditedActs } from '../support/staff';

let store: TestDatabase;
let desk: TestCaseDesk;
let region: Officer;
let nation: Officer;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  desk = caseDesk(store.db);
  region = await anOfficer(store.db, 'regionOfficer', ['ML1', 'TEST']);
  nation = await anOfficer(store.db, 'safeguards');
});
afterAll(() => store.close());

const at = (id: number) => shown(desk, id);
const row = (id: number) =>
  store.db.prisma.complaint.findUniqueOrThrow({ where: { id } });

test.each([
  ['fraud', 'fraud.money'],
  ['conduct', 'conduct.agent'],
  ['accident', 'accident.works'],
] as const)(
  'of %s nobody hears an answer, and nothing closes, before a second person approved',
  async (category, subject) => {
    const first = category === 'accident' ? nation : region;
    const second = await anOfficer(store.db, 'safeguards');
    const id = await aComplaint(desk, { category, subject });
    const approve = async (officer: Officer, approves = true) =>
      approveDecision(desk, officer, { ...(await at(id)), approves });
    expect(await approve(second)).toEqual({ kind: 'nothingWaits' });
    expect(
      await proposeAnswer(desk, first, {
        ...{ ...(await at(id)), answer: 'followedUp', decision: 'sanctioned' },
      }),
    ).toEqual({ kind: 'waits' });
    expect(await row(id)).toMatchObject({
      ...{ status: 'ACKNOWLEDGED', proposedAnswer: null, pendingBy: first.id },
    });
    expect(await approve(first)).toEqual({ kind: 'ownProposal' });
    expect(await approve(second, false)).toEqual({ kind: 'done' });
    expect(await row(id)).toMatchObject({ pendingKind: null });
    await proposeAnswer(desk, first, {
      ...{ ...(await at(id)), answer: 'followedUp', decision: 'sanctioned' },
    });
    expect(await approve(second)).toEqual({ kind: 'done' });
    expect(await row(id)).toMatchObject({
      ...{ status: 'ANSWER_PROPOSED', proposedAnswer: 'answer.followedUp' },
      ...{ decisionCode: 'sanctioned', decidedBy: first.id, pendingKind: null },
    });
    expect(
      await closeComplaint(desk, second, {
        ...{ ...(await at(id)), outcome: 'accepted', decision: 'sanctioned' },
      }),
    ).toEqual({ kind: 'waits' });
    expect(await approve(first)).toEqual({ kind: 'done' });
    expect((await history(desk, id)).slice(2)).toEqual([
      `officer:${first.id} proposed ACKNOWLEDGED`,
      `officer:${second.id} sentBack ACKNOWLEDGED`,
      `officer:${first.id} proposed ACKNOWLEDGED`,
      `officer:${second.id} answered ANSWER_PROPOSED`,
      `officer:${second.id} approved ANSWER_PROPOSED`,
      `officer:${second.id} proposed ANSWER_PROPOSED`,
      `officer:${first.id} closed CLOSED_ACCEPTED`,
      `officer:${first.id} approved CLOSED_ACCEPTED`,
    ]);
    const told = await store.db.prisma.message.findMany();
    expect(told.map(({ purpose }) => purpose).sort()).toEqual([
      ...['complaint.acknowledged', 'complaint.answered', 'complaint.closed'],
    ]);
  },
);

test('of fraud nobody alone makes a duplicate: a second person who sees both approves', async () => {
  const second = await anOfficer(store.db, 'safeguards');
  const id = await aComplaint(desk, {
    ...{ category: 'fraud', subject: 'fraud.money' },
  });
  const far = await aComplaint(desk, {
    ...{ category: 'fraud', subject: 'fraud.money', communeCode: 'ML2' },
  });
  const merge = async (officer: Officer, other: number) =>
    mergeComplaint(desk, officer, {
      ...{ ...(await at(id)), intoReference: (await row(other)).reference },
    });
  const approve = async (officer: Officer, approves = true) =>
    approveDecision(desk, officer, { ...(await at(id)), approves });
  expect(await merge(nation, far)).toEqual({ kind: 'waits' });
  expect(await row(id)).toMatchObject({
    ...{ status: 'ACKNOWLEDGED', pendingKind: 'merging', pendingInto: far },
    duplicateOf: null,
  });
  expect(await approve(nation)).toEqual({ kind: 'ownProposal' });
  // What it would be merged into does not exist for her.
  expect(await approve(region)).toEqual({ kind: 'noSuchOther' });
  expect(await approve(region, false)).toEqual({ kind: 'done' });
  expect(await row(id)).toMatchObject({ pendingKind: null, pendingInto: null });
  await merge(nation, far);
  expect(await approve(second)).toEqual({ kind: 'done' });
  expect(await row(id)).toMatchObject({
    ...{ status: 'DUPLICATE', duplicateOf: far, pendingInto: null },
    ...{ decidedBy: nation.id, approvedBy: second.id },
  });
});

test('out of what two close into what one closes it goes by two, and no lower than it entered', async () => {
  const second = await anOfficer(store.db, 'safeguards');
  const id = await aComplaint(desk, {
    ...{ category: 'fraud', subject: 'fraud.money' },
  });
  const into = async (category: 'card' | 'conduct') =>
    reclassifyComplaint(desk, region, { ...(await at(id)), category });
  expect(await into('conduct')).toEqual({ kind: 'done' });
  expect(await into('card')).toEqual({ kind: 'waits' });
  expect(await row(id)).toMatchObject({
    ...{ category: 'C7', pendingKind: 'category', pendingCategory: 'C3' },
  });
  const word = { ...(await at(id)), approves: true };
  expect(await approveDecision(desk, region, word)).toEqual({
    kind: 'ownProposal',
  });
  expect(await approveDecision(desk, second, word)).toEqual({ kind: 'done' });
  expect(await row(id)).toMatchObject({
    ...{ category: 'C3', level: 'N4', entryLevel: 'N4' },
    ...{ pendingKind: null, pendingCategory: null },
  });
  expect((await history(desk, id)).slice(-3)).toEqual([
    `officer:${region.id} proposed ACKNOWLEDGED`,
    `officer:${second.id} reclassified ACKNOWLEDGED`,
    `officer:${second.id} approved ACKNOWLEDGED`,
  ]);
});

test('what waits for approval is shown to those who may approve it, and to nobody else', async () => {
  const second = await anOfficer(store.db, 'safeguards');
  const appealed = await anOfficer(store.db, 'safeguards');
  const auditor = await anOfficer(store.db, 'internalAudit');
  const id = await aComplaint(desk, {
    ...{ category: 'conduct', subject: 'conduct.agent' },
  });
  await store.db.prisma.complaint.update({
    where: { id },
    data: { level: 'N5', barred: [appealed.id] },
  });
  await proposeAnswer(desk, nation, {
    ...{ ...(await at(id)), answer: 'followedUp', decision: 'upheld' },
  });
  const { reference } = await row(id);
  const waiting = async (officer: Officer) => {
    const reader = { officer, today: desk.clock.today() };
    const { approvals } = await countInbox(store.db, reader);
    const { rows } = await readInbox(store.db, reader, { view: 'approvals' });
    expect(rows).toHaveLength(approvals);
    const found = await readCase(store.db, officer, reference);
    const act = caseActs.find(({ word }) => word === 'approuver');
    if (!found || !act) throw new Error('there is no such case or act');
    expect(isOffered(act, officer, found)).toBe(approvals === 1);
    return approvals;
  };
  // The region is below, and may be the second person all the same.
  expect(await waiting(region)).toBe(1);
  expect(await waiting(second)).toBe(1);
  expect(await waiting(nation)).toBe(0);
  expect(await waiting(appealed)).toBe(0);
  expect(await waiting(auditor)).toBe(0);
});

test('an appeal is decided by a third: neither by who proposed what is appealed against nor by who approved it', async () => {
  const second = await anOfficer(store.db, 'safeguards');
  const third = await anOfficer(store.db, 'safeguards');
  const id = await aComplaint(desk, {
    ...{ category: 'fraud', subject: 'fraud.money' },
  });
  const propose = async (officer: Officer) =>
    proposeAnswer(desk, officer, {
      ...{ ...(await at(id)), answer: 'followedUp', decision: 'notUpheld' },
    });
  const approve = async (officer: Officer) =>
    approveDecision(desk, officer, { ...(await at(id)), approves: true });
  await propose(region);
  await approve(second);
  expect(await appealForComplainant(desk, nation, await at(id))).toEqual({
    kind: 'done',
  });
  expect(await row(id)).toMatchObject({ barred: [region.id, second.id] });
  expect(await propose(second)).toEqual({ kind: 'forbidden' });
  expect(await propose(third)).toEqual({ kind: 'waits' });
  expect(await approve(second)).toEqual({ kind: 'forbidden' });
  expect(await approve(nation)).toEqual({ kind: 'done' });
});

test('a nation with one officer for complaints finds the second in the region, or in the service of the works', async () => {
  const rrpsa = await anOfficer(store.db, 'rrpsa');
  for (const [category, subject, second] of [
    ['conduct', 'conduct.agent', region],
    ['accident', 'accident.works', rrpsa],
  ] as const) {
    const id = await aComplaint(desk, { category, subject });
    await store.db.prisma.complaint.update({
      where: { id },
      data: { level: 'N5' },
    });
    await proposeAnswer(desk, nation, {
      ...{ ...(await at(id)), answer: 'followedUp', decision: 'upheld' },
    });
    expect(
      await approveDecision(desk, second, {
        ...(await at(id)),
        approves: true,
      }),
    ).toEqual({ kind: 'done' });
  }
});

const oldNumber = '+22376000001';
const newNumber = '+22366000002';

async function aChange(window?: [string, string]) {
  const home = aHousehold().on(oldNumber);
  const householdId = await (
    window === undefined ? home : home.owed({ window })
  ).save(store.db);
  await inTransaction(store.db, (tx) =>
    askPhoneChange({ ...desk, tx }, { householdId, newMsisdn: newNumber }),
  );
  const { id: changeId } = await store.db.prisma.phoneChange.findFirstOrThrow();
  const openNumbers = async () =>
    (
      await store.db.prisma.phoneLink.findMany({ where: { endedAt: null } })
    ).map(({ msisdn }) => msisdn);
  const decide = (officer: Officer, approves = true) =>
    decidePhoneChange(desk, officer, { changeId, approves });
  return { householdId, changeId, openNumbers, decide };
}

test('a number changes three days after it was asked, by one person where no payment is near', async () => {
  const { openNumbers, decide } = await aChange(['2026-04-10', '2026-04-12']);
  expect(await decide(region)).toEqual({
    ...{ kind: 'tooEarly', from: new Date('2026-03-15T10:00:00Z') },
  });
  const elsewhere: Officer = { ...region, communes: ['ML9'] };
  expect(await decide(elsewhere)).toEqual({ kind: 'notFound' });
  desk.clock.advance({ hours: 72 });
  expect(await decide(region)).toEqual({ kind: 'done' });
  expect(await openNumbers()).toEqual([newNumber]);
  expect(await decide(nation)).toEqual({ kind: 'notNow' });
  const [notice] = await store.db.prisma.message.findMany();
  expect(notice).toMatchObject({
    ...{ msisdn: oldNumber, purpose: 'phone.changeAsked' },
  });
});

test('a number that the register had linked already is chosen once it is approved: no file takes it back', async () => {
  const { householdId, decide } = await aChange();
  await store.db.prisma.phoneLink.create({
    data: {
      ...{ householdId, msisdn: newNumber, kind: 'family' },
      ...{ origin: 'register', startedAt: desk.clock.now() },
    },
  });
  desk.clock.advance({ days: 3 });
  expect(await decide(region)).toEqual({ kind: 'done' });
  expect(
    await store.db.prisma.phoneLink.findMany({
      where: { endedAt: null },
      select: { msisdn: true, kind: true, origin: true },
    }),
  ).toEqual([{ msisdn: newNumber, kind: 'own', origin: 'staff' }]);
});

test('while a payment is near two persons decide, and the chain shows both', async () => {
  const { changeId, openNumbers, decide } = await aChange([
    ...(['2026-03-25', '2026-03-28'] as const),
  ]);
  desk.clock.advance({ days: 3 });
  expect(await decide(region)).toEqual({ kind: 'waits' });
  expect(await decide(region)).toEqual({ kind: 'samePerson' });
  expect(await openNumbers()).toEqual([oldNumber]);
  expect(await decide(nation)).toEqual({ kind: 'done' });
  expect(await openNumbers()).toEqual([newNumber]);
  expect(await auditedActs(store.db)).toEqual([
    `officer:${region.id} phoneChange.firstApproved phoneChange:${changeId}`,
    `officer:${nation.id} phoneChange.approved phoneChange:${changeId}`,
  ]);
});

test('a refused change leaves the number, and a complaint about it tells what became of it', async () => {
  const { householdId, changeId, openNumbers } = await aChange();
  const id = await aComplaint(desk, { householdId, communeCode: 'TEST' });
  const other = await aComplaint(desk, { communeCode: 'TEST' });
  const apply = async (complaintId: number) =>
    applyPhoneChange(desk, region, {
      ...{ ...(await at(complaintId)), changeId, approves: false },
    });
  expect(await apply(other)).toEqual({ kind: 'notTheirs' });
  expect(await apply(id)).toEqual({ kind: 'done' });
  expect(await openNumbers()).toEqual([oldNumber]);
  expect((await history(desk, id)).at(-1)).toBe(
    `officer:${region.id} applied ACKNOWLEDGED`,
  );
});

test('a correction is settled once, by the service of the register', async () => {
  const householdId = await aHousehold().save(store.db);
  const { id } = await store.db.prisma.registerCorrection.create({
    data: {
      ...{ eventId: 'c', householdId, field: 'phone' },
      openedAt: desk.clock.now(),
    },
  });
  const rrsu = await anOfficer(store.db, 'rrsu');
  const settled = [];
  for (const officer of [region, rrsu, rrsu])
    settled.push((await settleCorrection(desk, officer, id)).kind);
  expect(settled).toEqual(['notFound', 'done', 'notNow']);
});
