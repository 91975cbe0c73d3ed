import type { SmsGateway } from '../channels/sms-contract';
import type { Log } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';
import type { Claimant } from './claim-due';
import { type HealthLimits, USUAL_HEALTH } from './gateway-health';
import { GONE_AFTER_MS } from './give-back';
import type { PriceTable } from './price-table';

/** How much a sender does at once, and how long it waits. */
export interface SendingLimits {
  /** Requests that are under way at once: as many may be unknown after a crash, each with all its numbers. */
  inFlight: number;
  /** Messages held at most that wait for their request. */
  most: number;
  /** After this a request without answer is given up, whatever its gateway thinks. */
  requestMs: number;
  /** How often it looks for something due while there is nothing. */
  idleMs: number;
  /** A sender that was not seen for so long is gone. */
  goneAfterMs: number;
  health: HealthLimits;
}

/** Everything that a sender works with. */
export interface SendingHouse extends Claimant {
  log: Log;
  metrics: Pick<Metrics, 'add' | 'observe'>;
  /** The gateways that a number may go through, the best first. */
  route: (msisdn: string) => readonly SmsGateway[];
  /** What a gateway bears of one network, or of all by `*`, in messages a second; undefined where nobody told. */
  rateOf?: (gateway: string, network: string) => number | undefined;
  prices: PriceTable;
  limits: SendingLimits;
}

/** Limits that suit every gateway that we know. */
export function usualLimits(inFlight: number): SendingLimits {
  return {
    ...{ inFlight, most: 1_000, requestMs: 60_000, idleMs: 500 },
    ...{ goneAfterMs: GONE_AFTER_MS, health: USUAL_HEALTH },
  };
}
