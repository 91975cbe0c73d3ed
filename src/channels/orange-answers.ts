import type { GatewayAnswer } from './ask-gateway';
import { GatewayError, type GatewayFault } from './gateway-error';
import { at, parsedJson, wordAt } from './json-answer';
import type { Balance } from './sms-contract';
import { statusError, unreadableAnswer } from './status-faults';

/** What is meant by 403, and by the code of a `requestError`; all else goes by its status. */
const NO_BALANCE = { failure: 'noBalance', begun: 'no', ours: true } as const;
const BAD_NUMBER = {
  failure: 'badRecipient',
  begun: 'no',
  ours: false,
} as const;
const BY_CODE: ReadonlyMap<
  string,
  Pick<GatewayFault, 'failure' | 'begun' | 'ours'>
> = new Map([['SVC0004', BAD_NUMBER]]);

/**
 * Reads a refusal, `{"requestError":{"serviceException":{"messageId":"SVC0004","text":"…"}}}`. Its text is not
 * kept, for it repeats the number.
 */
export function orangeError(
  gateway: string,
  answer: GatewayAnswer,
): GatewayError {
  const plain = statusError(gateway, answer);
  const code = exceptionCode(answer.text);
  const judged =
    BY_CODE.get(code ?? '') ?? (answer.status === 403 ? NO_BALANCE : undefined);
  if (judged === undefined || answer.status >= 500) return plain;
  const providerCode = [answer.status, code].filter(Boolean).join(' ');
  const { reason } = plain;
  return new GatewayError(gateway, { ...judged, providerCode, reason });
}

function exceptionCode(text: string): string | undefined {
  const error = at(parsedJson(text), 'requestError');
  return (
    wordAt(error, 'serviceException', 'messageId') ??
    wordAt(error, 'policyException', 'messageId')
  );
}

/** Reads `[{"country":"MLI","availableUnits":4200,"expirationDate":"2027-01-31T00:00:00Z","status":"ACTIVE"}]`. */
export function readBalance(gateway: string, contracts: unknown): Balance {
  if (!Array.isArray(contracts))
    throw unreadableAnswer(gateway, 'no contracts');
  const active = contracts
    .filter((one) => (wordAt(one, 'status') ?? 'ACTIVE') === 'ACTIVE')
    .map((one) => ({
      units: Number(wordAt(one, 'availableUnits')),
      expires: Date.parse(wordAt(one, 'expirationDate') ?? ''),
    }));
  if (active.some(({ units }) => !Number.isFinite(units))) {
    throw unreadableAnswer(gateway, 'no availableUnits');
  }
  const soonest = Math.min(
    ...active.map(({ expires }) => expires).filter(Number.isFinite),
  );
  return {
    amount: active.reduce((sum, { units }) => sum + units, 0),
    unit: 'SMS',
    ...(Number.isFinite(soonest) && { expiresAt: new Date(soonest) }),
  };
}
