import { fixedClock } from '../../src/runtime/clock';
import { inTransaction } from '../../src/runtime/database';
import { recordAudit } from '../../src/staff/audit';
import { retain } from '../../src/staff/retain';
import { verifyAudit } from '../../src/staff/verify-audit';
import { scratchDatabase, type TestDatabase } from '../support/database';
import { writeAudit } from '../support/written-audit';

let store: TestDatabase;

beforeAll(async () => {
  store = await scratchDatabase();
});

beforeEach(() => store.truncateAll());

afterAll(() => store.close());

test.each([
  ['a year of the chain', '2031-03-12', 2],
  ['rows without telling their day', '', 2],
])('whoever takes away %s is found', async (_what, throughDay, id) => {
  await writeAudit(store.db, Array<string>(3).fill('2015-03-12T08:00:00.000Z'));
  const { hash } = await store.db.prisma.auditEntry.findUniqueOrThrow({
    where: { id },
  });
  await inTransaction(store.db, async (tx) => {
    await tx.$executeRaw`select set_config('jigi.retention', 'on', true)`;
    await tx.$executeRaw`delete from audit_entries where id <= ${id}`;
    await recordAudit(tx, {
      ...{ actor: 'x', action: 'audit.trimmed', subject: 'audit' },
      details: { throughId: id, throughHash: hash, throughDay },
    });
  });
  const { breach } = await verifyAudit(store.db);
  expect(breach).toEqual({ kind: 'takenEarly', id });
});

test('a clock that runs ahead takes rows before their time, and this is found', async () => {
  for (let n = 0; n < 2; n += 1)
    await inTransaction(store.db, (tx) =>
      recordAudit(tx, { actor: 'cli', action: 'test.done' }),
    );
  const ahead = new Date();
  ahead.setUTCFullYear(ahead.getUTCFullYear() + 6);
  await retain({ db: store.db, clock: fixedClock(ahead), actor: 'cli' });
  expect((await verifyAudit(store.db)).breach?.kind).toBe('takenEarly');
});
