import {
  returnAllowance,
  takeAllowance,
  takeAllowances,
} from '../../src/messaging/allowance';
import { Sender } from '../../src/messaging/sender';
import { testDatabase, type TestDatabase } from '../support/database';
import {
  countedStates,
  playedGateway,
  queueSms,
  sendAllDue,
  sendingHouse,
} from '../support/sms-queue';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.truncateAll());
afterAll(() => database.close());

/** A rate so slow that nothing comes back while a test runs; a burst of two. */
const rate = { gateway: 'g', operator: 'orange', perSecond: 0.001 };
const fast = { gateway: 'g', operator: 'all', perSecond: 50 };

/** As if so many milliseconds had passed since it was last counted. */
async function passed(ms: number): Promise<void> {
  await database.db.pool.query(
    `update send_allowances set refilled_at = refilled_at - make_interval(secs => $1 / 1000.0)`,
    [ms],
  );
}

test('a rate lets a fifth of a second go at once, and the rest as time passes', async () => {
  const { db } = database;
  const slow = { ...rate, perSecond: 0.5 };
  expect(await takeAllowance(db, slow, 10)).toBe(1);
  expect(await takeAllowance(db, slow, 10)).toBe(0);
  await passed(2_000);
  expect(await takeAllowance(db, slow, 10)).toBe(1);
  await passed(3_600_000);
  expect(await takeAllowance(db, slow, 10)).toBe(1);
});

test('senders that ask at once share what there is', async () => {
  const { db } = database;
  await takeAllowance(db, rate, 1);
  await db.pool.query('update send_allowances set tokens = 5');
  await db.pool.query('update send_allowances set refilled_at = now()');
  const wide = { ...rate, perSecond: 25 };
  await db.pool.query(
    `update send_allowances set refilled_at = now() + interval '0.5 seconds'`,
  );
  const granted = await Promise.all(
    Array.from({ length: 6 }, () => takeAllowance(db, wide, 2)),
  );
  expect(granted.reduce((sum, one) => sum + one, 0)).toBe(5);
});

test('what was not needed goes back', async () => {
  const { db } = database;
  expect(await takeAllowance(db, rate, 1)).toBe(1);
  await returnAllowance(db, rate, 1);
  expect(await takeAllowance(db, rate, 1)).toBe(1);
});

test('the narrower of two rates counts, and takes nothing of the other in vain', async () => {
  const { db } = database;
  expect(await takeAllowances(db, [fast, rate], 8)).toBe(1);
  expect(await takeAllowance(db, fast, 8)).toBeGreaterThanOrEqual(8);
});

test('a gateway gets no more than its rate, the rest stays in the queue', async () => {
  const { db } = database;
  await queueSms(db, { count: 10 });
  const gateway = playedGateway('g', { perSecond: 0.001 });
  await sendAllDue(new Sender(sendingHouse(db, [gateway])));
  expect(await countedStates(db)).toEqual({ sent: 1, queued: 9 });
});
