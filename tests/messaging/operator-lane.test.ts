import {
  laneOf,
  operatorLanes,
  samplesOf,
} from '../../src/messaging/operator-lane';
import { OPERATOR_PREFIXES } from '../../src/text/msisdn';
import { testDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('the store knows the network of every number as the service does', async () => {
  const twoDigits = Array.from({ length: 100 }, (_, n) =>
    String(n).padStart(2, '0'),
  );
  const prefixes = new Set([
    ...twoDigits,
    ...Object.values(OPERATOR_PREFIXES).flat(),
    ...['2000', '2002', '2078', '216', '218'],
  ]);
  const numbers = [
    ...Array.from(prefixes, (prefix) => `+223${prefix.padEnd(8, '0')}`),
    ...['+33600000000', '+22670000000', '+2237000000'],
  ];
  const { rows } = await database.db.pool.query<{ lane: string }>(
    'select operator_of(msisdn) as lane from unnest($1::text[]) with ordinality as n (msisdn, at) order by at',
    [numbers],
  );
  const wellFormed = numbers.slice(0, -1);
  expect(rows.slice(0, -1).map(({ lane }) => lane)).toEqual(
    wellFormed.map(laneOf),
  );
});

test.each(operatorLanes)(
  'the numbers that stand for the lane %s are of it',
  (lane) => {
    expect(samplesOf(lane).length).toBeGreaterThan(1);
    expect(new Set(samplesOf(lane).map(laneOf))).toEqual(new Set([lane]));
  },
);
