import type { AfricasTalkingAccount } from '../runtime/sms-accounts';
import { readSendAnswer } from './africas-talking-answer';
import { readDelivery, readInbound } from './africas-talking-reports';
import {
  openPackage,
  throughPackage,
  type Package,
  type PackageCall,
} from './africas-talking-package';
import type { GatewayAnswer } from './ask-gateway';
import { GatewayError } from './gateway-error';
import { parsedJson, wordAt } from './json-answer';
import { refuseUnsendable } from './refuse-unsendable';
import type {
  Balance,
  OutgoingSms,
  RecipientOutcome,
  SmsGateway,
} from './sms-contract';
import { statusError, unreadableAnswer } from './status-faults';

const NAME = 'africastalking';
const LIVE = 'https://api.africastalking.com';
const SANDBOX = 'https://api.sandbox.africastalking.com';
/** No figure is published: ask, then raise it. */
const MOST_RECIPIENTS = 100;

type Recipients = OutgoingSms['recipients'];

/**
 * SMS by Africa's Talking, through its official package, which gets an own line, deadline and
 * origin from us. Decision: ADR 0015.
 *
 * Source: developers.africastalking.com/docs/sms.
 */
export function africasTalkingSms(
  account: AfricasTalkingAccount,
  { deadlineMs = 15_000 } = {},
): SmsGateway {
  const { username, apiKey, senderId, baseUrl } = account;
  const call: PackageCall = {
    gateway: NAME,
    origin: baseUrl ?? (username === 'sandbox' ? SANDBOX : LIVE),
    deadlineMs,
  };
  const limits = { name: NAME, mostRecipients: MOST_RECIPIENTS };
  let opened: Promise<Package> | undefined;
  const open = () => (opened ??= openPackage(username, apiKey));
  return {
    ...limits,
    async send(sms, signal) {
      refuseUnsendable(limits, sms);
      const named = { senderId, ...sms };
      return sendNamed(await open(), { ...call, signal }, named);
    },
    balance: async (signal) => balanceOf(await open(), { ...call, signal }),
    readDelivery: ({ text }) => readDelivery(text),
    readInbound: ({ text }) => readInbound(text),
    reads: { delivery: 'POST', inbound: 'POST' },
    redact: ['phoneNumber', 'from', 'text', 'apikey', 'apiKey'],
  };
}

type NamedSms = Omit<OutgoingSms, 'senderId'> & {
  senderId: string | undefined;
};

/** The package refuses a whole request for one number that it takes for none: then the others go without it. */
async function sendNamed(
  sdk: Package,
  call: PackageCall,
  sms: NamedSms,
): Promise<RecipientOutcome[]> {
  const answer = await post(sdk, call, sms, sms.recipients);
  if (answer !== undefined) return readSendAnswer(NAME, answer, sms.recipients);
  const taken = await takenOnes(sdk, call, sms);
  const sent = taken.length === 0 ? [] : await sendTaken(sdk, call, sms, taken);
  return sms.recipients.map(
    ({ id }) => sent.find((one) => one.id === id) ?? notTaken(id),
  );
}

async function takenOnes(
  sdk: Package,
  call: PackageCall,
  sms: NamedSms,
): Promise<Recipients> {
  const taken: Recipients[number][] = [];
  for (const recipient of sms.recipients) {
    const rehearsal = { ...call, isRehearsal: true };
    const answer = await post(sdk, rehearsal, sms, [recipient]);
    if (answer !== undefined) taken.push(recipient);
  }
  return taken;
}

async function sendTaken(
  sdk: Package,
  call: PackageCall,
  sms: NamedSms,
  taken: Recipients,
): Promise<RecipientOutcome[]> {
  const answer = await post(sdk, call, sms, taken);
  return answer === undefined
    ? taken.map(({ id }) => notTaken(id))
    : readSendAnswer(NAME, answer, taken);
}

function post(
  sdk: Package,
  call: PackageCall,
  { text, senderId }: NamedSms,
  recipients: Recipients,
): Promise<GatewayAnswer | undefined> {
  return throughPackage(call, () =>
    sdk.SMS.send({
      to: recipients.map(({ msisdn }) => msisdn),
      message: text,
      ...(senderId !== undefined && { from: senderId }),
    }),
  );
}

function notTaken(id: string): RecipientOutcome {
  return {
    id,
    kind: 'refused',
    failure: 'badRecipient',
    begun: 'no',
    ours: false,
    reason: 'the package does not take this for a number',
  };
}

/** Reads `{"UserData":{"balance":"KES 1785.50"}}`. */
async function balanceOf(sdk: Package, call: PackageCall): Promise<Balance> {
  const answer = await throughPackage(call, () =>
    sdk.APPLICATION.fetchApplicationData(),
  );
  if (answer === undefined) throw new GatewayError(NAME, NOT_ASKED);
  if (answer.status !== 200) throw statusError(NAME, answer);
  const written = wordAt(parsedJson(answer.text), 'UserData', 'balance');
  const [, unit, amount] =
    /^([A-Z]{3}) (-?\d+(?:\.\d+)?)$/.exec(written ?? '') ?? [];
  if (unit === undefined) throw unreadableAnswer(NAME, 'no balance');
  return { amount: Number(amount), unit };
}

const NOT_ASKED = {
  failure: 'notConfigured',
  begun: 'no',
  ours: true,
  reason: 'the package does not take this account',
} as const;
