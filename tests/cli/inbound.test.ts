import { toldInbox } from '../../src/cli/inbound';
import { toldJournal } from '../../src/cli/journal';
import { closeInbox, readInbox } from '../../src/messaging/inbox';
import { journalCounts } from '../../src/messaging/journal-status';
import { type TestDatabase, testDatabase } from '../support/database';
import { smsHouse, type SmsHouse } from '../support/sms-house';

let store: TestDatabase;
let house: SmsHouse;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  house = smsHouse(store.db);
});
afterAll(() => store.close());

test('SMS that wait are listed a line each, leave the list once, and both is recorded without number or words', async () => {
  const desk = { db: store.db, clock: house.clock, actor: 'cli' };
  expect(toldInbox(await readInbox(desk))).toEqual(["Aucun SMS n'attend."]);
  await house.comes('+22376123456', 'Ma carte\n99  est\u001b[2J perdue');
  await house.comes('+22376123456', 'INFO');
  expect(toldInbox(await readInbox(desk))).toEqual([
    '1  2026-03-12 10:00  +22376123456  texte: Ma carte 99 est [2J perdue',
  ]);
  expect(await closeInbox(desk, [1, 2, 7])).toEqual([2, 7]);
  expect(await closeInbox(desk, [1])).toEqual([1]);
  expect(await readInbox(desk)).toEqual([]);
  const audit = await store.db.prisma.auditEntry.findMany();
  expect(JSON.stringify(audit)).toMatch(/inbound\.read.*inbound\.done/);
  expect(JSON.stringify(audit)).not.toMatch(/7612|carte/);
});

test('of many SMS the oldest are shown, and it is said that there are more', async () => {
  await store.db.pool.query(
    `insert into inbound_sms (gateway, provider_id, msisdn, meaning, text, received_at)
     select 'kannel', n::text, '+22376123456', 'other', 'SMS ' || n, '2026-03-12T10:00Z' from generate_series(1, 201) n`,
  );
  const desk = { db: store.db, clock: house.clock, actor: 'cli' };
  const told = toldInbox(await readInbox(desk));
  expect(told).toHaveLength(201);
  expect(told[0]).toContain('SMS 1');
  expect(told.at(-1)).toMatch(/les plus anciens/);
});

test('the journal is counted by what became of it', async () => {
  expect(toldJournal(await journalCounts(store.db))).toEqual([
    'Le journal est vide.',
  ]);
  await house.comes('+22376123456', 'INFO', 'same');
  await house.comes('+22376123456', 'INFO', 'same');
  expect(toldJournal(await journalCounts(store.db))).toEqual([
    "kannel, SMS reçus, n'apprenaient rien: 1 (1 ko)",
    'kannel, SMS reçus, pris en compte: 1 (1 ko)',
  ]);
});
