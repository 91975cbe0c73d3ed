import { AppError } from '../runtime/errors';

/**
 * What can go wrong at a gateway, whoever it is.
 *
 * - `unreachable`: no connection, so nothing was said
 * - `throttled`: for the moment the gateway takes no more (429, 503)
 * - `gatewayFault`: it failed on its own side
 * - `noBalance`: the account is empty
 * - `unanswered`: no whole answer came in time
 * - `unreadable`: an answer came that says nothing, or nothing of this recipient
 * - `rejected`: the request was refused
 * - `badRecipient`: no such number, or none that can be reached from there
 * - `barred`: the gateway or the network holds this number back (blacklist, do not disturb)
 * - `notConfigured`: key, account or sender name are not those of the gateway
 */
export type GatewayFailure =
  | 'unreachable'
  | 'throttled'
  | 'gatewayFault'
  | 'noBalance'
  | 'unanswered'
  | 'unreadable'
  | 'rejected'
  | 'badRecipient'
  | 'barred'
  | 'notConfigured';

/** What another try may change, provided that nothing began. The others are final, or for a person to settle. */
export const TEMPORARY: ReadonlySet<GatewayFailure> = new Set([
  'unreachable',
  'throttled',
  'gatewayFault',
  'noBalance',
]);

/** A failure, of one recipient or of a whole request. */
export interface GatewayFault {
  failure: GatewayFailure;
  /** `no`: no phone can have received anything by this request. `maybe`: it must not be sent again by itself. */
  begun: 'no' | 'maybe';
  /** Somebody of ours must act: settings, balance, a bug. */
  ours: boolean;
  /** The gateway's own code, printable and bounded; for the log and for staff. */
  providerCode?: string;
  /** One plain sentence without number, text or key. */
  reason: string;
}

/** A whole request failed: the same fault for each of its recipients. */
export class GatewayError extends AppError implements GatewayFault {
  readonly failure: GatewayFailure;
  readonly begun: 'no' | 'maybe';
  readonly ours: boolean;
  readonly providerCode?: string;
  readonly reason: string;
  /** How long the gateway asks to be left alone. */
  readonly retryAfterMs?: number;

  /** Keeps no cause: the errors of HTTP clients hold keys and numbers. */
  constructor(gateway: string, fault: GatewayFault, retryAfterMs?: number) {
    super('unavailable', `${gateway}: ${fault.reason}`);
    this.name = 'GatewayError';
    this.failure = fault.failure;
    this.begun = fault.begun;
    this.ours = fault.ours;
    this.reason = fault.reason;
    if (fault.providerCode !== undefined) {
      this.providerCode = fault.providerCode;
    }
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }
}
