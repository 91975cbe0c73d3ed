import type { GatewayFault } from '../../src/channels/gateway-error';
import type { RecipientOutcome } from '../../src/channels/sms-contract';
import { backoffMs, MOST_ATTEMPTS } from '../../src/messaging/backoff';
import { type Fate, fateOf, pauseFor } from '../../src/messaging/fate';
import { priceXof, USUAL_PRICES } from '../../src/messaging/price-table';

function refused(
  failure: GatewayFault['failure'],
  begun: GatewayFault['begun'] = 'no',
): RecipientOutcome {
  return {
    ...{ id: '1', kind: 'refused', failure, begun },
    ...{ ours: false, reason: 'a test' },
  };
}

const cases: [string, RecipientOutcome | undefined, number, Fate][] = [
  ['taken', { id: '1', kind: 'accepted' }, 1, { to: 'sent' }],
  [
    'taken, with what the gateway says of it',
    { id: '1', kind: 'accepted', providerId: 'x', segments: 2, cost: 'XOF 30' },
    1,
    { to: 'sent', providerId: 'x', segments: 2 },
  ],
  [
    'not spoken of',
    undefined,
    1,
    { to: 'unknown', reason: 'unreadableAnswer' },
  ],
  [
    'perhaps begun, and no answer',
    refused('unanswered', 'maybe'),
    1,
    { to: 'unknown', reason: 'noAnswer' },
  ],
  [
    'perhaps begun, though the fault is one that passes',
    refused('gatewayFault', 'maybe'),
    1,
    { to: 'unknown', reason: 'noAnswer' },
  ],
  [
    'perhaps begun, and an answer that says nothing',
    refused('unreadable', 'maybe'),
    1,
    { to: 'unknown', reason: 'unreadableAnswer' },
  ],
  [
    'throttled',
    refused('throttled'),
    1,
    { to: 'queued', reason: 'throttled', delayMs: 10_000 },
  ],
  [
    'out of reach, for the third time',
    refused('unreachable'),
    3,
    { to: 'queued', reason: 'unreachable', delayMs: 40_000 },
  ],
  [
    'failed on its own side, before it began',
    refused('gatewayFault'),
    1,
    { to: 'queued', reason: 'gatewayError', delayMs: 10_000 },
  ],
  [
    'refused for a while, for the last time',
    refused('throttled'),
    MOST_ATTEMPTS,
    { to: 'failed', reason: 'tooManyAttempts' },
  ],
  [
    'without balance, however often',
    refused('noBalance'),
    MOST_ATTEMPTS,
    { to: 'queued', reason: 'noBalance', delayMs: 0 },
  ],
  [
    'with settings that are not those of the gateway',
    refused('notConfigured'),
    1,
    { to: 'queued', reason: 'notConfigured', delayMs: 0 },
  ],
  [
    'no such number',
    refused('badRecipient'),
    1,
    { to: 'failed', reason: 'badNumber' },
  ],
  ['barred', refused('barred'), 1, { to: 'failed', reason: 'blacklisted' }],
  ['rejected', refused('rejected'), 1, { to: 'failed', reason: 'rejected' }],
];

test.each(cases)(
  'a message that is %s has its fate',
  (_, outcome, attempts, fate) => {
    expect(fateOf(outcome, attempts)).toEqual(fate);
  },
);

test('the money and the settings stop the gateway, and nothing else does', () => {
  const all = cases.flatMap(([, outcome]) =>
    outcome?.kind === 'refused' ? [outcome.failure] : [],
  );
  const stopping = all.filter((failure) => pauseFor(failure) !== undefined);
  expect(new Set(stopping)).toEqual(new Set(['noBalance', 'notConfigured']));
});

test('delays double up to half an hour, last at least as long as was asked, and end', () => {
  const delays = Array.from({ length: MOST_ATTEMPTS }, (_, at) =>
    backoffMs(at + 1),
  );
  expect(delays.slice(0, 3)).toEqual([10_000, 20_000, 40_000]);
  expect(delays.slice(7)).toEqual([1_280_000, 1_800_000, undefined]);
  expect(backoffMs(1, 90_000)).toBe(90_000);
  expect(backoffMs(5, 1_000)).toBe(160_000);
});

test('every segment costs fifteen francs, on every network', () => {
  expect(priceXof(USUAL_PRICES, 'orange', 1)).toBe(15);
  expect(priceXof(USUAL_PRICES, 'other', 3)).toBe(45);
});
