import type {
  DeliveryReport,
  InboundSms,
  OptOut,
  RawRequest,
  ReadSms,
  SmsGateway,
} from '../../src/channels/sms-contract';

const STATUSES = ['sent', 'buffered', 'delivered', 'failed'] as const;

/** The words of a report that a gateway under test understands; more can be learnt. */
export const stubWords = new Set<string>(STATUSES);

/**
 * A gateway of plain forms: `id`, `ours`, `number`, `status`, `reason` at the delivery door; `id`, `from`, `to`,
 * `text`, or `stop`, at the inbound one.
 */
export function smsStub(
  name: string,
  reads: SmsGateway['reads'] = { delivery: 'POST', inbound: 'POST' },
): SmsGateway {
  return {
    ...{ name, reads, mostRecipients: 1, redact: [] },
    send: ({ recipients }) =>
      Promise.resolve(recipients.map(({ id }) => ({ id, kind: 'accepted' }))),
    readDelivery,
    ...(reads.inbound === undefined ? {} : { readInbound }),
  };
}

function fieldsOf({ text, query }: RawRequest): (name: string) => string {
  const form = new URLSearchParams(text || query);
  return (name) => form.get(name) ?? '';
}

function readDelivery(request: RawRequest): ReadSms<DeliveryReport> {
  const field = fieldsOf(request);
  const status = field('status');
  if (field('id') + field('ours') === '' || status === '')
    return { kind: 'unreadable', reason: 'id or status' };
  const known = STATUSES.find((one) => one === status && stubWords.has(one));
  return {
    kind: 'read',
    value: {
      ...(field('id') && { providerId: field('id') }),
      ...(field('ours') && { ourId: field('ours') }),
      ...(field('number') && { msisdn: field('number') }),
      status: known ?? 'unknown',
      isFinal: true,
      ...(known === 'failed' && { reason: 'absent' as const }),
      providerStatus: status,
    },
  };
}

function readInbound(request: RawRequest): ReadSms<InboundSms | OptOut> {
  const field = fieldsOf(request);
  const stop = field('stop');
  if (stop !== '')
    return { kind: 'read', value: { kind: 'optOut', msisdn: stop } };
  if (field('id') === '' || field('from') === '')
    return { kind: 'unreadable', reason: 'id or from' };
  const [providerId, from] = [field('id'), field('from')];
  const words = { to: field('to') || '36077', text: field('text') };
  return { kind: 'read', value: { kind: 'sms', providerId, from, ...words } };
}
