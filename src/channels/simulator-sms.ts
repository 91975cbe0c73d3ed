import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { smsLength } from '../text/segments';
import { GatewayError, type GatewayFault } from './gateway-error';
import { inboxes, type SimulatedSms } from './simulator-inboxes';
import { deliveryForm, readDelivery, readInbound } from './simulator-reports';
import { refuseUnsendable } from './refuse-unsendable';
import type {
  OutgoingSms,
  RawRequest,
  RecipientOutcome,
  SmsGateway,
} from './sms-contract';

/**
 * How the simulator behaves until it is told otherwise.
 *
 * - `well`: SMS arrive, and are reported
 * - `slow`: as `well`, after a pause
 * - `silent`: SMS arrive and are reported, but no answer comes, as when a line breaks
 * - `failing`, `throttled`: nothing arrives
 * - `undelivered`: taken, and then the phone is off until it expires
 */
export type SimulatorManner =
  | { kind: 'well' | 'silent' | 'failing' | 'undelivered' }
  | { kind: 'slow'; pauseMs: number }
  | { kind: 'throttled'; retryAfterMs: number };

/** An SMS gateway in memory: the demo's phones. */
export interface Simulator extends SmsGateway {
  behave(manner: SimulatorManner): void;
  /** What a phone has received, oldest first; the oldest go when there are too many. */
  inbox(msisdn: string): readonly SimulatedSms[];
  /** Hears of every SMS as it arrives, until the function given back is called. */
  onArrival(heard: (sms: SimulatedSms) => void): () => void;
  /** Hears of every delivery report, as its webhook would receive it. */
  onReport(heard: (request: RawRequest) => void): () => void;
}

export interface SimulatorOptions {
  now?: () => Date;
  /** After which `silent` gives up. */
  deadlineMs?: number;
}

const NAME = 'simulator';
const LIMITS = { name: NAME, mostRecipients: 1_000 };

/** The only gateway of a demo; nothing leaves the process. */
export function simulatorSms(options: SimulatorOptions = {}): Simulator {
  const { now = () => new Date(), deadlineMs = 10_000 } = options;
  const kept = inboxes();
  const reports = new Set<(request: RawRequest) => void>();
  let manner: SimulatorManner = { kind: 'well' };
  const arrive = (sms: OutgoingSms): RecipientOutcome[] =>
    sms.recipients.map(({ id, msisdn }) => {
      const providerId = randomUUID();
      const report = {
        providerId,
        msisdn,
        isDelivered: manner.kind !== 'undelivered',
      };
      if (report.isDelivered) {
        kept.put({ ...arrived(sms, msisdn), providerId, at: now() });
      }
      setImmediate(() =>
        reports.forEach((heard) => heard(deliveryForm(report))),
      );
      const { segments } = smsLength(sms.text);
      return { id, kind: 'accepted', providerId, segments };
    });
  return {
    ...LIMITS,
    async send(sms, signal) {
      refuseUnsendable(LIMITS, sms);
      const refusal = refusalOf(manner);
      if (refusal !== undefined) throw refusal;
      if (manner.kind === 'slow') await waited(manner.pauseMs, 'no', signal);
      const outcomes = arrive(sms);
      if (manner.kind !== 'silent') return outcomes;
      await waited(deadlineMs, 'maybe', signal);
      throw unanswered('maybe');
    },
    behave: (next) => void (manner = next),
    inbox: (msisdn) => kept.of(msisdn),
    onArrival: (heard) => kept.onArrival(heard),
    onReport(heard) {
      reports.add(heard);
      return () => void reports.delete(heard);
    },
    readDelivery: ({ text }) => readDelivery(text),
    readInbound: ({ text }) => readInbound(text),
    reads: { delivery: 'POST', inbound: 'POST' },
    redact: ['phoneNumber', 'from', 'text'],
  };
}

function arrived({ text, senderId }: OutgoingSms, msisdn: string) {
  return { msisdn, text, ...(senderId !== undefined && { senderId }) };
}

function refusalOf(manner: SimulatorManner): GatewayError | undefined {
  switch (manner.kind) {
    case 'failing':
      return new GatewayError(NAME, fault('gatewayFault', 'told to fail'));
    case 'throttled':
      return new GatewayError(
        NAME,
        fault('throttled', 'told to take no more'),
        manner.retryAfterMs,
      );
    default:
      return undefined;
  }
}

function fault(failure: GatewayFault['failure'], reason: string): GatewayFault {
  return { failure, begun: 'no', ours: false, reason };
}

async function waited(
  ms: number,
  begun: 'no' | 'maybe',
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await pause(ms, undefined, signal && { signal });
  } catch {
    throw unanswered(begun);
  }
}

function unanswered(begun: 'no' | 'maybe'): GatewayError {
  return new GatewayError(NAME, {
    ...fault(
      begun === 'no' ? 'unreachable' : 'unanswered',
      'no answer in time',
    ),
    begun,
  });
}
