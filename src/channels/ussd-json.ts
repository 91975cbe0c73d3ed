import { asShown } from './as-shown';
import type {
  RawBody,
  Read,
  ReadTurn,
  ReturnAddress,
  UssdGateway,
  UssdPage,
  UssdTurn,
} from './contract';
import {
  isCallId,
  isCaller,
  isEcho,
  isOfType,
  isSequence,
  isServiceCode,
  isTyped,
  type Shape,
} from './field-shapes';
import { readFlatJson } from './flat-json';
import type { JsonDialect } from './json-dialects';

/**
 * A gateway that posts JSON and sends only what was typed now. What differs between operators
 * is a {@link JsonDialect}: one table entry, read by this one function.
 */
export function jsonUssd(dialect: JsonDialect, page: UssdPage): UssdGateway {
  return {
    name: dialect.name,
    page,
    redact: [dialect.fields.msisdn, dialect.fields.reply, ...dialect.echo],
    readTurn: (body) => readTurn(dialect, body),
    writeScreen: ({ text, end }, to) => ({
      status: 200,
      contentType: 'application/json; charset=utf-8',
      body: JSON.stringify(
        dialect.answer({ text: asShown(text, page), end }, to),
      ),
    }),
  };
}

type FieldOf = (name: string) => unknown;

function readTurn(dialect: JsonDialect, body: RawBody): ReadTurn {
  if (!isOfType(body.contentType, 'application/json')) {
    return unreadable('not JSON');
  }
  const json = readFlatJson(body.text);
  if (json.kind === 'unreadable') return unreadable(json.reason);
  const fieldOf: FieldOf = (name) => json.fields.get(name);

  const { fields } = dialect;
  const sessionId = believed(fieldOf(fields.sessionId), isCallId);
  if (sessionId === undefined) return odd(fields.sessionId);
  const echo: Record<string, string> = {};
  for (const name of dialect.echo) {
    const value = believed(fieldOf(name) ?? '', isEcho);
    if (value === undefined) return odd(name, { sessionId });
    echo[name] = value;
  }
  const to = { sessionId, echo };

  const step = dialect.steps.get(String(fieldOf(fields.step)).toLowerCase());
  if (step === undefined) return odd(fields.step, to);
  // Why the caller is gone is not said: hung up, timed out or sent away by us.
  if (step === 'end') {
    return { kind: 'ended', end: { sessionId, status: 'unknown' }, to };
  }
  return readCaller(dialect, fieldOf, to, step === 'start');
}

function readCaller(
  { name, fields }: JsonDialect,
  fieldOf: FieldOf,
  to: Required<ReturnAddress>,
  start: boolean,
): Read<UssdTurn> {
  const msisdn = believed(withPlus(fieldOf(fields.msisdn)), isCaller);
  if (msisdn === undefined) return odd(fields.msisdn, to);
  const typed = believed(fieldOf(fields.reply), isTyped);
  if (typed === undefined) return odd(fields.reply, to);
  const serviceCode = fields.serviceCode
    ? believed(written(fieldOf(fields.serviceCode)), isServiceCode)
    : '';
  if (serviceCode === undefined) return odd(fields.serviceCode ?? '', to);
  const number = fields.sequence && written(fieldOf(fields.sequence));
  const sequence = believed(number ?? '0', isSequence);
  if (sequence === undefined) return odd(fields.sequence ?? '', to);

  const reply = start ? tailOf(typed, serviceCode) : typed;
  return {
    kind: 'read',
    value: {
      gateway: name,
      ...to,
      msisdn,
      serviceCode,
      input: {
        mode: 'incremental',
        start,
        reply,
        ...(number === undefined ? {} : { sequence }),
      },
    },
  };
}

/** At the dial some gateways send the whole code, `*384*55*1#`: what follows ours is the tail. */
function tailOf(dialled: string, serviceCode: string): string {
  const ours = `*${digitsAndStars(serviceCode)}*`;
  const whole = `*${digitsAndStars(dialled)}`;
  return ours !== '**' && whole.startsWith(ours)
    ? whole.slice(ours.length)
    : '';
}

function digitsAndStars(code: string): string {
  return code.replace(/^\*/, '').replace(/#$/, '');
}

function withPlus(value: unknown): unknown {
  return typeof value === 'string' && /^\d/.test(value) ? `+${value}` : value;
}

/** A code or a count may come as a JSON number; what was typed may not, for it would lose zeros. */
function written(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : (value ?? undefined);
}

function believed(value: unknown, shape: Shape): string | undefined {
  return typeof value === 'string' && shape(value) ? value : undefined;
}

function odd(field: string, to?: ReturnAddress) {
  return unreadable(`${field} is missing or has the wrong shape`, to);
}

/** Without the id of the call no answer would find it. */
function unreadable(reason: string, to?: ReturnAddress) {
  return {
    kind: 'unreadable',
    reason,
    answerable: to !== undefined,
    ...(to === undefined ? {} : { to }),
  } as const;
}
