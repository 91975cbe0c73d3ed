import {
  fileComplaint,
  type ComplaintRequest,
} from '../../src/complaints/file-complaint';
import { hearComplainant } from '../../src/complaints/hear-complainant';
import {
  tellComplainant,
  type Notice,
} from '../../src/complaints/tell-complainant';
import { fixedClock } from '../../src/runtime/clock';
import { inTransaction, type Tx } from '../../src/runtime/database';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { smsWording } from '../support/reminders';

let database: TestDatabase;
let clock = fixedClock('2026-03-12T22:00:00Z');
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  clock = fixedClock('2026-03-12T22:00:00Z');
  await database.truncateAll();
});
afterAll(() => database.close());

const deps = (tx: Tx) => ({ tx, clock, wording: smsWording });

function file(change: Partial<ComplaintRequest> = {}) {
  return inTransaction(database.db, (tx) =>
    fileComplaint(
      { ...deps(tx), draw: () => '12345672' },
      {
        ...{ category: 'card', subject: 'card.lost', origin: 'ussd' },
        ...{ respondBy: 'sms', anonymous: false, retaliation: false },
        ...{ locale: 'fr', proofLevel: 'L0', contactMsisdn: '+22376123456' },
        ...change,
      },
    ),
  );
}

const texts = async () =>
  (await database.db.prisma.message.findMany({ orderBy: { id: 'asc' } })).map(
    ({ state, text }) => `${state}: ${text}`,
  );

test('who wanted an answer by SMS has the number and the day at once, at any hour', async () => {
  await file();
  expect(await texts()).toEqual([
    'queued: Jigisèmèjiri: demande enregistrée. Numéro: 12 34 56 72. Réponse avant le 19/03. Suivi: *384*55# menu 3 puis 6.',
  ]);
});

test.each<[string, Partial<ComplaintRequest>]>([
  ['wants a call', { respondBy: 'call' }],
  ['dials again', { respondBy: 'dial' }],
  ['gave no name', { respondBy: 'none', anonymous: true }],
  ['gave no name, whatever else was said', { anonymous: true }],
  ['said thanks, which is closed at once', { category: 'thanks' }],
])('who %s gets no SMS', async (_who, change) => {
  await file(change);
  expect(await texts()).toEqual([]);
});

test('an appeal and an acceptance are told to the number that was left, in the morning, without what happened', async () => {
  const householdId = await aHousehold().save(database.db);
  const { complaintId } = await file({ householdId });
  const say = (word: 'accept' | 'appeal') =>
    inTransaction(database.db, (tx) =>
      hearComplainant(deps(tx), { complaintId, householdId, word }),
    );
  await database.db.prisma.complaint.update({
    where: { id: complaintId },
    data: { status: 'ANSWER_PROPOSED' },
  });
  await say('accept');
  await say('appeal');
  expect((await texts()).slice(1)).toEqual([
    "held: Jigisèmèjiri: il y a du nouveau pour la demande 12 34 56 72: *384*55# menu 3 puis 6. Pas d'accord? Dites-le là, avant 30 jours.",
    "held: Jigisèmèjiri: il y a du nouveau pour la demande 12 34 56 72. Pour l'entendre: *384*55# menu 3 puis 6.",
  ]);
});

const tell = (complaintId: number, event: Notice, eventId: number) =>
  inTransaction(database.db, (tx) =>
    tellComplainant(deps(tx), { complaintId, event, eventId }),
  );

test('a question and an answer are told in the language of the request, each event once', async () => {
  const { complaintId } = await file({ locale: 'bm' });
  clock = fixedClock('2026-03-13T09:00:00Z');
  expect(await tell(complaintId, 'asked', 6)).toBe('written');
  for (const eventId of [7, 7, 8]) await tell(complaintId, 'answered', eventId);
  expect(await tell(complaintId, 'answered', 8)).toBe('repeated');
  const answered =
    'queued: Jigisèmèjiri: gèlèya 12 34 56 72, jaabi dò bè ka makònò. A lamèn, i sònna walima i ma sòn, a fò: *384*55# menu 3, o kò 6.';
  expect((await texts()).slice(1)).toEqual([
    'queued: Jigisèmèjiri: kunnafoni dò nyinina gèlèya 12 34 56 72 kan. A lamèn: *384*55# menu 3, o kò 6. A fò mògò ye: menu 5.',
    ...[answered, answered],
  ]);
});

test('nothing is told by SMS of a request whose complainant did not want it', async () => {
  const { complaintId } = await file({ respondBy: 'call' });
  expect(await tell(complaintId, 'answered', 7)).toBe('unwanted');
  expect(await texts()).toEqual([]);
});
