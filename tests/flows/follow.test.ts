import type { ComplaintFacts } from '../../flows/contract';
import { aCall, type ACall } from './a-call';
import { aDossier, aProvedDossier } from './dossiers';

type Detail = NonNullable<ComplaintFacts['detail']>;

const complaint: Omit<ComplaintFacts, 'detail'> = {
  complaintId: 5,
  reference: '12345678',
  open: true,
};

const found = (call: ACall, detail?: Partial<Detail>) =>
  call.type('12345678').tell({
    type: 'told.found',
    complaint:
      detail === undefined
        ? complaint
        : {
            ...complaint,
            detail: {
              status: 'inProgress',
              mayAppeal: true,
              mayRate: true,
              ...detail,
            },
          },
  });

const stranger = () => aCall('follow', aDossier());
const household = () => aCall('follow', aProvedDossier());

test('a number is looked for as it was typed', () => {
  expect(stranger().type('12345678').commands).toEqual([
    { type: 'complaint.find', reference: '12345678' },
  ]);
});

test.each(['mistyped', 'unknown'] as const)(
  'a number that is %s can be typed again',
  (kind) => {
    const call = stranger()
      .type('12345678')
      .tell({ type: `told.${kind}` });
    expect(call.state).toBe(kind);
    expect(call.type('87654321').commands).toEqual([
      { type: 'complaint.find', reference: '87654321' },
    ]);
  },
);

test('after too many unknown numbers there is somebody to talk to', () => {
  const call = stranger().type('12345678').tell({ type: 'told.exhausted' });
  expect(call.choose('help').commands).toEqual([
    { type: 'open', flow: 'help' },
  ]);
});

test('without proof it is open or closed, and the card shows more', () => {
  const call = found(stranger());
  expect(call.state).toBe('openOnly');
  expect(call.values['status']).toBeUndefined();
  expect(call.choose('prove').commands).toEqual([
    {
      type: 'open',
      flow: 'identity',
      with: { reference: '12345678', then: 'follow' },
    },
  ]);
});

test("somebody else's request stays open or closed after proof", () => {
  const call = found(household());
  expect(call.state).toBe('openOnly');
  expect(call.offers('prove')).toBe(false);
});

test('after proof it goes on with the number that was typed before', () => {
  const call = aCall('follow', aProvedDossier(), { reference: '12345678' });
  expect(call.commands).toEqual([
    { type: 'complaint.find', reference: '12345678' },
  ]);
});

test("the household's own request says where it stands and until when", () => {
  const call = found(household(), { dueOn: '2027-01-28' });
  expect(call.state).toBe('status');
  expect(call.values).toMatchObject({
    status: { key: 'common.request.inProgress' },
    dueOn: { day: '2027-01-28' },
  });
});

test.each([
  ['accept', 'accepted'],
  ['refuse', 'appealed'],
] as const)('a proposed answer can be taken by "%s"', (word, state) => {
  const call = found(household(), {
    status: 'answered',
    answer: 'answer.cardReady',
  });
  expect(call.values['answer']).toMatchObject({
    key: 'common.answer.cardReady',
  });
  const said = call.choose(word);
  expect(said.commands).toEqual([
    { type: 'complaint.say', complaintId: 5, word },
  ]);
  expect(said.tell({ type: 'told.done' }).state).toBe(state);
});

test('a closed request is rated once, and "no" offers to have it looked at again', () => {
  const rating = found(household(), { status: 'closed' }).choose('rate');
  const done = { type: 'told.done' } as const;
  expect(rating.choose('yes').tell(done).state).toBe('thanked');
  expect(rating.choose('partly').tell(done).state).toBe('thanked');
  const unhappy = rating.choose('no').tell(done);
  expect(unhappy.state).toBe('offerAppeal');
  const appeal = unhappy.choose('yes');
  expect(appeal.commands).toMatchObject([{ word: 'appeal' }]);
  expect(appeal.tell(done).state).toBe('appealed');
  expect(
    found(household(), { status: 'closed', mayRate: false }).offers('rate'),
  ).toBe(false);
});

test('when the time for it is over nobody is offered an appeal', () => {
  const closed = found(household(), { status: 'closed', mayAppeal: false });
  expect(closed.offers('appeal')).toBe(false);
  const said = closed.choose('rate', 'no').tell({ type: 'told.done' });
  expect(said.state).toBe('thanked');
});

test('a word that came too late shows the request as it is now', () => {
  const said = found(household(), { status: 'answered' }).choose('accept');
  const again = said.tell({ type: 'told.unusable' });
  expect(again.commands).toEqual([
    { type: 'complaint.find', reference: '12345678' },
  ]);
});

test('thanks and ideas are counted, without a name', () => {
  const thanks = stranger().choose('thanks');
  expect(thanks.commands).toEqual([
    {
      type: 'complaint.file',
      category: 'thanks',
      subject: 'thanks.thanks',
      respondBy: 'none',
    },
  ]);
  const told = { type: 'told.filed', reference: '12345678' } as const;
  expect(thanks.tell(told).state).toBe('thanked');
  const again = stranger().choose('thanks').tell({ type: 'told.exhausted' });
  expect(again.state).toBe('thanked');
  expect(stranger().choose('idea', 'agents').commands).toMatchObject([
    { subject: 'idea.agents' },
  ]);
});

test.each([
  ['yesNo', 'askedYesNo', 'yes', 'yes'],
  ['yesNo', 'askedYesNo', 'no', 'no'],
  ['digit', 'askedDigit', 'three', '3'],
  ['digit', 'askedDigit', 'six', '6'],
] as const)(
  'what an officer asks as %s is asked after proof, and %s answered by key %s',
  (kind, state, key, answer) => {
    const asked = () =>
      found(household(), { question: { kind, text: 'question.mayVisit' } });
    expect(asked().state).toBe(state);
    expect(asked().choose(key).commands).toEqual([
      { type: 'complaint.answer', complaintId: 5, answer },
    ]);
    const answered = asked().choose(key);
    expect(answered.tell({ type: 'told.done' }).state).toBe('thanked');
    expect(
      asked().choose(key).tell({ type: 'told.unusable' }).commands,
    ).toEqual([{ type: 'complaint.find', reference: '12345678' }]);
  },
);

test('a day is asked as day and month, and one that does not exist is asked again', () => {
  const asked = () =>
    found(household(), {
      question: { kind: 'date', text: 'question.dayOfPayment' },
    });
  expect(asked().state).toBe('askedDay');
  expect(asked().type('3113').state).toBe('wrongDay');
  expect(asked().type('3102').type('0503').commands).toEqual([
    { type: 'complaint.answer', complaintId: 5, answer: '0503' },
  ]);
});

test('without proof nobody hears that something was asked', () => {
  expect(found(stranger()).state).toBe('openOnly');
});
