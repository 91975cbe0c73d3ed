import { claimAndBeginDue, claimDue } from '../../src/messaging/claim-due';
import { openCampaigns } from '../../src/messaging/campaigns-known';
import { forgetOverClaims, giveBack } from '../../src/messaging/give-back';
import { queueDepth } from '../../src/messaging/queries';
import { testDatabase, type TestDatabase } from '../support/database';
import { queueSms, sendingHouse } from '../support/sms-queue';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.truncateAll({ anew: true }));
afterAll(() => database.close());

const operator = 'orange' as const;

/** What the narrow tables say, beside what the messages themselves say. */
async function kept(): Promise<unknown[]> {
  const { rows } = await database.db.pool.query<{ told: string }>(`
    select 'open ' || id || ' ' || state || ' ' || subject_id || ' ' || (due_at = (select due_at from messages m where m.id = o.id))
        as told from open_messages o
    union all select 'named ' || message_id || ' ' || provider_id from message_provider_ids
    union all select 'claimed ' || one || ' by ' || sender from message_claims, unnest(message_ids) one
    order by 1`);
  return rows.map(({ told }) => told);
}

test('what waits is kept beside the messages, whoever moves them', async () => {
  const { db } = database;
  const { pool } = db;
  await queueSms(db, { count: 2 });
  await queueSms(db, {
    ...{ count: 1, from: 22_370_000_010 },
    ...{ state: 'held', reason: 'quietHours' },
  });
  const held = 'open 3 held 1 true';
  expect(await kept()).toEqual([
    'open 1 queued 1 true',
    'open 2 queued 1 true',
    held,
  ]);
  await claimDue(sendingHouse(db, []), 'campaign', [{ operator, most: 2 }]);
  const claimed = ['claimed 1 by test-sender', 'claimed 2 by test-sender'];
  expect(await kept()).toEqual([...claimed, held]);
  await pool.query(
    `update messages set state = 'sent', provider_id = 'S1', gateway = 'g' where id = 1`,
  );
  await pool.query(
    `update messages set state = 'unknown', reason = 'unanswered' where id = 2`,
  );
  expect(await kept()).toEqual([
    ...[...claimed, 'named 1 S1'],
    ...['open 2 unknown 1 true', held],
  ]);
  // Told once more, and read again at another hour: one name, one row.
  await pool.query(
    `update messages set state = 'delivered', settled_at = now() where id = 1`,
  );
  await pool.query(
    `update messages set due_at = due_at + interval '1 minute' where id = 3`,
  );
  expect(await kept()).toEqual([
    ...[...claimed, 'named 1 S1'],
    ...['open 2 unknown 1 true', held],
  ]);
  await forgetOverClaims(db, 'test-sender');
  await pool.query('delete from messages where id <> 3');
  expect(await kept()).toEqual([held]);
});

test('a claim of which anything is under way is kept, and counted', async () => {
  const { db } = database;
  await queueSms(db, { count: 2 });
  await claimDue(sendingHouse(db, []), 'campaign', [{ operator, most: 2 }]);
  await db.pool.query(`update messages set state = 'sent' where id = 1`);
  await forgetOverClaims(db, 'test-sender');
  expect(await kept()).toHaveLength(2);
  expect(await queueDepth(db)).toMatchObject([{ state: 'sending', count: 1 }]);
});

test('campaigns are claimed from where the last claim ended; what was given back waits for the next look', async () => {
  const { db } = database;
  await queueSms(db, { count: 4 });
  const house = sendingHouse(db, []);
  const open = await openCampaigns(db, []);
  expect(open).toEqual([1]);
  const claimedTo = new Map<typeof operator, number>();
  const claim = async () => {
    const known = { closed: [], open, claimedTo };
    const wanted = [{ operator, most: 2 }];
    const claimed = await claimDue(house, 'campaign', wanted, known);
    return claimed.map(({ id }) => id);
  };
  expect(await claim()).toEqual([1, 2]);
  await giveBack(db, 'test-sender', [1, 2]);
  claimedTo.set(operator, 2);
  expect(await claim()).toEqual([3, 4]);
  claimedTo.clear();
  expect(await claim()).toEqual([1, 2]);
  expect(await openCampaigns(db, [])).toBeUndefined();
});

test('thousands of one known campaign are claimed by a statement that is not given up as too long', async () => {
  const { db } = database;
  const count = 5_000;
  // As the planner knows it when a campaign begins: nothing waits, and of the messages much is known.
  await db.pool.query('vacuum analyze open_messages');
  await queueSms(db, { count, text: 'Pour tous' });
  await db.pool.query('vacuum analyze messages');
  const begins = { gateway: 'many', mostRecipients: 1_000 };
  const { begun } = await claimAndBeginDue(
    sendingHouse(db, []),
    'campaign',
    [{ operator, most: count, begins }],
    {
      ...{ requests: 3, begunAt: new Date() },
      campaigns: { closed: [], open: [1] },
    },
  );
  expect(begun).toHaveLength(3_000);
});

test('no index of the messages knows what sending changes', async () => {
  const changing = [
    ...['state', 'reason', 'claimed_at', 'claimed_by', 'begun_at', 'sent_at'],
    ...['settled_at', 'attempts', 'gateway', 'provider_id', 'price_xof'],
    ...['segments'],
  ];
  const { rows } = await database.db.pool.query<{ indexdef: string }>(
    `select indexdef from pg_indexes where tablename = 'messages'`,
  );
  expect(rows.length).toBeGreaterThan(1);
  const known = changing.filter((column) =>
    rows.some(({ indexdef }) => new RegExp(`\\b${column}\\b`).test(indexdef)),
  );
  expect(known).toEqual([]);
});
