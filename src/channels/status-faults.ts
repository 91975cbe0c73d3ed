import type { GatewayAnswer } from './ask-gateway';
import { GatewayError, type GatewayFault } from './gateway-error';

type Judgement = Pick<GatewayFault, 'failure' | 'begun' | 'ours'>;

const BUSY: Judgement = { failure: 'throttled', begun: 'no', ours: false };
const NOT_OURS: Judgement = {
  failure: 'notConfigured',
  begun: 'no',
  ours: true,
};
const REFUSED: Judgement = { failure: 'rejected', begun: 'no', ours: true };
/** A 500 may come after the SMS went on its way, and so may a 504 of something in between. */
const BROKEN: Judgement = {
  failure: 'gatewayFault',
  begun: 'maybe',
  ours: false,
};
const STRANGE: Judgement = {
  failure: 'unreadable',
  begun: 'maybe',
  ours: false,
};

/** Statuses that mean something of their own; the others go by their hundred. */
const BY_STATUS: ReadonlyMap<number, Judgement> = new Map([
  [401, NOT_OURS],
  [403, NOT_OURS],
  [408, BUSY],
  [425, BUSY],
  [429, BUSY],
  [503, BUSY],
]);

/** A redirect is not followed: a key must not go where it was not meant for. */
const BY_HUNDRED: ReadonlyMap<number, Judgement> = new Map([
  [3, NOT_OURS],
  [4, REFUSED],
  [5, BROKEN],
]);

/** What an HTTP status that is not the one hoped for says of the whole request. */
export function statusError(
  gateway: string,
  { status, headers }: GatewayAnswer,
): GatewayError {
  const judgement =
    BY_STATUS.get(status) ??
    BY_HUNDRED.get(Math.floor(status / 100)) ??
    STRANGE;
  return new GatewayError(
    gateway,
    {
      ...judgement,
      providerCode: String(status),
      reason: `answered with status ${status}`,
    },
    retryAfterMs(headers),
  );
}

/** An answer that came whole and cannot be understood: the SMS may be on its way. */
export function unreadableAnswer(
  gateway: string,
  what: string,
  providerCode?: string,
): GatewayError {
  return new GatewayError(gateway, {
    ...STRANGE,
    ours: true,
    reason: `answer cannot be read: ${what}`,
    ...(providerCode !== undefined && { providerCode }),
  });
}

const LONGEST_PAUSE_MS = 3_600_000;

/** Seconds, or an instant, which is measured by the gateway's own clock. */
function retryAfterMs(headers: GatewayAnswer['headers']): number | undefined {
  const written = headers['retry-after'];
  if (written === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(written)
    ? Number(written) * 1_000
    : Date.parse(written) - Date.parse(headers.date ?? '');
  return Number.isNaN(ms)
    ? undefined
    : Math.min(Math.max(ms, 0), LONGEST_PAUSE_MS);
}
