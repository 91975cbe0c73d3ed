import { isE164 } from './field-shapes';
import { readFields } from './read-fields';
import type {
  DeliveryReport,
  InboundSms,
  RawRequest,
  ReadSms,
} from './sms-contract';
import {
  arrivedText,
  isAddress,
  isAnyText,
  isSmsId,
  isStatusWord,
} from './sms-shapes';

const STATUSES: ReadonlyMap<
  string,
  Pick<DeliveryReport, 'status' | 'isFinal' | 'reason'>
> = new Map([
  ['delivered', { status: 'delivered', isFinal: true }],
  ['absent', { status: 'failed', isFinal: true, reason: 'absent' }],
]);

const UNKNOWN = { status: 'unknown', isFinal: false } as const;

/** A report as the simulator sends it: `id=…&status=delivered&phoneNumber=%2B22360000001`. */
export function deliveryForm(report: {
  providerId: string;
  msisdn: string;
  isDelivered: boolean;
}): RawRequest {
  const form = new URLSearchParams({
    id: report.providerId,
    status: report.isDelivered ? 'delivered' : 'absent',
    phoneNumber: report.msisdn,
  });
  return {
    contentType: 'application/x-www-form-urlencoded',
    text: form.toString(),
    query: '',
  };
}

/** Reads what {@link deliveryForm} wrote. */
export function readDelivery(body: string): ReadSms<DeliveryReport> {
  const needed = { id: isSmsId, status: isStatusWord, phoneNumber: isE164 };
  const read = readFields(body, needed, {});
  if (read.kind === 'unreadable') return read;
  const { id: providerId, status, phoneNumber: msisdn } = read.value;
  const known = STATUSES.get(status) ?? UNKNOWN;
  return {
    kind: 'read',
    value: { providerId, msisdn, ...known, providerStatus: status },
  };
}

/** Reads an SMS from a phone of the demo: `id=…&from=%2B22360000001&to=36710&text=STOP`. */
export function readInbound(body: string): ReadSms<InboundSms> {
  const needed = { id: isSmsId, from: isE164, to: isAddress, text: isAnyText };
  const read = readFields(body, needed, {});
  if (read.kind === 'unreadable') return read;
  const { id: providerId, from, to, text } = read.value;
  return {
    kind: 'read',
    value: { kind: 'sms', providerId, from, to, text: arrivedText(text) },
  };
}
