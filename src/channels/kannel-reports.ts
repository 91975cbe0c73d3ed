import { parseMsisdn } from '../text/msisdn';
import { readFields } from './read-fields';
import type {
  DeliveryReport,
  InboundSms,
  ReadSms,
  UndeliveredReason,
} from './sms-contract';
import {
  arrivedText,
  isAddress,
  isAnyText,
  isSmsId,
  isStatusWord,
} from './sms-shapes';

/** `%d`, the kind of a report. Source: User's Guide, chapter 11 (delivery reports). */
const KINDS: ReadonlyMap<
  string,
  Pick<DeliveryReport, 'status' | 'isFinal' | 'reason'>
> = new Map([
  ['1', { status: 'delivered', isFinal: true }],
  ['2', { status: 'failed', isFinal: true, reason: 'unspecified' }],
  ['4', { status: 'buffered', isFinal: false }],
  ['8', { status: 'sent', isFinal: false }],
  ['16', { status: 'failed', isFinal: true, reason: 'refused' }],
]);

const UNKNOWN = { status: 'unknown', isFinal: false } as const;

/** `stat:` of an operator's own report, and `NACK/` codes of SMPP. */
const REASONS: ReadonlyMap<string, UndeliveredReason> = new Map([
  ['EXPIRED', 'expired'],
  ['DELETED', 'refused'],
  ['REJECTD', 'refused'],
  ['NACK/11', 'noSuchNumber'],
  ['NACK/0x0000000b', 'noSuchNumber'],
]);

/**
 * Reads `id=4711&type=2&at=1795647601&answer=id%3A17+sub%3A001+…+stat%3AEXPIRED+err%3A000+text%3A…`. Of the answer only its
 * word is kept: an operator repeats the SMS in it.
 */
export function readDelivery(query: string): ReadSms<DeliveryReport> {
  const needed = { id: isSmsId, type: isStatusWord };
  const read = readFields(query, needed, { at: isSeconds, answer: isAnyText });
  if (read.kind === 'unreadable') return read;
  const { id, type, at, answer = '' } = read.value;
  const known = KINDS.get(type) ?? UNKNOWN;
  const word = wordIn(answer);
  const reason = REASONS.get(word);
  return {
    kind: 'read',
    value: {
      ourId: id,
      ...known,
      ...(known.status === 'failed' && reason !== undefined && { reason }),
      providerStatus: word === '' ? type : `${type} ${word}`,
      ...(at !== undefined && { at: new Date(Number(at) * 1_000) }),
    },
  };
}

/**
 * Reads `id=6cd7…&from=%2B22376123456&to=36710&at=1795647599&text=STOP`, as the get-url of
 * deploy/kannel/kannel.conf asks for it.
 */
export function readInbound(query: string): ReadSms<InboundSms> {
  const needed = {
    id: isSmsId,
    from: isAddress,
    to: isAddress,
    text: isAnyText,
  };
  const read = readFields(query, needed, { at: isSeconds });
  if (read.kind === 'unreadable') return read;
  const { id: providerId, from, to, text, at } = read.value;
  return {
    kind: 'read',
    value: {
      kind: 'sms',
      // Operators write the sender with and without country, plus and zeros.
      ...{ providerId, from: parseMsisdn(from) ?? from, to },
      text: arrivedText(text),
      ...(at !== undefined && { at: new Date(Number(at) * 1_000) }),
    },
  };
}

function isSeconds(value: string): boolean {
  return /^\d{1,12}$/.test(value);
}

function wordIn(answer: string): string {
  const [, stat] = /\bstat:([A-Z]{5,7})\b/.exec(answer) ?? [];
  const [ack] = /^N?ACK\/(?:0x[0-9a-f]{1,8}|\d{1,10})?/i.exec(answer) ?? [];
  return stat ?? ack ?? '';
}
