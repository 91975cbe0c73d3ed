import type { PaymentFacts } from '../../flows/contract';
import { aCall } from './a-call';
import {
  aBorrowedPhoneDossier,
  aGathering,
  aHousehold,
  anInsecureRelayDossier,
  aPayment,
  aProvedDossier,
} from './dossiers';

const past = aPayment({ paymentId: 9, state: 'past', amountXof: 30_000 });
const open = aPayment({ paymentId: 8, amountXof: 30_000 });

const asked = (payment: PaymentFacts, facts = {}) =>
  aCall(
    'receipt',
    aProvedDossier(aHousehold({ answerable: [payment] }), facts),
  );

const mismatch = { type: 'told.recorded', mismatch: true } as const;

test('all received is recorded and thanked for', () => {
  const said = asked(past).choose('all');
  expect(said.commands).toEqual([
    { type: 'receipt.record', paymentId: 9, answer: 'RECEIVED' },
  ]);
  const end = said.tell({ type: 'told.recorded', mismatch: false });
  expect(end.state).toBe('thanks');
});

test('nothing received is recorded once the window is over', () => {
  expect(asked(past).choose('nothing').commands).toEqual([
    { type: 'receipt.record', paymentId: 9, answer: 'NOT_RECEIVED' },
  ]);
});

test('nothing received while the window is open is a question to help with', () => {
  const helped = asked(open).choose('nothing');
  expect(helped.state).toBe('stillOpen');
  expect(helped.commands).toEqual([]);
  expect(helped.choose('notYet').state).toBe('advice');
  expect(helped.choose('notPaid').commands).toEqual([
    { type: 'receipt.record', paymentId: 8, answer: 'NOT_RECEIVED' },
  ]);
  expect(helped.choose('cannotGo').commands).toEqual([
    {
      type: 'open',
      flow: 'complaint',
      with: { subject: 'payment.cannotGo', paymentId: 8 },
    },
  ]);
});

test('money that comes by phone is waited for, not fetched', () => {
  const wallet = asked({ ...open, modality: 'wallet' }).choose('nothing');
  expect(wallet.state).toBe('stillOpenElsewhere');
});

test('another amount is read back before it counts', () => {
  const typed = asked(past).choose('other').type('25000');
  expect(typed.state).toBe('readBack');
  expect(typed.values['typed']).toEqual({ kind: 'money', xof: 25_000 });
  expect(typed.choose('no').state).toBe('amount');
  expect(typed.choose('yes').commands).toEqual([
    {
      type: 'receipt.record',
      paymentId: 9,
      answer: 'RECEIVED_WITH_ISSUES',
      declaredAmountXof: 25_000,
    },
  ]);
});

test('the expected amount, typed, is all received', () => {
  const said = asked(past).choose('other').type('30000').choose('yes');
  expect(said.commands).toMatchObject([{ answer: 'RECEIVED' }]);
});

test('a fifth of the expected amount is asked back, for money is spoken in fives', () => {
  const fifth = asked(past).choose('other').type('6000');
  expect(fifth.state).toBe('fifth');
  expect(fifth.choose('yes').commands).toMatchObject([
    { answer: 'RECEIVED_WITH_ISSUES', declaredAmountXof: 6_000 },
  ]);
  expect(fifth.choose('fivefold').commands).toMatchObject([
    { answer: 'RECEIVED', declaredAmountXof: 30_000 },
  ]);
  const unsure = fifth.choose('unsure');
  expect(unsure.state).toBe('unsure');
  expect(unsure.commands).toEqual([]);
});

test('an amount below any coin is not taken', () => {
  expect(() => asked(past).choose('other').type('00')).toThrow('refuses');
});

test('money asked for is kept with whether the payment came', () => {
  const said = asked(past).choose('money', 'part');
  expect(said.commands).toEqual([
    {
      type: 'receipt.record',
      paymentId: 9,
      answer: 'RECEIVED_WITH_ISSUES',
      askedForMoney: true,
    },
  ]);
  expect(said.tell(mismatch).choose('nameless').commands).toEqual([
    {
      type: 'open',
      flow: 'complaint',
      with: { subject: 'fraud.money', respondBy: 'none' },
    },
  ]);
});

test('a request without a name carries nothing that leads back to the household', () => {
  const nameless = asked(past).choose('nothing').tell(mismatch);
  expect(nameless.choose('nameless').commands).toEqual([
    {
      type: 'open',
      flow: 'complaint',
      with: { subject: 'payment.notPaid', respondBy: 'none' },
    },
  ]);
  expect(nameless.choose('no').state).toBe('thanks');
});

test.each([
  ['own', true, 'sms'],
  ['own', false, 'dial'],
  ['family', true, 'dial'],
  ['relay', true, 'dial'],
] as const)(
  'with a follow-up, a phone that is %s (SMS on: %s) is answered by %s',
  (phoneKind, smsOn, respondBy) => {
    const followed = asked(past, { phoneKind, smsOn })
      .choose('other')
      .type('25000')
      .choose('yes')
      .tell(mismatch)
      .choose('followed');
    expect(followed.commands).toEqual([
      {
        type: 'open',
        flow: 'complaint',
        with: { subject: 'payment.amount', respondBy, paymentId: 9 },
      },
    ]);
  },
);

test('several payments are never mixed: each answer names its own', () => {
  const first = aCall(
    'receipt',
    aProvedDossier(aHousehold({ answerable: [past, open] })),
  );
  const second = first.more();
  expect(second.values['from']).toEqual({ kind: 'day', day: open.from });
  expect(second.choose('all').commands).toMatchObject([{ paymentId: 8 }]);
});

test('the answer keeps its payment when the facts come back in another order', () => {
  const answerable = [past, open];
  const before = aProvedDossier(aHousehold({ answerable }));
  const after = aProvedDossier(
    aHousehold({ answerable: [...answerable].reverse() }),
  );
  const said = aCall('receipt', before).choose('nothing');
  const followed = said.rereading(after).tell(mismatch).choose('followed');
  expect(followed.commands).toMatchObject([{ with: { paymentId: 9 } }]);
});

describe.each([
  ['a borrowed phone', aBorrowedPhoneDossier],
  ["a relay's phone in an insecure zone", anInsecureRelayDossier],
])('%s, where the amount is not told', (_phone, dossierOf) => {
  const confirm = aCall(
    'receipt',
    dossierOf(aHousehold({ answerable: [past] })),
  );
  const amount = confirm.choose('other');

  test('sees none, and is still asked what came', () => {
    expect(confirm.values['amount']).toBeUndefined();
    expect(amount.type('25000').choose('yes').commands).toMatchObject([
      { answer: 'RECEIVED_WITH_ISSUES', declaredAmountXof: 25_000 },
    ]);
  });

  test('is not told that the amount typed is the right one', () => {
    const said = amount.type('30000');
    expect(said.state).toBe('readBack');
    expect(said.choose('yes').commands).toMatchObject([
      { answer: 'RECEIVED_WITH_ISSUES', declaredAmountXof: 30_000 },
    ]);
  });

  test.each(['6000', '5800', '0005', '9999'])(
    'is asked about %s in fives, whatever is due, and hears only what was typed',
    (digits) => {
      const xof = Number(digits);
      const fifth = amount.type(digits);
      expect(fifth.state).toBe('fifth');
      expect(fifth.values['amount']).toBeUndefined();
      expect(fifth.values['typedTimesFive']).toEqual({
        kind: 'money',
        xof: xof * 5,
      });
      expect(fifth.choose('yes').commands).toMatchObject([
        { answer: 'RECEIVED_WITH_ISSUES', declaredAmountXof: xof },
      ]);
      expect(fifth.choose('fivefold').commands).toMatchObject([
        { answer: 'RECEIVED_WITH_ISSUES', declaredAmountXof: xof * 5 },
      ]);
      expect(fifth.choose('unsure').commands).toEqual([]);
    },
  );

  test.each(['10000', '12000', '150000'])(
    'only reads back %s, too large to be likely in fives',
    (digits) => {
      expect(amount.type(digits).state).toBe('readBack');
    },
  );

  test.each([
    ['RECEIVED', 'common.said.answered'],
    ['RECEIVED_WITH_ISSUES', 'common.said.answered'],
    ['NOT_RECEIVED', 'common.said.nothing'],
  ] as const)(
    'does not learn from the answer kept (%s) whether the amount was right',
    (receipt, key) => {
      const answerable = [{ ...past, receipt }];
      const call = aCall('receipt', dossierOf(aHousehold({ answerable })));
      expect(call.values['said']).toEqual({ kind: 'phrase', key });
    },
  );

  test('does not take an amount below any coin', () => {
    expect(() => amount.type('00')).toThrow('refuses');
  });
});

test('where the amount is known, another small sum is only read back', () => {
  const said = asked(past).choose('other').type('5000');
  expect(said.state).toBe('readBack');
  expect(said.choose('yes').commands).toMatchObject([
    { answer: 'RECEIVED_WITH_ISSUES', declaredAmountXof: 5_000 },
  ]);
});

test('a ration comes after the payments and is recorded on its own', () => {
  const ration = aGathering({ id: 40 });
  const household = aHousehold({ answerable: [past], ration });
  const asking = aCall('receipt', aProvedDossier(household)).more();
  expect(asking.state).toBe('ration');
  const said = asking.choose('part');
  expect(said.commands).toEqual([
    {
      type: 'ration.record',
      distributionId: 40,
      answer: 'RECEIVED_WITH_ISSUES',
    },
  ]);
  expect(said.tell(mismatch).choose('followed').commands).toMatchObject([
    { with: { subject: 'ration.incomplete', distributionId: 40 } },
  ]);
});

test('with nothing to confirm it leads on', () => {
  const { ration: _, ...household } = aHousehold({ answerable: [] });
  const call = aCall('receipt', aProvedDossier(household));
  expect(call.state).toBe('nothing');
});
