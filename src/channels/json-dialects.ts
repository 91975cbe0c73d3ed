import type { ReturnAddress, UssdScreen } from './contract';

/** How one operator's gateway writes what all of them say: names of fields, and the answer. */
export interface JsonDialect {
  name: string;
  fields: {
    sessionId: string;
    /** Whether the caller dials, replies or is gone. */
    step: string;
    msisdn: string;
    reply: string;
    serviceCode?: string;
    sequence?: string;
  };
  /** What the step's field may hold, in lower case; `true` and `false` for flags. */
  steps: ReadonlyMap<string, 'start' | 'reply' | 'end'>;
  /** Fields that the gateway wants back unchanged. */
  echo: readonly string[];
  /** The body of an answer. */
  answer(
    screen: UssdScreen,
    to?: ReturnAddress,
  ): Readonly<Record<string, string | boolean>>;
}

/**
 * Hubtel's shape: `{"Type":"Response","Message":"1","ServiceCode":"384*55","Operator":"orange",
 * "ClientState":"","Mobile":"22376123456","SessionId":"3c79…","Sequence":"2"}`.
 * Source: developers.hubtel.com, programmable services.
 */
export const HUBTEL: JsonDialect = {
  name: 'hubtel',
  fields: {
    sessionId: 'SessionId',
    step: 'Type',
    msisdn: 'Mobile',
    reply: 'Message',
    serviceCode: 'ServiceCode',
    sequence: 'Sequence',
  },
  // Their pages write these now with a capital, now without.
  steps: new Map([
    ['initiation', 'start'],
    ['response', 'reply'],
    ['release', 'end'],
  ]),
  echo: ['ClientState'],
  answer: (screen, to) => ({
    SessionId: to?.sessionId ?? '',
    Type: screen.end ? 'release' : 'response',
    Message: screen.text,
    ClientState: to?.echo?.['ClientState'] ?? '',
  }),
};
