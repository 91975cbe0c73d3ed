import { asShown } from './as-shown';
import type {
  RawBody,
  Read,
  UssdEnd,
  UssdGateway,
  UssdPage,
  UssdTurn,
} from './contract';
import {
  isCallId,
  isCaller,
  isOfType,
  isServiceCode,
  isTyped,
  type Shape,
} from './field-shapes';
import { readForm } from './form';

const NAME = 'africastalking';
const FORM = 'application/x-www-form-urlencoded';

const TURN_FIELDS = [
  'sessionId',
  'serviceCode',
  'phoneNumber',
  'text',
] as const;

const TURN_SHAPES: Readonly<Record<(typeof TURN_FIELDS)[number], Shape>> = {
  sessionId: isCallId,
  serviceCode: isServiceCode,
  phoneNumber: isCaller,
  text: isTyped,
};

/** `input`, `lastAppResponse` and the number are not even decoded. */
const END_FIELDS = [
  'sessionId',
  'status',
  'durationInMillis',
  'hopsCount',
] as const;

const END_STATUS: ReadonlyMap<string, UssdEnd['status']> = new Map([
  ['Success', 'success'],
  ['Incomplete', 'incomplete'],
  ['Failed', 'failed'],
]);

/**
 * Africa's Talking: a form in, `CON …` or `END …` out, always 200, because any other status or
 * first word ends the call without a word to the caller.
 *
 * A turn: `sessionId=ATUid_0f…&serviceCode=%2A384%2A55%23&phoneNumber=%2B22376123456&networkCode=61001&text=1%2A2345`.
 * Its event: `sessionId=ATUid_0f…&status=Incomplete&durationInMillis=8200&hopsCount=3&input=…`.
 * Source: developers.africastalking.com/docs/ussd.
 */
export function africasTalkingUssd(page: UssdPage): UssdGateway {
  return {
    name: NAME,
    page,
    redact: ['phoneNumber', 'text', 'input', 'lastAppResponse'],
    readTurn,
    readEnd,
    writeScreen: (screen) => ({
      status: 200,
      contentType: 'text/plain; charset=utf-8',
      body: `${screen.end ? 'END' : 'CON'} ${asShown(screen.text, page)}`,
    }),
  };
}

function readTurn(body: RawBody): Read<UssdTurn> {
  if (!isOfType(body.contentType, FORM)) return unreadable('not a form');
  const form = readForm(body.text, TURN_FIELDS);
  if (form.kind === 'unreadable') return unreadable(form.reason);
  const { sessionId, serviceCode, phoneNumber, text } = form.fields;
  if (
    sessionId === undefined ||
    serviceCode === undefined ||
    phoneNumber === undefined ||
    text === undefined
  ) {
    return unreadable(`${missing(form.fields)} is missing`);
  }
  const turn = { sessionId, serviceCode, phoneNumber, text };
  const odd = TURN_FIELDS.find((name) => !TURN_SHAPES[name](turn[name]));
  if (odd !== undefined) return unreadable(`${odd} has the wrong shape`);
  return {
    kind: 'read',
    value: {
      gateway: NAME,
      sessionId,
      msisdn: phoneNumber,
      serviceCode,
      input: { mode: 'cumulative', path: text },
    },
  };
}

function readEnd(body: RawBody): Read<UssdEnd> {
  if (!isOfType(body.contentType, FORM)) return unreadable('not a form');
  const form = readForm(body.text, END_FIELDS);
  if (form.kind === 'unreadable') return unreadable(form.reason);
  const { sessionId, status, durationInMillis, hopsCount } = form.fields;
  if (sessionId === undefined || !isCallId(sessionId)) {
    return unreadable('sessionId is missing or has the wrong shape');
  }
  const durationMs = wholeNumber(durationInMillis);
  const hops = wholeNumber(hopsCount);
  return {
    kind: 'read',
    value: {
      sessionId,
      status: END_STATUS.get(status ?? '') ?? 'unknown',
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(hops === undefined ? {} : { hops }),
    },
  };
}

function missing(fields: Readonly<Record<string, string>>): string {
  return TURN_FIELDS.filter((name) => fields[name] === undefined).join(', ');
}

/** Nine digits fit the store's integers; a longer figure is none that a call can have. */
function wholeNumber(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,9}$/.test(value)
    ? Number(value)
    : undefined;
}

function unreadable(reason: string) {
  return { kind: 'unreadable', reason, answerable: true } as const;
}
