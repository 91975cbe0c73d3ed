import { askComplainant } from '../../src/complaints/ask-complainant';
import type { QuestionCode } from '../../src/complaints/questions';
import { questions } from '../../src/complaints/questions';
import type { Officer } from '../../src/complaints/visibility';
import { packageRoot } from '../../src/runtime/package-root';
import { openTexts } from '../../src/text/texts';
import {
  aComplaint,
  anOfficer,
  caseDesk,
  shown,
  type TestCaseDesk,
} from '../support/cases';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { aPhone } from '../support/phone';
import { smsHouse } from '../support/sms-house';
import { ussdHouse } from '../support/ussd-house';

const own = '+22376123456';
let store: TestDatabase;
let desk: TestCaseDesk;
let nation: Officer;
let id = 0;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  desk = caseDesk(store.db);
  nation = await anOfficer(store.db, 'safeguards');
  await store.db.prisma.phone.create({ data: { msisdn: own, locale: 'fr' } });
  const householdId = await aHousehold()
    .withCard('12345678', '90')
    .on(own)
    .owed({})
    .save(store.db);
  id = await aComplaint(desk, { householdId });
});
afterAll(() => store.close());

const ask = async (question: QuestionCode) =>
  askComplainant(desk, nation, { ...(await shown(desk, id)), question });

const kept = async () => {
  const complaint = await store.db.prisma.complaint.findUniqueOrThrow({
    where: { id },
    include: { questions: true },
  });
  const [question] = complaint.questions;
  return [complaint.status, question?.answer, question?.answeredBy];
};

const reference = async () =>
  (await store.db.prisma.complaint.findUniqueOrThrow({ where: { id } }))
    .reference;

test('every question has its sentence in every language', () => {
  const texts = openTexts({ root: packageRoot });
  for (const locale of ['fr', 'bm'])
    for (const code of Object.keys(questions))
      expect(texts.has(locale, 'common', `question.${code}`)).toBe(true);
});

test.each<[QuestionCode, string, string[], string]>([
  ['mayVisit', 'Un agent peut-il passer chez vous?', ['1'], 'yes'],
  ['howManyPayments', 'Combien de paiements manquent?', ['3'], '3'],
  [
    'dayOfPayment',
    'Quel jour était le paiement?',
    ['3102', '0503'],
    '2026-03-05',
  ],
  ['dayOfPayment', 'Quel jour était le paiement?', ['2412'], '2025-12-24'],
])(
  '%s is asked on the phone after the card, and the keys answer it',
  async (question, sentence, keys, answer) => {
    await ask(question);
    const phone = aPhone(ussdHouse(store.db), own);
    await phone.dial();
    const found = await phone.type('3', '6', await reference());
    expect(found).not.toContain(sentence);
    expect(await phone.type('1', '5678')).toContain(sentence);
    expect(await phone.type(...keys)).toContain('Merci');
    expect(await kept()).toEqual(['IN_PROGRESS', answer, 'ussd']);
  },
);

test.each<[QuestionCode, string, string | null]>([
  ['cardInHand', 'Oui', 'yes'],
  ['cardInHand', 'ayi', 'no'],
  ['cardInHand', '2', 'no'],
  ['cardInHand', '3', null],
  ['howManyPayments', '3', '3'],
  ['howManyPayments', 'oui', null],
  ['dayOfPayment', '1', null],
])('%s answered %j by SMS is kept as %s', async (question, text, answer) => {
  await ask(question);
  await smsHouse(store.db).comes(own, text);
  expect(await kept()).toEqual(
    answer === null
      ? ['WAITING_COMPLAINANT', null, null]
      : ['IN_PROGRESS', answer, 'sms'],
  );
});

test('an SMS from another number, or after something else was asked, answers no question', async () => {
  await ask('cardInHand');
  const house = smsHouse(store.db);
  await house.comes('+22370000001', 'oui');
  house.clock.advance({ hours: 2 });
  const { id: subjectId } = await store.db.prisma.wave.findFirstOrThrow();
  await store.db.pool.query(
    `insert into messages (purpose, subject_id, msisdn, class, template, locale, text, encoding, segments, state, due_at,
       expires_at, written_at, begun_at, sent_at)
     values ('payment.unconfirmed', $1, $2, 'reminder', 't', 'fr', 'x', 'gsm7', 1, 'sent', $3, $3, $3, $3, $3)`,
    [subjectId, own, new Date('2026-03-12T11:00:00Z')],
  );
  await house.comes(own, 'oui');
  expect((await kept())[0]).toBe('WAITING_COMPLAINANT');
  expect(await store.db.prisma.receipt.count()).toBe(1);
});
