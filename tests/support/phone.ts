import { randomUUID } from 'node:crypto';

import { answerTurn } from '../../src/ussd/answer-turn';
import type { UssdHouse } from '../../src/ussd/ussd-house';
import { gateways } from './ussd-house';

/** A feature phone on the line of Africa's Talking: it sends what the gateway would send. */
export interface Phone {
  /** Calls the short code; a tail such as `1` is what a published code carries. */
  dial(tail?: string): Promise<string>;
  /** Types replies one after the other. @returns the last screen */
  type(...replies: string[]): Promise<string>;
  /** Sends a whole path as it stands, as a gateway that repeats or reorders would. */
  send(path: string): Promise<string>;
  /** Takes up a call that another has begun, as a gateway does whose other half died. */
  join(call: Phone): void;
  /** What the phone shows, and whether the call goes on. */
  readonly screen: string;
  readonly open: boolean;
  /** Every screen of the call, from the dial. */
  readonly screens: readonly string[];
  readonly sessionId: string;
  readonly path: string;
}

/** A phone with a number, in front of a house. */
export function aPhone(house: UssdHouse, msisdn: string): Phone {
  const gateway = gateways.get('africastalking');
  if (gateway === undefined) {
    throw new Error('no gateway');
  }
  let sessionId = '';
  let path = '';
  let screen = '';
  let open = false;
  let screens: string[] = [];

  const send = async (text: string): Promise<string> => {
    const form = new URLSearchParams({
      sessionId,
      serviceCode: '*384*55#',
      phoneNumber: msisdn,
      networkCode: '61002',
      text,
    });
    const read = gateway.readTurn({
      contentType: 'application/x-www-form-urlencoded',
      text: form.toString(),
    });
    if (read.kind !== 'read') {
      throw new Error(`unreadable: ${JSON.stringify(read)}`);
    }
    const shown = await answerTurn(house, gateway, read.value);
    const { body } = gateway.writeScreen(shown, read.value);
    open = body.startsWith('CON ');
    screen = body.slice(4);
    return screen;
  };

  return {
    async dial(tail = '') {
      sessionId = `ATUid_${randomUUID().replaceAll('-', '')}`;
      path = tail;
      screens = [];
      screens.push(await send(path));
      return screen;
    },
    async type(...replies) {
      for (const reply of replies) {
        path = path === '' ? reply : `${path}*${reply}`;
        screens.push(await send(path));
      }
      return screen;
    },
    send,
    join(call) {
      ({ sessionId, path } = call);
    },
    get screen() {
      return screen;
    },
    get open() {
      return open;
    },
    get screens() {
      return screens;
    },
    get sessionId() {
      return sessionId;
    },
    get path() {
      return path;
    },
  };
}

/** A phone behind a gateway that tells one reply alone: Hubtel's dialect. */
export interface IncrementalPhone {
  dial(tail?: string): Promise<string>;
  type(...replies: string[]): Promise<string>;
  /** Sends the newest step once more. */
  again(): Promise<string>;
}

/** As {@link aPhone}, in the incremental dialect. */
export function anIncrementalPhone(
  house: UssdHouse,
  msisdn: string,
): IncrementalPhone {
  const gateway = gateways.get('hubtel');
  if (gateway === undefined) {
    throw new Error('no gateway');
  }
  let sessionId = '';
  let sequence = 0;
  let last: Record<string, string> = {};

  const send = async (step: Record<string, string>): Promise<string> => {
    last = step;
    const read = gateway.readTurn({
      contentType: 'application/json',
      text: JSON.stringify({
        ...step,
        ServiceCode: '*384*55#',
        Operator: 'orange',
        ClientState: '',
        Mobile: msisdn.slice(1),
        SessionId: sessionId,
      }),
    });
    if (read.kind !== 'read') {
      throw new Error(`unreadable: ${JSON.stringify(read)}`);
    }
    return (await answerTurn(house, gateway, read.value)).text;
  };

  return {
    dial(tail) {
      sessionId = randomUUID();
      sequence = 1;
      const dialled = tail === undefined ? '*384*55#' : `*384*55*${tail}#`;
      return send({ Type: 'Initiation', Message: dialled, Sequence: '1' });
    },
    async type(...replies) {
      let screen = '';
      for (const reply of replies) {
        sequence += 1;
        screen = await send({
          Type: 'Response',
          Message: reply,
          Sequence: String(sequence),
        });
      }
      return screen;
    },
    again: () => send(last),
  };
}
