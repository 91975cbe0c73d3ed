import { aCall } from './a-call';
import {
  aBorrowedPhoneDossier,
  aDossier,
  aGathering,
  aHousehold,
  anInsecureRelayDossier,
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
  ['postponed', undefined, 'common.gathering.postponed'],
  ['postponed', '2027-02-03', 'common.gathering.postponedTo'],
] as const)('a distribution %s to %s says so', (state, day, key) => {
  const { day: _, ...rest } = aGathering({ state });
  const moved = day === undefined ? rest : { ...rest, day };
  const call = menu({ distributions: [moved] }).choose('distributions');
  expect(call.values['news']).toEqual({ kind: 'phrase', key });
});

describe('one that is cancelled', () => {
  const { day: _, ...cancelled } = aGathering({ id: 2, state: 'cancelled' });

  test('says so at once, and when to ask again', () => {
    const call = menu({ sessions: [cancelled] }).choose('sessions');
    expect(call.values).toMatchObject({
      title: { key: 'common.gatheringTitle.sessionCancelled' },
      news: { key: 'common.gathering.callLater' },
    });
  });

  test('keeps nobody away from the one that stands', () => {
    const distributions = [aGathering(), cancelled];
    const call = menu({ distributions }).choose('distributions').more();
    expect(call.values).toMatchObject({
      title: { key: 'common.gatheringTitle.distributionCancelled' },
      news: { key: 'common.gathering.otherStands' },
    });
  });
});

describe('in an insecure zone, where day and place are not told', () => {
  const relay = (facts: Parameters<typeof aHousehold>[0]) =>
    aCall('activities', anInsecureRelayDossier(aHousehold(facts)));
  const askRelay = { kind: 'phrase', key: 'common.gathering.askRelay' };

  test.each([
    ['sessions', 'planned', undefined],
    ['distributions', 'planned', undefined],
    [
      'sessions',
      'postponed',
      { kind: 'phrase', key: 'common.gathering.moved' },
    ],
  ] as const)('%s that are %s say whom to ask', (list, state, news) => {
    const call = relay({ [list]: [aGathering({ state })] }).choose(list);
    expect(call.values).toMatchObject({ ask: askRelay });
    expect(call.values['news']).toEqual(news);
    expect(call.values['place']).toBeUndefined();
  });

  test('nobody is sent to ask where a cancelled one is', () => {
    const sessions = [aGathering({ state: 'cancelled' })];
    const call = relay({ sessions }).choose('sessions');
    expect(call.values['ask']).toBeUndefined();
  });
});

test('elsewhere nobody is sent to ask for a day that is not fixed yet', () => {
  const { day: _, ...postponed } = aGathering({ state: 'postponed' });
  const call = menu({ sessions: [postponed] }).choose('sessions');
  expect(call.values['ask']).toBeUndefined();
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

test('works without a count of days say that none is noted yet', () => {
  const { values } = menu({ works: [{ site: 'Kita' }] }).choose('works');
  expect(values['noDays']).toEqual({ kind: 'phrase', key: 'common.noDays' });
  expect(menu().choose('works').values['noDays']).toBeUndefined();
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
