import { cancelMessages } from '../../src/messaging/cancel-messages';
import type { ComposedSms } from '../../src/messaging/compose';
import {
  queueMessage,
  type NewMessage,
} from '../../src/messaging/queue-message';
import { fixedClock } from '../../src/runtime/clock';
import { inTransaction } from '../../src/runtime/database';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.truncateAll());
afterAll(() => database.close());

const phone = '+22370000001';
const sms: ComposedSms = {
  ...{ template: 'complaint.moved', locale: 'fr', text: 'Du nouveau' },
  ...{ encoding: 'gsm7', segments: 1 },
};
const message: NewMessage = {
  ...{ purpose: 'complaint.moved', subjectId: 4, round: 9, msisdn: phone },
  ...{ sms, lifeHours: 48 },
};

function queue(at: string, change: Partial<NewMessage> = {}) {
  return inTransaction(database.db, (tx) =>
    queueMessage({ tx, clock: fixedClock(at) }, { ...message, ...change }),
  );
}

const inQueue = () =>
  database.db.prisma.message.findMany({ orderBy: { id: 'asc' } });

test('a message is written with its fact, once', async () => {
  expect(await queue('2026-03-12T10:00:00Z')).toBe('written');
  expect(await queue('2026-03-12T11:00:00Z')).toBe('repeated');
  expect(await inQueue()).toMatchObject([
    {
      ...{ state: 'queued', class: 'complaint', text: 'Du nouveau' },
      dueAt: new Date('2026-03-12T10:00:00Z'),
      expiresAt: new Date('2026-03-14T10:00:00Z'),
    },
  ]);
});

test('a fact that is not kept is not told', async () => {
  const broken = inTransaction(database.db, async (tx) => {
    await queueMessage(
      { tx, clock: fixedClock('2026-03-12T10:00:00Z') },
      message,
    );
    throw new Error('the fact failed');
  });
  await expect(broken).rejects.toThrow('the fact failed');
  expect(await inQueue()).toEqual([]);
});

test('at night a notice waits for 07:30; what answers a call goes at once', async () => {
  await queue('2026-03-12T22:00:00Z');
  await queue('2026-03-12T22:00:00Z', { purpose: 'complaint.acknowledged' });
  expect(await inQueue()).toMatchObject([
    {
      ...{ state: 'held', reason: 'quietHours' },
      dueAt: new Date('2026-03-13T07:30:00Z'),
      expiresAt: new Date('2026-03-15T07:30:00Z'),
    },
    { state: 'queued', dueAt: new Date('2026-03-12T22:00:00Z') },
  ]);
});

test('a phone that said STOP gets nothing but the answer to it; its household is listed for a visit', async () => {
  const householdId = await aHousehold().on(phone).save(database.db);
  await database.db.prisma.phone.create({
    data: { msisdn: phone, smsOn: false },
  });
  expect(await queue('2026-03-12T10:00:00Z', { householdId })).toBe('optedOut');
  expect(await queue('2026-03-12T10:00:00Z', { householdId })).toBe('optedOut');
  expect(
    await queue('2026-03-12T10:00:00Z', { purpose: 'reply.stopped' }),
  ).toBe('written');
  expect(await inQueue()).toMatchObject([{ purpose: 'reply.stopped' }]);
  expect(await database.db.prisma.callListEntry.findMany()).toMatchObject([
    { householdId, purpose: 'complaint.moved', reason: 'optedOut' },
  ]);
});

test('what has not gone is taken back; what a sender holds goes now or never; what went stays', async () => {
  for (const round of [1, 2, 3]) await queue('2026-03-12T10:00:00Z', { round });
  const { pool, prisma } = database.db;
  await pool.query(`update messages set state = 'sending', claimed_at = now(), claimed_by = 'w'
    where round = 2; update messages set state = 'sent', sent_at = now() where round = 3`);
  const clock = fixedClock('2026-03-12T12:00:00Z');
  await inTransaction(database.db, (tx) =>
    cancelMessages(
      { tx, clock },
      { purposes: ['complaint.moved'], subjectId: 4, reason: 'sealed' },
    ),
  );
  const rows = await prisma.message.findMany({ orderBy: { round: 'asc' } });
  expect(rows).toMatchObject([
    { state: 'cancelled', reason: 'sealed', settledAt: clock.now() },
    { state: 'sending', expiresAt: clock.now(), settledAt: null },
    { state: 'sent', expiresAt: new Date('2026-03-14T10:00:00Z') },
  ]);
});
