import {
  type GatewayFailure,
  type GatewayFault,
  TEMPORARY,
} from '../channels/gateway-error';
import type { RecipientOutcome } from '../channels/sms-contract';
import { backoffMs } from './backoff';
import type { reasons } from './reasons';

/** What becomes of a message whose request has begun. */
export type Fate =
  | { to: 'sent'; providerId?: string; segments?: number }
  | {
      to: 'queued';
      reason: (typeof reasons.queued)[number];
      /** Until it is due again. */
      delayMs: number;
    }
  | { to: 'failed'; reason: (typeof reasons.failed)[number] }
  | { to: 'unknown'; reason: (typeof reasons.unknown)[number] };

const QUEUED: Readonly<
  Record<string, (typeof reasons.queued)[number] | undefined>
> = {
  unreachable: 'unreachable',
  throttled: 'throttled',
  gatewayFault: 'gatewayError',
};

const FAILED: Readonly<
  Partial<Record<GatewayFailure, (typeof reasons.failed)[number]>>
> = { badRecipient: 'badNumber', barred: 'blacklisted' };

/**
 * Why the whole gateway has to wait for somebody, by what it said of one message.
 * @returns undefined where it has not
 */
export function pauseFor(
  failure: GatewayFailure,
): 'noBalance' | 'notConfigured' | undefined {
  return failure === 'noBalance' || failure === 'notConfigured'
    ? failure
    : undefined;
}

/** Its fate by the gateway's answer; `undefined` stands for an answer that says nothing of it. */
export function fateOf(
  outcome: RecipientOutcome | undefined,
  attempts: number,
): Fate {
  if (outcome === undefined)
    return { to: 'unknown', reason: 'unreadableAnswer' };
  if (outcome.kind === 'refused') return fateOfFault(outcome, attempts);
  const { providerId, segments } = outcome;
  return {
    to: 'sent',
    ...(providerId === undefined ? {} : { providerId }),
    ...(segments === undefined ? {} : { segments }),
  };
}

/**
 * Its fate by a failure. Only what no phone can have received goes again, and of that only what time may change.
 * @param attempts requests begun for it, this one too
 */
export function fateOfFault(
  { begun, failure, retryAfterMs }: GatewayFault & { retryAfterMs?: number },
  attempts: number,
): Fate {
  if (begun === 'maybe')
    return {
      to: 'unknown',
      reason: failure === 'unreadable' ? 'unreadableAnswer' : 'noAnswer',
    };
  const ours = pauseFor(failure);
  if (ours !== undefined) return { to: 'queued', reason: ours, delayMs: 0 };
  if (!TEMPORARY.has(failure))
    return { to: 'failed', reason: FAILED[failure] ?? 'rejected' };
  const delayMs = backoffMs(attempts, retryAfterMs);
  return delayMs === undefined
    ? { to: 'failed', reason: 'tooManyAttempts' }
    : { to: 'queued', reason: QUEUED[failure] ?? 'gatewayError', delayMs };
}
