import type { KannelAccount } from '../runtime/sms-accounts';
import { askGateway, type GatewayAnswer } from './ask-gateway';
import { GatewayError } from './gateway-error';
import { readDelivery, readInbound } from './kannel-reports';
import { refuseUnsendable } from './refuse-unsendable';
import type { OutgoingSms, SmsGateway } from './sms-contract';
import { statusError, unreadableAnswer } from './status-faults';

const NAME = 'kannel';
/** Every kind of report: delivered, not delivered, waiting, taken by the operator, refused by it. */
const ALL_REPORTS = '31';

/** The escapes that Kannel fills in; our id goes before them, since its answer to a send names none. */
const REPORT_QUERY = 'type=%d&at=%T&answer=%A';

const CODING = {
  gsm7: {
    coding: '0',
    contentType: 'text/plain; charset=UTF-8',
    bytes: (text: string) => Buffer.from(text, 'utf8'),
  },
  ucs2: {
    coding: '2',
    contentType: 'text/plain; charset=UTF-16BE',
    bytes: (text: string) => Buffer.from(text, 'utf16le').swap16(),
  },
} as const;

/**
 * Kannel, the gateway to operators that speak SMPP; it owns links, windows and throttling. Asked by POST, so that the
 * password is in no address; it calls back by GET.
 *
 * Source: kannel.org, User's Guide, chapter 10 (sendsms-user, `X-Kannel-` headers).
 */
export function kannelSms(
  account: KannelAccount,
  { deadlineMs = 15_000 } = {},
): SmsGateway {
  const limits = { name: NAME, mostRecipients: 1 };
  return {
    ...limits,
    async send(sms, signal) {
      refuseUnsendable(limits, sms);
      const { id, headers } = headersOf(account, sms);
      const answer = await askGateway({
        ...{ gateway: NAME, method: 'POST', headers, deadlineMs, signal },
        url: new URL('/cgi-bin/sendsms', account.url),
        body: CODING[sms.encoding].bytes(sms.text),
      });
      refuseUnlessTaken(answer);
      return [{ id, kind: 'accepted' }];
    },
    readDelivery: ({ query }) => readDelivery(query),
    readInbound: ({ query }) => readInbound(query),
    reads: { delivery: 'GET', inbound: 'GET' },
    redact: ['from', 'text', 'answer', 'X-Kannel-To', 'X-Kannel-Password'],
  };
}

function headersOf(
  { username, password, callbackUrl }: KannelAccount,
  { encoding, senderId, recipients }: OutgoingSms,
): { id: string; headers: Record<string, string> } {
  const { id = '', msisdn = '' } = recipients[0] ?? {};
  const headers = {
    'X-Kannel-Username': username,
    'X-Kannel-Password': password,
    'X-Kannel-To': msisdn,
    ...(senderId !== undefined && { 'X-Kannel-From': senderId }),
    'X-Kannel-Coding': CODING[encoding].coding,
    'X-Kannel-DLR-Mask': ALL_REPORTS,
    'X-Kannel-DLR-URL': `${callbackUrl}?id=${id}&${REPORT_QUERY}`,
    'Content-Type': CODING[encoding].contentType,
  };
  return { id, headers };
}

/** `0: Accepted for delivery`, or `3: Queued for later delivery` while an operator is away. */
function refuseUnlessTaken(answer: GatewayAnswer): void {
  const { status, text } = answer;
  if (status === 202) {
    if (/^[03]: /.test(text)) return;
    throw unreadableAnswer(NAME, 'neither 0 nor 3', '202');
  }
  const isAboutNumber = /^(Not routable|Number\(s\) has)/.test(text);
  if (isAboutNumber && (status === 403 || status === 400)) {
    throw new GatewayError(NAME, {
      ...{ failure: 'badRecipient', begun: 'no', ours: false },
      providerCode: String(status),
      reason: 'no operator takes this number',
    });
  }
  throw statusError(NAME, answer);
}
