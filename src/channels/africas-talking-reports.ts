import { DELIVERY_STATUSES, FAILURE_REASONS } from './africas-talking-words';
import { isE164 } from './field-shapes';
import { readFields } from './read-fields';
import type {
  DeliveryReport,
  InboundSms,
  OptOut,
  ReadSms,
} from './sms-contract';
import {
  arrivedText,
  isAddress,
  isAnyText,
  isSmsId,
  isStatusWord,
} from './sms-shapes';

/**
 * Reads `id=ATXid_0f…&status=Failed&phoneNumber=%2B22376123456&networkCode=61002&failureReason=UserDoesNotExist`.
 * A status that no table has becomes `unknown`, and is kept as it came.
 */
export function readDelivery(body: string): ReadSms<DeliveryReport> {
  const needed = { id: isSmsId, status: isStatusWord };
  const other = { phoneNumber: isE164, failureReason: isStatusWord };
  const read = readFields(body, needed, other);
  if (read.kind === 'unreadable') return read;
  const { id, status, phoneNumber, failureReason } = read.value;
  const known = DELIVERY_STATUSES.get(status) ?? UNKNOWN;
  const reason = FAILURE_REASONS.get(failureReason ?? '');
  return {
    kind: 'read',
    value: {
      providerId: id,
      ...(phoneNumber !== undefined && { msisdn: phoneNumber }),
      ...known,
      ...(known.status === 'failed' && reason !== undefined && { reason }),
      providerStatus:
        failureReason === undefined ? status : `${status} ${failureReason}`,
    },
  };
}

/**
 * Reads an SMS, `date=2026-11-21+10%3A00%3A00&from=%2B22376123456&to=36710&id=…&text=STOP`, or the word
 * that a subscriber left, `senderId=JIGI&phoneNumber=%2B22376123456`.
 */
export function readInbound(body: string): ReadSms<InboundSms | OptOut> {
  const optOut = readFields(
    body,
    { phoneNumber: isE164, senderId: isAddress },
    {},
  );
  if (optOut.kind === 'read') {
    const { phoneNumber: msisdn, senderId } = optOut.value;
    return { kind: 'read', value: { kind: 'optOut', msisdn, senderId } };
  }
  const needed = {
    id: isSmsId,
    from: isAddress,
    to: isAddress,
    text: isAnyText,
  };
  const read = readFields(body, needed, { date: isAddress });
  if (read.kind === 'unreadable') return read;
  const { id: providerId, from, to, text, date } = read.value;
  const at = instantOf(date);
  return {
    kind: 'read',
    value: {
      kind: 'sms',
      ...{ providerId, from, to, text: arrivedText(text) },
      ...(at !== undefined && { at }),
    },
  };
}

const UNKNOWN = { status: 'unknown', isFinal: false } as const;

/** Two forms are seen, `2026-11-21T10:00:00Z` and `2026-11-21 10:00:00`, both in UTC. */
function instantOf(date: string | undefined): Date | undefined {
  const form = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)Z?$/;
  const [, day, time] = form.exec(date ?? '') ?? [];
  if (day === undefined || time === undefined) return undefined;
  const at = new Date(`${day}T${time}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
