import { answersReachUs } from '../../src/runtime/sms-accounts';

const through = (senderId: string | undefined, ...gateways: string[]) =>
  answersReachUs({
    smsAccounts: {
      africasTalking: {
        ...{ username: 'u', apiKey: 'k', baseUrl: undefined, senderId },
      },
    },
    // The names are what is tested, one that is none besides.
    smsRoutes: [{ prefix: '*', gateways }] as never,
  });

test.each([
  ['a short code', '36710', ['africastalking'], true],
  ['a name', 'Jigi', ['africastalking'], false],
  ['the name of the gateway', undefined, ['africastalking'], false],
  ['an operator over SMPP', 'Jigi', ['kannel'], true],
  ['the simulator', 'Jigi', ['simulator'], true],
  ['an API that only sends', '36710', ['orange'], false],
  [
    'one that answers and one that does not',
    '36710',
    ['kannel', 'orange'],
    false,
  ],
] as const)('from %s an answer comes back or not', (_of, sender, ways, is) => {
  expect(through(sender, ...ways)).toBe(is);
});
