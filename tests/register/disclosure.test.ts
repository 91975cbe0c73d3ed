import {
  disclosureRules,
  discloseTo,
  mayShow,
} from '../../src/register/disclosure';
import type {
  Audience,
  Fact,
  MessageAudience,
} from '../../src/register/disclosure';

const own: Audience = { level: 'L1', phoneKind: 'own', zone: 'normal' };
const facts = Object.keys(disclosureRules) as Fact[];

test('before any proof nothing of a household is shown', () => {
  expect(
    facts.filter((fact) => mayShow(fact, { ...own, level: 'L0' })),
  ).toEqual([]);
});

test('names, cards, reasons, themes and other households are shown to no caller', () => {
  const never: Fact[] = [
    'recipientName',
    'cardNumber',
    'otherHouseholds',
    'reasonOfBenefit',
    'sessionTheme',
  ];
  expect(never.filter((fact) => mayShow(fact, own))).toEqual([]);
});

test('a full card from any phone opens dates, provider and place, and no amount or history', () => {
  const borrowed: Audience = {
    level: 'L1b',
    phoneKind: 'unlinked',
    zone: 'normal',
  };
  expect(facts.filter((fact) => mayShow(fact, borrowed)).sort()).toEqual([
    'alternate',
    'complaintStatus',
    'freshness',
    'modality',
    'place',
    'provider',
    'receipt',
    'situation',
    'window',
  ]);
});

test('in an insecure zone no place and no day of a gathering is shown to anybody', () => {
  const there: Audience = { ...own, zone: 'insecure' };
  for (const fact of ['place', 'gatheringDay', 'gatheringPlace'] as const) {
    expect(mayShow(fact, there)).toBe(false);
  }
});

test.each(['family', 'neighbour', 'relay', 'unlinked'] as const)(
  'in an insecure zone a %s phone shows no amount',
  (phoneKind) => {
    expect(mayShow('amount', { ...own, phoneKind, zone: 'insecure' })).toBe(
      false,
    );
  },
);

test('what may not be shown and what is not known look alike', () => {
  const disclose = discloseTo({ ...own, level: 'L1b' });
  expect(disclose('amount', 30_000)).toBeUndefined();
  expect(disclose('window', null)).toBeUndefined();
  expect(disclose('window', '2026-03-12')).toBe('2026-03-12');
});

const message: MessageAudience = {
  ...{ channel: 'sms', phoneKind: 'own', zone: 'normal' },
  consents: true,
};

test("a message tells of days; of an amount only to a phone of one's own that agreed, in a normal zone", () => {
  const told = (change: Partial<MessageAudience>) =>
    facts.filter((fact) => mayShow(fact, { ...message, ...change })).sort();
  const days = ['gathering', 'gatheringDay', 'window'];
  expect(told({})).toEqual(['amount', ...days]);
  expect(told({ consents: false })).toEqual(days);
  expect(told({ phoneKind: 'relay' })).toEqual(days);
  expect(told({ zone: 'insecure' })).toEqual(['gathering', 'window']);
  expect(told({ phoneKind: 'unlinked' })).toEqual([]);
});

test('no channel at all shows why a household was chosen, or what a session is about', () => {
  const everybody = [
    ...[own, message, { channel: 'export' } as const],
    { channel: 'page', onRequest: true } as const,
  ];
  for (const fact of ['reasonOfBenefit', 'sessionTheme'] as const) {
    expect(everybody.filter((audience) => mayShow(fact, audience))).toEqual([]);
  }
});

test('no message shows what its reader may not see on a screen after proof', () => {
  for (const zone of ['normal', 'insecure'] as const) {
    for (const phoneKind of ['own', 'family', 'neighbour', 'relay'] as const) {
      const there = { phoneKind, zone };
      const early = facts.filter(
        (fact) =>
          mayShow(fact, { ...message, ...there }) &&
          !mayShow(fact, { level: 'L1', ...there }),
      );
      expect(early).toEqual([]);
    }
  }
});
