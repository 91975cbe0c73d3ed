import { aCall } from './a-call';
import {
  aBorrowedPhoneDossier,
  aDossier,
  aGathering,
  aHousehold,
  aProvedDossier,
} from './dossiers';

const menu = (facts: Parameters<typeof aHousehold>[0] = {}) =>
  aCall('activities', aProvedDossier(aHousehold(facts)));

test('the next sessions say day, hour and place, one after the other', () => {
  const call = menu({
    sessions: [aGathering({ time: '09:00' }), aGathering({ id: 2 })],
  }).choose('sessions');
  expect(call.values).toMatchObject({
    day: { kind: 'day', weekday: true },
    time: { kind: 'time', time: '09:00' },
    place: { kind: 'name' },
  });
  expect(call.more().hasMore()).toBe(false);
});

test('a day without an hour is still told', () => {
  const { time: _, ...session } = aGathering();
  const call = menu({ sessions: [session] }).choose('sessions');
  expect(call.values['dayAlone']).toMatchObject({ day: session.day });
  expect(call.values['day']).toBeUndefined();
});

test.each([
  ['cancelled', undefined, 'common.gathering.cancelled'],
  ['postponed', undefined, 'common.gathering.postponed'],
  ['postponed', '2027-02-03', 'common.gathering.postponedTo'],
] as const)('a distribution %s to %s says so', (state, day, key) => {
  const { day: _, ...rest } = aGathering({ state });
  const moved = day === undefined ? rest : { ...rest, day };
  const call = menu({ distributions: [moved] }).choose('distributions');
  expect(call.values['news']).toEqual({ kind: 'phrase', key });
});

test.each([
  ['sessions', 'noSession'],
  ['distributions', 'noDistribution'],
  ['works', 'noWorks'],
  ['grants', 'noGrant'],
] as const)(
  'where there are no %s it says that nothing is planned',
  (list, state) => {
    expect(menu({ [list]: [] }).choose(list).state).toBe(state);
  },
);

test('a ration of the last days can be confirmed from the distributions', () => {
  expect(menu().choose('distributions', 'ration').commands).toEqual([
    { type: 'open', flow: 'receipt', with: { ration: true } },
  ]);
  const { ration: _, ...household } = aHousehold();
  const call = aCall('activities', aProvedDossier(household));
  expect(call.choose('distributions').offers('ration')).toBe(false);
});

test.each([
  ['sessions', 'problem', 'service.session'],
  ['distributions', 'problem', 'service.flour'],
  ['works', 'problem', 'service.works'],
  ['works', 'accident', 'accident.works'],
  ['grants', 'problem', 'service.group'],
] as const)('%s, %s is a request about %s', (list, choice, subject) => {
  expect(menu().choose(list, choice).commands).toEqual([
    { type: 'open', flow: 'complaint', with: { subject } },
  ]);
});

test("works say days, a day's wage and when it is paid", () => {
  expect(menu().choose('works').values).toMatchObject({
    days: { kind: 'count', count: 120 },
    wage: { kind: 'money', xof: 1_500 },
    from: { kind: 'day' },
    to: { kind: 'day' },
  });
});

test('a borrowed phone is told kindly which phone it takes', () => {
  const call = aCall('activities', aBorrowedPhoneDossier());
  expect(call.state).toBe('ownPhone');
  expect(call.offers('callback')).toBe(true);
});

test('without proof it asks for the card', () => {
  expect(aCall('activities', aDossier()).commands).toEqual([
    { type: 'open', flow: 'identity', with: { then: 'activities' } },
  ]);
});
