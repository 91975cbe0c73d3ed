import { flows } from '../../flows';
import type { ComplaintSubject } from '../../flows/contract';
import { explore } from './explore';
import { aCall, type ACall } from './a-call';
import {
  aBorrowedPhoneDossier,
  aDossier,
  aHousehold,
  aPayment,
  aProvedDossier,
} from './dossiers';

const filed = {
  type: 'told.filed',
  reference: '12345678',
  dueOn: '2027-01-28',
} as const;

const about = (subject: ComplaintSubject, dossier = aProvedDossier()) =>
  aCall('complaint', dossier, { subject });

function subjectFiled(call: ACall): unknown {
  return call.commands.find(({ type }) => type === 'complaint.file');
}

test.each([
  ['card', 'damaged', 'card.damaged', 'card'],
  ['list', 'mistake', 'targeting.mistake', 'targeting'],
  ['agent', 'money', 'fraud.money', 'fraud'],
  ['agent', 'conduct', 'conduct.agent', 'conduct'],
  ['service', 'activity', 'service.activity', 'service'],
  ['service', 'works', 'service.works', 'service'],
  ['service', 'accident', 'accident.works', 'accident'],
] as const)('%s, %s is filed as %s', (group, choice, subject, category) => {
  const who = aCall('complaint', aProvedDossier()).choose(group, choice);
  expect(who.choose('dial').commands).toEqual([
    { type: 'complaint.file', category, subject, respondBy: 'dial' },
  ]);
});

test('a threat is filed with the flag that keeps it from the person named', () => {
  const who = aCall('complaint', aDossier()).choose('agent', 'threat');
  expect(subjectFiled(who.choose('none'))).toMatchObject({
    category: 'conduct',
    retaliation: true,
  });
});

test.each([
  ['agent', 'money'],
  ['agent', 'conduct'],
  ['agent', 'threat'],
  ['service', 'accident'],
  ['card', 'lost'],
  ['list', 'notListed'],
] as const)('%s, %s asks nobody for a card', (group, choice) => {
  const call = aCall('complaint', aDossier()).choose(group, choice);
  expect(call.state).toMatch(/^who/);
});

test.each([
  ['card', 'damaged', 'card.damaged'],
  ['card', 'phoneLost', 'phone.lost'],
  ['list', 'change', 'targeting.change'],
  ['service', 'works', 'service.works'],
] as const)(
  '%s, %s asks for the card, and can do without',
  (group, choice, subject) => {
    const asking = aCall('complaint', aDossier()).choose(group, choice);
    expect(asking.commands).toEqual([
      { type: 'open', flow: 'identity', with: { subject, then: 'complaint' } },
    ]);
    const without = { subject, withoutCard: true };
    expect(aCall('complaint', aDossier(), without).state).toBe('who');
  },
);

describe('a payment', () => {
  const status = (...payments: Parameters<typeof aPayment>) =>
    aCall(
      'complaint',
      aProvedDossier(
        aHousehold({
          payments: [],
          past: [],
          answerable: payments.map((facts) => aPayment(facts)),
        }),
      ),
      { category: 'payment' },
    );

  test('asks for the card, then says first what the register knows', () => {
    const asking = aCall('complaint', aDossier()).choose('payment');
    expect(asking.commands).toEqual([
      {
        type: 'open',
        flow: 'identity',
        with: { category: 'payment', then: 'complaint' },
      },
    ]);
    const told = status({ state: 'past', result: 'absent' });
    expect(told.state).toBe('status');
    expect(told.values['status']).toEqual({
      kind: 'phrase',
      key: 'common.status.absent',
    });
  });

  test('that the agency has said nothing of is not called unpaid', () => {
    const told = status({ state: 'past' });
    expect(told.values['status']).toMatchObject({
      key: 'common.status.silent',
    });
  });

  test('is only past on a borrowed phone, which does not hear the agency', () => {
    const answerable = [
      aPayment({ state: 'past', result: 'paid', paidOn: '2026-12-02' }),
    ];
    const borrowed = aBorrowedPhoneDossier(
      aHousehold({ payments: [], answerable }),
    );
    const told = aCall('complaint', borrowed, { category: 'payment' });
    expect(told.values['status']).toMatchObject({ key: 'common.status.past' });
    expect(told.values['paidOn']).toBeUndefined();
  });

  test('that is paid says on which day', () => {
    const told = status({
      state: 'past',
      result: 'paid',
      paidOn: '2026-12-02',
    });
    expect(told.values).toMatchObject({
      status: { key: 'common.status.paid' },
      paidOn: { day: '2026-12-02' },
    });
  });

  test('is named in the request', () => {
    const who = status({ state: 'past', paymentId: 77 }).choose('notPaid');
    expect(who.choose('call').commands).toEqual([
      {
        type: 'complaint.file',
        category: 'payment',
        subject: 'payment.notPaid',
        respondBy: 'call',
        paymentId: 77,
      },
    ]);
  });

  test('is not named in a request without a name', () => {
    const who = status({ state: 'past', paymentId: 77 }).choose('amount');
    expect(who.choose('none').commands).toEqual([
      {
        type: 'complaint.file',
        category: 'payment',
        subject: 'payment.amount',
        respondBy: 'none',
      },
    ]);
  });

  test('that is still to come cannot be "not paid"', () => {
    const coming = aCall(
      'complaint',
      aProvedDossier(
        aHousehold({
          payments: [aPayment({ state: 'coming' })],
          past: [],
          answerable: [],
        }),
      ),
      { category: 'payment' },
    );
    expect(coming.offers('notPaid')).toBe(false);
    expect(coming.offers('nothing')).toBe(true);
  });

  test('is spoken of open ones first, each once', () => {
    const call = aCall('complaint', aProvedDossier(), { category: 'payment' });
    const seen = [call];
    for (let last = call; last.hasMore(); seen.push(last)) last = last.more();
    const keys = seen.map((one) => JSON.stringify(one.values['status']));
    expect(keys[0]).toContain('status.open');
    expect(keys.at(-1)).toContain('status.cancelled');
    expect(seen).toHaveLength(10);
    // Postponed to known days, to no known day, cancelled: to the last two nobody can go.
    expect(seen.slice(-3).map((one) => one.offers('cannotGo'))).toEqual([
      ...[true, false, false],
    ]);
  });

  test('starts with the one that was on the screen before', () => {
    const call = aCall('complaint', aProvedDossier(), {
      category: 'payment',
      paymentId: 13,
    });
    expect(call.values['status']).toMatchObject({
      key: 'common.status.returned',
    });
  });

  test('without a card is asked about without a status', () => {
    const call = aCall('complaint', aDossier(), {
      category: 'payment',
      withoutCard: true,
    });
    expect(call.state).toBe('payment');
    expect(call.choose('nothing').state).toBe('who');
  });
});

test('whoever cannot go is helped first: who else may, until when, a call', () => {
  const call = about('payment.cannotGo');
  expect(call.values).toMatchObject({
    alternate: { kind: 'phrase' },
    to: { kind: 'day' },
  });
  expect(call.choose('callback').commands).toEqual([
    { type: 'open', flow: 'help', with: { callback: true } },
  ]);
  expect(call.choose('file').state).toBe('who');
});

test('an answer by SMS is offered after the card only, on a phone of the household', () => {
  const offered = (dossier: ReturnType<typeof aDossier>) =>
    aCall('complaint', dossier, {
      subject: 'card.lost',
      withoutCard: true,
    }).offers('sms');
  const kinds = ['own', 'family', 'neighbour', 'relay', 'unlinked'] as const;
  for (const phoneKind of kinds) {
    expect(offered(aDossier({ phoneKind }))).toBe(false);
    expect(offered(aProvedDossier(aHousehold(), { phoneKind }))).toBe(
      phoneKind === 'own' || phoneKind === 'family',
    );
  }
});

test('the number, the day and how to follow end a request', () => {
  const done = about('service.session').choose('dial').tell(filed);
  expect(done.state).toBe('done');
  expect(done.values).toMatchObject({
    reference: { kind: 'reference', reference: '12345678' },
    dueOn: { kind: 'day', day: '2027-01-28' },
  });
  expect(done.choose('another').commands).toEqual([
    { type: 'open', flow: 'main' },
  ]);
});

test.each([
  ['without a name', aProvedDossier(), 'none'],
  ['without a card', aDossier(), 'dial'],
] as const)(
  'a request %s is filed first, then may name its commune',
  (_who, dossier, respondBy) => {
    const done = aCall('complaint', dossier, {
      subject: 'card.lost',
      withoutCard: true,
    })
      .choose(respondBy)
      .tell(filed);
    expect(done.state).toBe('donePlaceless');
    expect(done.type('010506').commands).toEqual([
      {
        type: 'complaint.locate',
        reference: '12345678',
        communeDigits: '010506',
      },
    ]);
    const again = done.type('010506').tell({ type: 'told.unusable' });
    expect(again.state).toBe('unknownCommune');
    expect(again.type('4321').tell({ type: 'told.done' }).state).toBe(
      'located',
    );
  },
);

test('a caller who gave no name from the start is never asked for an answer', () => {
  const call = aCall('complaint', aDossier(), { anonymous: true });
  expect(call.choose('agent', 'conduct').commands).toEqual([
    {
      type: 'complaint.file',
      category: 'conduct',
      subject: 'conduct.agent',
      respondBy: 'none',
    },
  ]);
});

test('a number that has filed enough without a name may still ask with an answer', () => {
  const call = aCall('complaint', aDossier(), { anonymous: true })
    .choose('agent', 'conduct')
    .tell({ type: 'told.exhausted' });
  expect(call.state).toBe('noMoreNameless');
  expect(call.offers('none')).toBe(false);
  expect(call.choose('dial').commands).toMatchObject([
    { type: 'complaint.file', subject: 'conduct.agent', respondBy: 'dial' },
  ]);
});

test('an accident says where to go first, and keeps the same keys', () => {
  const call = about('accident.works');
  expect(call.state).toBe('whoUrgent');
  expect(call.choose('call').tell(filed).state).toBe('doneUrgent');
});

describe('a new number', () => {
  test('is asked for, shown again and filed', () => {
    const call = about('phone.newNumber').type('76123456');
    expect(call.commands).toEqual([
      {
        type: 'complaint.file',
        category: 'card',
        subject: 'phone.newNumber',
        respondBy: 'sms',
        newNumber: '76123456',
      },
    ]);
    const done = call.tell(filed);
    expect(done.state).toBe('doneNumber');
    expect(done.values['newNumber']).toEqual({
      kind: 'reference',
      reference: '76123456',
    });
  });

  test('that is none is asked for again', () => {
    const call = about('phone.newNumber').type('12345678');
    expect(call.tell({ type: 'told.unusable' }).state).toBe('unusableNumber');
  });

  test('may be the phone that calls, unless it is the one on the list', () => {
    expect(about('phone.newNumber').offers('this')).toBe(false);
    const family = aProvedDossier(aHousehold(), { phoneKind: 'family' });
    const filing = about('phone.newNumber', family).choose('this');
    expect(filing.commands).toEqual([
      {
        type: 'complaint.file',
        category: 'card',
        subject: 'phone.newNumber',
        respondBy: 'dial',
      },
    ]);
  });

  test.each(['phone.newNumber', 'card.name'] as const)(
    'and a name are not changed from a borrowed phone (%s)',
    (subject) => {
      expect(about(subject, aBorrowedPhoneDossier()).state).toBe('ownPhone');
      const withoutCard = { subject, withoutCard: true };
      expect(aCall('complaint', aDossier(), withoutCard).state).toBe(
        'ownPhone',
      );
      expect(aCall('complaint', aDossier(), { subject }).state).toBe(
        'unproved',
      );
    },
  );
});

test('whoever cannot go, with no payment known, is told to ask for another date', () => {
  const nothing = aHousehold({ payments: [], past: [], answerable: [] });
  const call = about('payment.cannotGo', aProvedDossier(nothing));
  expect(call.values['over']).toEqual({
    kind: 'phrase',
    key: 'common.anotherDate',
  });
});

test('a subject that does not exist shows the categories', () => {
  const call = aCall('complaint', aProvedDossier(), { subject: 'nonsense' });
  expect(call.state).toBe('category');
});

test('nothing without a name is ever filed with what leads to a household', () => {
  const nameless = explore('complaint')
    .flatMap(({ commands }) => commands)
    .filter(
      (command) =>
        command.type === 'complaint.file' && command.respondBy === 'none',
    );
  expect(nameless.length).toBeGreaterThan(20);
  for (const command of nameless) {
    expect(command).not.toHaveProperty('paymentId');
    expect(command).not.toHaveProperty('distributionId');
    expect(command).not.toHaveProperty('newNumber');
  }
});

test('nothing is said to be recorded before it is', () => {
  const screens = Object.keys(flows.complaint.machine.states).filter((state) =>
    state.startsWith('done'),
  );
  const early = explore('complaint').filter(
    ({ position }) =>
      screens.includes(position.state) &&
      position.memory['reference'] === undefined,
  );
  expect(screens.length).toBeGreaterThan(2);
  expect(early).toEqual([]);
});
