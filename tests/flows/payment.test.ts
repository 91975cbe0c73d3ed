import type { PaymentFacts, Situation } from '../../flows/contract';
import { aCall } from './a-call';
import {
  aBorrowedPhoneDossier,
  aDossier,
  aHousehold,
  aPayment,
  aProvedDossier,
} from './dossiers';

const payingOut = (...payments: PaymentFacts[]) =>
  aCall('payment', aProvedDossier(aHousehold({ payments })));

test.each([
  [aPayment({ state: 'coming' }), 'coming'],
  [aPayment({ state: 'coming', modality: 'wallet' }), 'comingElsewhere'],
  [aPayment(), 'open'],
  [aPayment({ modality: 'bank' }), 'openElsewhere'],
  [aPayment({ state: 'postponed' }), 'postponedTo'],
  [aPayment({ state: 'cancelled' }), 'cancelled'],
])('the nearest payment has a screen for what it is (%#)', (payment, state) => {
  expect(payingOut(payment).state).toBe(state);
});

test('a payment postponed without a date says that none is known', () => {
  const { from: _, ...payment } = aPayment({ state: 'postponed' });
  expect(payingOut(payment).state).toBe('postponed');
});

test('nothing planned says so', () => {
  expect(payingOut().state).toBe('nothing');
});

test.each<Situation>(['suspended', 'moved', 'closed', 'registered'])(
  'a household that is %s hears of that, never of a payment',
  (situation) => {
    const call = aCall('payment', aProvedDossier(aHousehold({ situation })));
    expect(call.state).toBe(situation);
    expect(call.hasMore()).toBe(false);
    expect(call.values['amount']).toBeUndefined();
  },
);

test('when the months have ended an open window is still told', () => {
  const ended = { situation: 'ended' } as const;
  const last = aCall('payment', aProvedDossier(aHousehold(ended)));
  expect(last.state).toBe('open');
  const over = aHousehold({ ...ended, payments: [] });
  expect(aCall('payment', aProvedDossier(over)).state).toBe('ended');
});

test('several benefits follow each other, and the last has none after it', () => {
  const first = payingOut(
    aPayment({ amountXof: 30_000 }),
    aPayment({ paymentId: 2, state: 'coming', amountXof: 250_000 }),
  );
  expect(first.values['amount']).toEqual({ kind: 'money', xof: 30_000 });
  const second = first.more();
  expect(second.state).toBe('coming');
  expect(second.values['amount']).toEqual({ kind: 'money', xof: 250_000 });
  expect(second.hasMore()).toBe(false);
});

test('what to bring makes room where facts are old or several', () => {
  expect(payingOut(aPayment()).values['card']).toBeDefined();
  const several = payingOut(aPayment(), aPayment({ paymentId: 2 }));
  expect(several.values['card']).toBeUndefined();
  const old = aHousehold({ payments: [aPayment()], asOf: '2026-12-20' });
  const call = aCall('payment', aProvedDossier(old));
  expect(call.values['card']).toBeUndefined();
  expect(call.values['asOf']).toEqual({
    kind: 'day',
    day: '2026-12-20',
    bare: true,
  });
});

test('the last payments follow newest first, with instalment, result and months left', () => {
  const last = payingOut(aPayment()).choose('last');
  expect(last.state).toBe('last');
  expect(last.values).toMatchObject({
    instalment: { kind: 'count', count: 12 },
    instalments: { kind: 'count', count: 18 },
    result: { kind: 'phrase', key: 'common.result.paid' },
    monthsLeft: { kind: 'count', count: 24 },
  });
  const next = last.more();
  expect(next.values['result']).toEqual({
    kind: 'phrase',
    key: 'common.result.unknown',
  });
  expect(next.more().hasMore()).toBe(false);
});

test('a payment of which a part was paid says how much, where amounts are told', () => {
  const past = (part: Partial<PaymentFacts>) =>
    aCall(
      'payment',
      aProvedDossier(
        aHousehold({
          past: [aPayment({ state: 'past', result: 'partial', ...part })],
        }),
      ),
    ).choose('last');
  expect(past({ paidXof: 20_000 }).values).toMatchObject({
    amount: { kind: 'money' },
    paidPart: { kind: 'money', xof: 20_000 },
  });
  expect(past({ paidXof: 20_000 }).values['result']).toBeUndefined();
  const untold = past({}).values;
  expect(untold['paidPart']).toBeUndefined();
  expect(untold['result']).toEqual({
    kind: 'phrase',
    key: 'common.result.partial',
  });
});

test('a borrowed phone hears of window, provider and place, of no amount and no history', () => {
  const call = aCall('payment', aBorrowedPhoneDossier());
  expect(call.state).toBe('open');
  expect(call.values).toMatchObject({
    place: { kind: 'name' },
    provider: { kind: 'name' },
  });
  for (const hidden of ['amount', 'amountAlone', 'months']) {
    expect(call.values[hidden]).toBeUndefined();
  }
  expect(call.offers('last')).toBe(false);
});

test('a problem is a request about the payment on the screen', () => {
  const call = payingOut(aPayment({ paymentId: 7 }));
  expect(call.choose('problem').commands).toEqual([
    {
      type: 'open',
      flow: 'complaint',
      with: { category: 'payment', paymentId: 7 },
    },
  ]);
  const past = call.choose('last').more().choose('problem');
  expect(past.commands).toMatchObject([{ with: { paymentId: 12 } }]);
});

test('where there is no payment the problem is what the household is told', () => {
  const registered = aHousehold({ situation: 'registered' });
  expect(
    aCall('payment', aProvedDossier(registered)).choose('problem').commands,
  ).toMatchObject([{ with: { subject: 'targeting.notListed' } }]);
  expect(payingOut().choose('problem').commands).toMatchObject([
    { with: { subject: 'payment.nothing' } },
  ]);
});

test('without proof it asks for the card', () => {
  expect(aCall('payment', aDossier()).commands).toEqual([
    { type: 'open', flow: 'identity', with: { then: 'payment' } },
  ]);
});
