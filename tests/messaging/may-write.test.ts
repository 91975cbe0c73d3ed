import {
  refusalOf,
  refusalSql,
  type WritingGround,
} from '../../src/messaging/may-write';
import { testDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const reached: WritingGround = {
  msisdn: '+22370000001',
  smsOn: null,
  consents: true,
  isStale: false,
  tellsDays: true,
  hasText: true,
};

test.each<[string, Partial<WritingGround>, string | undefined]>([
  ['a household that agreed is written to', {}, undefined],
  ['one without a phone is not', { msisdn: null }, 'noPhone'],
  ['one that did not agree is not', { consents: false }, 'noConsent'],
  [
    'what a phone chose beats the file: on',
    { consents: false, smsOn: true },
    undefined,
  ],
  ['what a phone chose beats the file: off', { smsOn: false }, 'optedOut'],
  ['a stale number gets no days', { isStale: true }, 'stale'],
  [
    'a stale number gets what holds no day',
    { isStale: true, tellsDays: false },
    undefined,
  ],
  [
    'nothing goes where no text may be read',
    { hasText: false },
    'insecureZone',
  ],
  [
    'a STOP beats everything else that is known of the phone',
    { smsOn: false, consents: false, isStale: true, hasText: false },
    'optedOut',
  ],
])('%s', (_title, change, refusal) => {
  expect(refusalOf({ ...reached, ...change })).toBe(refusal);
});

const yesNo = [true, false];
const everyGround: WritingGround[] = [reached.msisdn, null].flatMap((msisdn) =>
  [true, false, null].flatMap((smsOn) =>
    yesNo.flatMap((consents) =>
      yesNo.flatMap((isStale) =>
        yesNo.flatMap((tellsDays) =>
          yesNo.map((hasText) => ({
            ...{ msisdn, smsOn, consents, isStale, tellsDays, hasText },
          })),
        ),
      ),
    ),
  ),
);

test('SQL refuses what the table refuses, whatever is known', async () => {
  const { rows } = await database.db.pool.query<{ refusal: string | null }>(
    `select ${refusalSql} as refusal from (
       select one.*, case when has_text then 'x' end as text
       from rows from (json_to_recordset($1) as (msisdn text, sms_on boolean, consents boolean,
         is_stale boolean, tells_days boolean, has_text boolean)) with ordinality as one order by ordinality) ground`,
    [
      JSON.stringify(
        everyGround.map((one) => ({
          msisdn: one.msisdn,
          sms_on: one.smsOn,
          consents: one.consents,
          is_stale: one.isStale,
          tells_days: one.tellsDays,
          has_text: one.hasText,
        })),
      ),
    ],
  );
  expect(everyGround).toHaveLength(96);
  expect(rows.map(({ refusal }) => refusal ?? undefined)).toEqual(
    everyGround.map(refusalOf),
  );
});
