import { askComplainant } from '../../src/complaints/ask-complainant';
import { assignComplaint } from '../../src/complaints/assign-complaint';
import {
  categories,
  type CategoryName,
  type Level,
} from '../../src/complaints/categories';
import { endWaiting } from '../../src/complaints/end-waiting';
import { escalateComplaints } from '../../src/complaints/escalate-complaints';
import { escalationNotices } from '../../src/complaints/escalation-notices';
import { flagRetaliation } from '../../src/complaints/flag-retaliation';
import { locateComplaint } from '../../src/complaints/locate-complaint';
import { entryLevelOf, levelAfter } from '../../src/complaints/route-complaint';
import { maySee, type Officer } from '../../src/complaints/visibility';
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
import { lockIsWaitedFor } from '../support/waited-lock';
import { aHousehold } from '../support/factories';

let store: TestDatabase;
let desk: TestCaseDesk;
let commune: Officer;
let cercle: Officer;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  desk = caseDesk(store.db);
  commune = await anOfficer(store.db, 'communeOfficer', ['ML1']);
  cercle = await anOfficer(store.db, 'cercleOfficer', ['ML1']);
});
afterAll(() => store.close());

const at = (id: number) => shown(desk, id);
const row = (id: number) =>
  store.db.prisma.complaint.findUniqueOrThrow({ where: { id } });
const day = (date: Date | null) => date?.toISOString().slice(0, 10);

test.each<[CategoryName, string | undefined, Level | undefined, Level]>([
  ['card', 'ML1', undefined, 'N2'],
  ['card', undefined, undefined, 'N5'],
  ['card', 'ML1', 'N2', 'N3'],
  ['card', 'ML1', 'N4', 'N5'],
  ['card', 'ML1', 'N1', 'N2'],
  ['information', 'ML1', undefined, 'N1'],
  ['payment', 'ML1', undefined, 'N5'],
  ['fraud', 'ML1', undefined, 'N4'],
  ['fraud', 'ML1', 'N4', 'N5'],
  ['conduct', 'ML1', 'N2', 'N4'],
  ['conduct', undefined, undefined, 'N5'],
  ['accident', 'ML1', undefined, 'N5'],
])(
  '%s at %s about %s is received by %s',
  (name, communeCode, namedLevel, level) => {
    const category = categories[name];
    expect(entryLevelOf({ category, communeCode, namedLevel })).toBe(level);
  },
);

test('the level after is past what is hidden or named, and the nation keeps what it has', () => {
  const card = categories.card;
  expect(levelAfter('N2', { category: card })).toBe('N3');
  expect(levelAfter('N2', { category: card, namedLevel: 'N3' })).toBe('N4');
  expect(levelAfter('N1', { category: categories.fraud })).toBe('N4');
  expect(levelAfter('N5', { category: card })).toBe('N5');
});

test('a household gives its place; whoever told none is at the nation until she tells it', async () => {
  const householdId = await aHousehold().save(store.db);
  const home = await aComplaint(desk, { householdId, communeCode: undefined });
  expect(await row(home)).toMatchObject({ communeCode: 'TEST', level: 'N2' });
  const id = await aComplaint(desk, { communeCode: undefined });
  expect(await row(id)).toMatchObject({ level: 'N5', escalateOn: null });
  const { reference } = await row(id);
  await inTransaction(store.db, (tx) =>
    locateComplaint({ ...desk, tx }, reference, 'ML1'),
  );
  const located = await row(id);
  expect(located).toMatchObject({ level: 'N2', entryLevel: 'N2' });
  expect(day(located.escalateOn)).toBe('2026-03-17');
  expect((await history(desk, id)).at(-1)).toBe(
    'complainant located ACKNOWLEDGED N5-N2',
  );
});

test('a place that is told while somebody takes the request leaves it with her', async () => {
  const id = await aComplaint(desk, { communeCode: undefined });
  const { reference } = await row(id);
  const nation = await anOfficer(store.db, 'rrsu');
  const other = await store.db.pool.connect();
  try {
    await other.query('begin');
    await other.query('update complaints set assigned_to = $1 where id = $2', [
      ...[nation.id, id],
    ]);
    const locating = inTransaction(store.db, (tx) =>
      locateComplaint({ ...desk, tx }, reference, 'ML1'),
    );
    await lockIsWaitedFor(store.db);
    await other.query('commit');
    await locating;
  } finally {
    other.release();
  }
  expect(await row(id)).toMatchObject({ level: 'N5', communeCode: 'ML1' });
});

test('it goes up by itself day after day, both levels are told, and the day of the answer stays', async () => {
  const id = await aComplaint(desk);
  await assignComplaint(desk, commune, { ...(await at(id)), to: commune.id });
  const seen: string[] = [];
  for (let n = 0; n <= 30; n += 1) {
    await escalateComplaints(desk);
    const { level } = await row(id);
    if (seen.at(-1)?.endsWith(level) !== true)
      seen.push(`${desk.clock.today()} ${level}`);
    desk.clock.advance({ days: 1 });
  }
  expect(seen).toEqual([
    ...['2026-03-12 N2', '2026-03-17 N3', '2026-03-22 N4', '2026-03-27 N5'],
  ]);
  expect(await row(id)).toMatchObject({
    ...{ status: 'TRIAGED', assignedTo: null, escalateOn: null },
    dueOn: new Date('2026-03-19'),
  });
  expect((await history(desk, id)).slice(3)).toEqual([
    'system escalated TRIAGED N2-N3',
    'system escalated TRIAGED N3-N4',
    'system escalated TRIAGED N4-N5',
  ]);
  const noticesOf = async (officer: Officer) =>
    (await escalationNotices(store.db, officer, new Date('2026-03-01'))).map(
      ({ toLevel, isArrival }) => `${toLevel} ${isArrival}`,
    );
  expect(await noticesOf(commune)).toEqual(['N3 false']);
  expect(await noticesOf(cercle)).toEqual(['N4 false', 'N3 true']);
  const told = await store.db.prisma.message.count({
    where: { purpose: 'complaint.moved' },
  });
  expect(told).toBe(3);
});

test('after a month without the worker it goes as far as it takes, in one run', async () => {
  const id = await aComplaint(desk);
  desk.clock.advance({ days: 30 });
  expect(await escalateComplaints(desk)).toBe(3);
  expect(await row(id)).toMatchObject({ level: 'N5' });
  expect(await escalateComplaints(desk)).toBe(0);
  // Its complainant hears of it once.
  const told = { purpose: 'complaint.moved' };
  expect(await store.db.prisma.message.count({ where: told })).toBe(1);
});

test('one that cannot go up, or be ended, keeps no other from it, and is told at the end', async () => {
  const ids = [await aComplaint(desk), await aComplaint(desk)];
  const [stuck = 0, free = 0] = ids;
  const nameless = await aComplaint(desk, {
    ...{ anonymous: true, respondBy: 'none' },
  });
  const waiting = [await aComplaint(desk), await aComplaint(desk)];
  const [stuckToo = 0, freeToo = 0] = waiting;
  for (const id of waiting)
    await askComplainant(desk, commune, {
      ...{ ...(await at(id)), question: 'stillWanted' },
    });
  await store.db.pool.query(
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'stuck'; end $$;
     create trigger refuse_stuck before update on complaints for each row
       when (old.id in (${stuck}, ${stuckToo})) execute function refuse()`,
  );
  try {
    desk.clock.advance({ days: 8 });
    await expect(escalateComplaints(desk)).rejects.toThrow('1 of 3');
    await expect(endWaiting(desk)).rejects.toThrow('1 of 2');
  } finally {
    await store.db.pool.query('drop function refuse() cascade');
  }
  expect([await row(stuck), await row(free)]).toMatchObject([
    ...[{ level: 'N2' }, { level: 'N3' }],
  ]);
  expect(await row(nameless)).toMatchObject({ level: 'N3' });
  expect((await row(freeToo)).remindedOn).not.toBeNull();
});

test('what waits for its complainant does not go up, and gets its days back', async () => {
  const id = await aComplaint(desk);
  desk.clock.advance({ days: 3 });
  await askComplainant(desk, commune, {
    ...{ ...(await at(id)), question: 'stillWanted' },
  });
  desk.clock.advance({ days: 6 });
  expect(await escalateComplaints(desk)).toBe(0);
});

test('who does not answer is reminded once after a week, and two weeks after the question it closes', async () => {
  const id = await aComplaint(desk);
  await askComplainant(desk, commune, {
    ...{ ...(await at(id)), question: 'stillWanted' },
  });
  const acts: string[] = [];
  for (let n = 0; n <= 20; n += 1) {
    if ((await endWaiting(desk)) > 0) acts.push(desk.clock.today());
    desk.clock.advance({ days: 1 });
  }
  expect(acts).toEqual(['2026-03-19', '2026-03-26']);
  expect((await history(desk, id)).slice(-2)).toEqual([
    ...[
      'system reminded WAITING_COMPLAINANT',
      'system closed CLOSED_NO_CONTACT',
    ],
  ]);
  expect(await row(id)).toMatchObject({
    ...{ waitingSince: null, decisionCode: 'noContact' },
  });
  const [question] = await store.db.prisma.complaintQuestion.findMany();
  expect(question?.answeredBy).toBe('dropped');
});

test('after a worker that slept for a month the reminder comes first, and the closing a week later', async () => {
  const id = await aComplaint(desk);
  await askComplainant(desk, commune, {
    ...{ ...(await at(id)), question: 'stillWanted' },
  });
  desk.clock.advance({ days: 40 });
  await endWaiting(desk);
  await endWaiting(desk);
  expect(await row(id)).toMatchObject({ status: 'WAITING_COMPLAINANT' });
  desk.clock.advance({ days: 7 });
  await endWaiting(desk);
  expect(await row(id)).toMatchObject({ status: 'CLOSED_NO_CONTACT' });
});

test('a threat takes it past the level that threatens, which never sees it again', async () => {
  const id = await aComplaint(desk);
  await assignComplaint(desk, commune, { ...(await at(id)), to: commune.id });
  await flagRetaliation(desk, cercle, { ...(await at(id)), by: 'N2' });
  const flagged = await row(id);
  expect(flagged).toMatchObject({
    ...{ level: 'N3', retaliation: true, assignedTo: null },
  });
  expect([maySee(commune, flagged), maySee(cercle, flagged)]).toEqual([
    ...[false, true],
  ]);
});
