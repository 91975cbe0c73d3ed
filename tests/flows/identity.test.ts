import { aCall } from './a-call';
import { aDossier, aProvedDossier } from './dossiers';

const asking = () => aCall('identity', aDossier(), { then: 'payment' });

test('four digits or ten are put to the proof as they were typed', () => {
  expect(asking().type('5678').commands).toEqual([
    { type: 'identity.prove', digits: '5678' },
  ]);
  expect(asking().type('1234567890').state).toBe('proving');
});

test('what is typed is nowhere in what the chart remembers', () => {
  const wrong = asking().type('5678').tell({ type: 'told.wrong' });
  expect(wrong.state).toBe('wrong');
  expect(JSON.stringify(wrong)).not.toContain('5678');
});

test('proof opens the flow that asked, with all that it had handed over', () => {
  const call = aCall('identity', aDossier(), {
    then: 'complaint',
    subject: 'card.damaged',
  });
  const dossier = aProvedDossier();
  expect(
    call.type('5678').tell({ type: 'told.proved', dossier }).commands,
  ).toEqual([
    { type: 'open', flow: 'complaint', with: { subject: 'card.damaged' } },
  ]);
});

test('a flow that does not exist leads to the menu, never astray', () => {
  const call = aCall('identity', aDossier(), { then: 'nowhere' });
  const dossier = aProvedDossier();
  expect(
    call.type('5678').tell({ type: 'told.proved', dossier }).commands,
  ).toEqual([{ type: 'open', flow: 'main', with: {} }]);
});

test('where four digits are not enough only ten are taken', () => {
  const full = asking().type('5678').tell({ type: 'told.fullCardNeeded' });
  expect(full.state).toBe('fullCard');
  expect(full.type('1234567890').state).toBe('proving');
});

test.each([
  ['soon', 'lockedSoon'],
  ['tomorrow', 'lockedTomorrow'],
] as const)('a lock until %s says so', (until, state) => {
  const locked = asking().type('5678').tell({ type: 'told.locked', until });
  expect(locked.state).toBe(state);
  expect(locked.values['fullCard']).toBeUndefined();
  expect(() => locked.type('1234567890')).toThrow('refuses');
});

test('a locked relay may still show a whole card', () => {
  const relay = aDossier({ phoneKind: 'relay' });
  const locked = aCall('identity', relay, { then: 'payment' })
    .type('5678')
    .tell({ type: 'told.locked', until: 'soon' });
  expect(locked.values['fullCard']).toBeDefined();
  expect(locked.type('1234567890').commands).toEqual([
    { type: 'identity.prove', digits: '1234567890' },
  ]);
});

test('a locked caller can still make a request, and is not asked for the card again', () => {
  const locked = aCall('identity', aDossier(), {
    then: 'complaint',
    category: 'payment',
  })
    .type('5678')
    .tell({ type: 'told.locked', until: 'soon' });
  expect(locked.choose('complaint').commands).toEqual([
    {
      type: 'open',
      flow: 'complaint',
      with: { category: 'payment', withoutCard: true },
    },
  ]);
});

test('without a card a request goes on where it was; anything else is offered four ways', () => {
  const request = aCall('identity', aDossier(), {
    then: 'complaint',
    subject: 'targeting.change',
  });
  expect(request.choose('noCard').commands).toEqual([
    {
      type: 'open',
      flow: 'complaint',
      with: { subject: 'targeting.change', withoutCard: true },
    },
  ]);
  const ways = asking().choose('noCard');
  expect(ways.state).toBe('noCard');
  expect(ways.choose('anonymous').commands).toEqual([
    { type: 'open', flow: 'complaint', with: { anonymous: true } },
  ]);
});
