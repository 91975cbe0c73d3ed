import { connectDatabase } from '../../src/runtime/database';
import { checkReadiness } from '../../src/runtime/health';
import { testDatabase } from '../support/database';

test('without Redis configured the store alone decides', async () => {
  const store = await testDatabase();
  expect(await checkReadiness({ db: store.db })).toEqual({
    ready: true,
    checks: { database: 'ok' },
  });
  await store.close();
});

test('a store that cannot be reached makes the service not ready', async () => {
  const db = connectDatabase('postgresql://jigi@127.0.0.1:1/jigi', { max: 1 });
  expect(await checkReadiness({ db })).toEqual({
    ready: false,
    checks: { database: 'down' },
  });
  await db.close();
});
