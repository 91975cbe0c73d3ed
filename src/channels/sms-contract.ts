import type { Encoding } from '../text/segments';
import type { RawBody } from './contract';
import type { GatewayFault } from './gateway-error';

/** One text for one number or many. */
export interface OutgoingSms {
  text: string;
  /** What the text needs; `gsm7` with a letter outside GSM-7 is refused before anything is sent. */
  encoding: Encoding;
  /** The name shown as sender; absent: the account's own. */
  senderId?: string;
  /** At most the gateway's `mostRecipients`. The ids are ours, one a recipient, letters and digits and `-_` only. */
  recipients: readonly { id: string; msisdn: string }[];
}

/** What the gateway said of one recipient. */
export type RecipientOutcome =
  | {
      id: string;
      kind: 'accepted';
      /** By what its delivery report will name it; absent where the report carries our id. */
      providerId?: string;
      /** Billed parts and price as the gateway tells them, such as `KES 0.8000`. */
      segments?: number;
      cost?: string;
    }
  | ({ id: string; kind: 'refused' } & GatewayFault);

/** Why an SMS did not arrive, as far as its network tells. */
export type UndeliveredReason =
  | 'absent'
  | 'expired'
  | 'noSuchNumber'
  | 'barred'
  | 'noBalance'
  | 'refused'
  | 'unspecified';

/** A gateway's later word on one SMS. Reports come late, doubled, out of order, and for ids nobody knows. */
export interface DeliveryReport {
  /** At least one of the three names the SMS. */
  providerId?: string;
  ourId?: string;
  /** E.164 with its plus. */
  msisdn?: string;
  /** `buffered`: waiting for the phone. `unknown`: a word that no table has, kept in `providerStatus`. */
  status: 'sent' | 'buffered' | 'delivered' | 'failed' | 'unknown';
  /** No other report is to be expected. */
  isFinal: boolean;
  /** With `failed` only. */
  reason?: UndeliveredReason;
  /** The gateway's own word, printable and bounded. */
  providerStatus: string;
  at?: Date;
}

/** An SMS that somebody sent to us. */
export interface InboundSms {
  kind: 'sms';
  /** The same SMS may come twice, under the same id. */
  providerId: string;
  /** E.164 with its plus where it is a number; else the short code or name as it came. */
  from: string;
  to: string;
  text: string;
  at?: Date;
}

/** Somebody told the gateway itself to be left alone. */
export interface OptOut {
  kind: 'optOut';
  msisdn: string;
  senderId?: string;
}

/** A webhook's request as it came; `query` is what stands after `?`. */
export interface RawRequest extends RawBody {
  query: string;
}

/** Either what was read, or which field could not be; never what stood in it. */
export type ReadSms<T> =
  { kind: 'read'; value: T } | { kind: 'unreadable'; reason: string };

/** What is left on an account. */
export interface Balance {
  amount: number;
  /** `SMS`, or a currency. */
  unit: string;
  expiresAt?: Date;
}

/** The SMS half of a gateway: plain translation, no database, no retry, no business. */
export interface SmsGateway {
  readonly name: string;
  /** Numbers that one request takes. */
  readonly mostRecipients: number;
  /** Recipients a second that the gateway bears; absent where it tells none. */
  readonly perSecond?: number;
  /**
   * Hands over one text. The answer has one entry for each recipient, in our order.
   * @param signal gives up at once, as a deadline does
   * @throws GatewayError when the request failed as a whole, and nothing else
   */
  send(
    sms: OutgoingSms,
    signal?: AbortSignal,
  ): Promise<readonly RecipientOutcome[]>;
  readDelivery(request: RawRequest): ReadSms<DeliveryReport>;
  readInbound?(request: RawRequest): ReadSms<InboundSms | OptOut>;
  /** @throws GatewayError as `send` does */
  balance?(signal?: AbortSignal): Promise<Balance>;
  /** The method by which it calls our webhooks; every other is refused. */
  readonly reads: {
    readonly delivery: 'POST' | 'GET';
    readonly inbound?: 'POST' | 'GET';
  };
  /** Names of fields that must never reach a log. */
  readonly redact: readonly string[];
}
