import type { OrangeAccount } from '../runtime/sms-accounts';
import { askGateway, type GatewayAnswer } from './ask-gateway';
import { at, parsedJson, wordAt } from './json-answer';
import { orangeError, readBalance } from './orange-answers';
import { readDelivery } from './orange-reports';
import { tokenKeeper, type TokenKeeper } from './orange-token';
import { refuseUnsendable } from './refuse-unsendable';
import type { OutgoingSms, RecipientOutcome, SmsGateway } from './sms-contract';
import { unreadableAnswer } from './status-faults';

const NAME = 'orange';
const ORIGIN = 'https://api.orange.com';
/** The same for every account of Mali; what phones show is the name. */
const SENDER_ADDRESS = 'tel:+2230000';
const SEND_PATH = `/smsmessaging/v1/outbound/${encodeURIComponent(SENDER_ADDRESS)}/requests`;
const BALANCE_PATH = '/sms/admin/v1/contracts';
const PER_SECOND = 5;

interface Line {
  origin: string;
  deadlineMs: number;
  tokens: TokenKeeper;
}

/**
 * Orange's "SMS Africa and Middle East 2.0" for Mali: one number a request, five requests a second.
 * It reports deliveries to an address registered by form, and brings no SMS in.
 *
 * Source: developer.orange.com/apis/sms-ml.
 */
export function orangeSms(
  account: OrangeAccount,
  { deadlineMs = 15_000 } = {},
): SmsGateway {
  const { clientId, clientSecret, senderName, baseUrl } = account;
  const origin = baseUrl ?? ORIGIN;
  const keys = { clientId, clientSecret };
  const tokens = tokenKeeper({ gateway: NAME, ...keys, origin, deadlineMs });
  const line: Line = { origin, deadlineMs, tokens };
  const limits = { name: NAME, mostRecipients: 1, perSecond: PER_SECOND };
  return {
    ...limits,
    async send(sms, signal) {
      refuseUnsendable(limits, sms);
      return sendOne(line, { senderId: senderName, ...sms }, signal);
    },
    async balance(signal) {
      const answer = await asked(line, 'GET', BALANCE_PATH, undefined, signal);
      if (answer.status !== 200) throw orangeError(NAME, answer);
      return readBalance(NAME, parsedJson(answer.text));
    },
    readDelivery: ({ text }) => readDelivery(text),
    reads: { delivery: 'POST' },
    redact: ['address', 'message', 'Authorization', 'access_token'],
  };
}

async function sendOne(
  line: Line,
  sms: Omit<OutgoingSms, 'senderId'> & { senderId: string | undefined },
  signal: AbortSignal | undefined,
): Promise<RecipientOutcome[]> {
  const [recipient] = sms.recipients;
  if (recipient === undefined) return [];
  const body = JSON.stringify({
    outboundSMSMessageRequest: {
      address: `tel:${recipient.msisdn}`,
      senderAddress: SENDER_ADDRESS,
      senderName: sms.senderId,
      outboundSMSTextMessage: { message: sms.text },
    },
  });
  const answer = await asked(line, 'POST', SEND_PATH, body, signal);
  if (answer.status !== 201) throw orangeError(NAME, answer);
  const providerId = idIn(answer);
  return [{ id: recipient.id, kind: 'accepted', providerId }];
}

/** Asks with the kept token, and once more with a new one: a 401 means that nothing was taken. */
async function asked(
  line: Line,
  method: 'GET' | 'POST',
  path: string,
  body: string | undefined,
  signal: AbortSignal | undefined,
): Promise<GatewayAnswer> {
  const ask = async (token: string) =>
    askGateway({
      ...{ gateway: NAME, method, url: new URL(path, line.origin) },
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
      deadlineMs: line.deadlineMs,
      signal,
    });
  const token = await line.tokens.token();
  const answer = await ask(token);
  if (answer.status !== 401) return answer;
  line.tokens.forget(token);
  return ask(await line.tokens.token());
}

/** The last part of `resourceURL`, by which the delivery report will name the SMS. */
function idIn({ text }: GatewayAnswer): string {
  const request = at(parsedJson(text), 'outboundSMSMessageRequest');
  const id = wordAt(request, 'resourceURL')?.split('/').at(-1) ?? '';
  if (!/^[\w.-]{1,128}$/.test(id))
    throw unreadableAnswer(NAME, 'no resourceURL');
  return id;
}
