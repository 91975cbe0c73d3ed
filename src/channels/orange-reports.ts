import { isE164 } from './field-shapes';
import { at, parsedJson, wordAt } from './json-answer';
import { unreadable } from './read-fields';
import type { DeliveryReport, ReadSms } from './sms-contract';
import { isSmsId, isStatusWord } from './sms-shapes';

const STATUSES: ReadonlyMap<
  string,
  Pick<DeliveryReport, 'status' | 'isFinal' | 'reason'>
> = new Map([
  ['DeliveredToTerminal', { status: 'delivered', isFinal: true }],
  ['DeliveredToNetwork', { status: 'sent', isFinal: false }],
  // Handed to another operator, which tells nothing back.
  ['DeliveryUncertain', { status: 'sent', isFinal: true }],
  // It may still arrive, and is then reported again.
  [
    'DeliveryImpossible',
    { status: 'failed', isFinal: false, reason: 'unspecified' },
  ],
  ['MessageWaiting', { status: 'buffered', isFinal: false }],
]);

const UNKNOWN = { status: 'unknown', isFinal: false } as const;

/**
 * Reads `{"deliveryInfoNotification":{"callbackData":"<id>","deliveryInfo":
 * {"address":"tel:+22376123456","deliveryStatus":"DeliveredToTerminal"}}}`.
 */
export function readDelivery(body: string): ReadSms<DeliveryReport> {
  const notice = at(parsedJson(body), 'deliveryInfoNotification');
  if (notice === undefined) return missing('deliveryInfoNotification');
  const providerId = wordAt(notice, 'callbackData');
  if (providerId === undefined) return missing('callbackData');
  const providerStatus = wordAt(notice, 'deliveryInfo', 'deliveryStatus');
  if (providerStatus === undefined) return missing('deliveryStatus');
  const address = at(notice, 'deliveryInfo', 'address');
  const msisdn =
    typeof address === 'string' ? address.replace(/^tel:/, '') : undefined;
  if (!isSmsId(providerId)) return odd('callbackData');
  if (!isStatusWord(providerStatus)) return odd('deliveryStatus');
  if (address !== undefined && !isE164(msisdn ?? '')) return odd('address');
  return {
    kind: 'read',
    value: {
      providerId,
      ...(msisdn !== undefined && { msisdn }),
      ...(STATUSES.get(providerStatus) ?? UNKNOWN),
      providerStatus,
    },
  };
}

function missing(field: string) {
  return unreadable(`${field} is missing`);
}

function odd(field: string) {
  return unreadable(`${field} has the wrong shape`);
}
