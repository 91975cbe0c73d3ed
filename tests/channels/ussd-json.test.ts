import type { UssdTurn } from '../../src/channels/contract';
import { HUBTEL, type JsonDialect } from '../../src/channels/json-dialects';
import { jsonUssd } from '../../src/channels/ussd-json';
import { describeUssdGateway } from './contract';

const JSON_TYPE = 'application/json';

/** Written by hand, for `JSON.stringify` cannot double a name. */
function encode(fields: readonly (readonly [string, unknown])[]): string {
  const pairs = fields.map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  return `{${pairs.join(',')}}`;
}

const body = (fields: object) => ({
  contentType: JSON_TYPE,
  text: JSON.stringify(fields),
});

describe("a gateway of Hubtel's shape", () => {
  const good = {
    Type: 'Response',
    Message: '2345',
    ServiceCode: '384*55',
    Operator: 'orange',
    ClientState: 'kept',
    Mobile: '22376123456',
    SessionId: '3c796dac28174f739de4262d08409c51',
    Sequence: '2',
  };

  function turn(input: object): UssdTurn {
    return {
      gateway: 'hubtel',
      sessionId: good.SessionId,
      msisdn: '+22376123456',
      serviceCode: '384*55',
      input: {
        mode: 'incremental',
        start: false,
        reply: '2345',
        sequence: '2',
        ...input,
      },
      echo: { ClientState: 'kept' },
    };
  }

  const written = (fields: object) => JSON.stringify({ ...good, ...fields });

  describeUssdGateway((page) => jsonUssd(HUBTEL, page), {
    contentType: JSON_TYPE,
    request: good,
    encode,
    required: ['Type', 'Message', 'ServiceCode', 'Mobile', 'SessionId'],
    checked: [
      'Type',
      'Message',
      'ServiceCode',
      'Mobile',
      'SessionId',
      'Sequence',
      'ClientState',
    ],
    // An answer that does not name its call would find nobody.
    answerableWithout: (field) => field !== 'SessionId',
    turns: [
      { name: 'a reply', body: written({}), turn: turn({}) },
      {
        name: 'a type in other letters',
        body: written({ Type: 'response' }),
        turn: turn({}),
      },
      {
        name: 'the dial',
        body: written({
          Type: 'Initiation',
          Message: '*384*55#',
          Sequence: '1',
        }),
        turn: turn({ start: true, reply: '', sequence: '1' }),
      },
      {
        name: 'the dial of a published tail',
        body: written({ Type: 'INITIATION', Message: '*384*55*1#' }),
        turn: turn({ start: true, reply: '1' }),
      },
      {
        name: 'the dial of another code as no tail',
        body: written({ Type: 'initiation', Message: '*384*555#' }),
        turn: turn({ start: true, reply: '' }),
      },
      {
        name: 'an empty reply',
        body: written({ Message: '' }),
        turn: turn({ reply: '' }),
      },
      {
        name: 'a number that has its plus',
        body: written({ Mobile: '+22376123456' }),
        turn: turn({}),
      },
      {
        name: 'numbers where a text was promised',
        body: written({ Sequence: 2 }),
        turn: turn({}),
      },
      {
        name: 'a reply that looks like JSON',
        body: written({ Message: '{"Type":"x"}\\' }),
        turn: turn({ reply: '{"Type":"x"}\\' }),
      },
      {
        name: 'nothing to echo',
        body: written({ ClientState: null }),
        turn: { ...turn({}), echo: { ClientState: '' } },
      },
    ],
    refused: [
      {
        name: 'a reply that lost its zeros as a number',
        body: body({ ...good, Message: 4711 }),
        secrets: ['4711'],
      },
      {
        name: 'a list in the place of a reply',
        body: body({ ...good, Message: ['4711'] }),
        secrets: ['4711'],
      },
      {
        name: 'an object in the place of a number',
        body: body({ ...good, Mobile: { a: '4711' } }),
        secrets: ['4711'],
      },
      { name: 'an unknown type', body: body({ ...good, Type: 'constructor' }) },
      {
        name: 'a name doubled by an escape',
        body: {
          contentType: JSON_TYPE,
          text: `${JSON.stringify(good).slice(0, -1)},"\\u004dessage":"4711"}`,
        },
        secrets: ['4711'],
      },
      {
        name: 'a form',
        body: {
          contentType: 'application/x-www-form-urlencoded',
          text: 'SessionId=1&Message=4711',
        },
        secrets: ['4711'],
      },
      {
        name: 'half an object',
        body: { contentType: JSON_TYPE, text: '{"Message":"4711"' },
        secrets: ['4711'],
      },
    ],
    screens: [
      {
        name: 'that goes on',
        screen: { text: '1 Payé\n0 Retour', end: false },
        to: turn({}),
        body: `{"SessionId":"${good.SessionId}","Type":"response","Message":"1 Payé\\n0 Retour","ClientState":"kept"}`,
      },
      {
        name: 'that ends the call',
        screen: { text: 'Aw ni cɛ', end: true },
        to: turn({}),
        body: `{"SessionId":"${good.SessionId}","Type":"release","Message":"Aw ni cè","ClientState":"kept"}`,
      },
    ],
  });

  const gateway = jsonUssd(HUBTEL, { septets: 160, alphabet: 'gsm7' });

  test.each(['Release', 'release'])(
    '%s says that the caller is gone',
    (Type) => {
      const text = JSON.stringify({ SessionId: good.SessionId, Type });
      expect(gateway.readTurn({ contentType: JSON_TYPE, text })).toEqual({
        kind: 'ended',
        end: { sessionId: good.SessionId, status: 'unknown' },
        to: { sessionId: good.SessionId, echo: { ClientState: '' } },
      });
    },
  );

  test('a refused request keeps the address that its polite end goes to', () => {
    const refused = gateway.readTurn(body({ ...good, Mobile: 'nobody' }));
    if (refused.kind !== 'unreadable') throw new Error(`was ${refused.kind}`);
    const reply = gateway.writeScreen(
      { text: 'Merci.', end: true },
      refused.to,
    );
    expect(JSON.parse(reply.body)).toEqual({
      SessionId: good.SessionId,
      Type: 'release',
      Message: 'Merci.',
      ClientState: 'kept',
    });
  });
});

/** Names of Arkesel's public examples. Here to show that another operator is only another table. */
const ARKESEL: JsonDialect = {
  name: 'arkesel',
  fields: {
    sessionId: 'sessionID',
    step: 'newSession',
    msisdn: 'msisdn',
    reply: 'userData',
  },
  steps: new Map([
    ['true', 'start'],
    ['false', 'reply'],
  ]),
  echo: ['userID'],
  answer: ({ text, end }, to) => ({
    sessionID: to?.sessionId ?? '',
    userID: to?.echo?.['userID'] ?? '',
    message: text,
    continueSession: !end,
  }),
};

describe('another dialect is another table', () => {
  const good = {
    sessionID: '8a8b2c',
    userID: 'JIGI',
    newSession: false,
    msisdn: '22376123456',
    userData: '1',
    network: 'Orange',
  };
  const turn: UssdTurn = {
    gateway: 'arkesel',
    sessionId: '8a8b2c',
    msisdn: '+22376123456',
    serviceCode: '',
    input: { mode: 'incremental', start: false, reply: '1' },
    echo: { userID: 'JIGI' },
  };

  describeUssdGateway((page) => jsonUssd(ARKESEL, page), {
    contentType: JSON_TYPE,
    request: good,
    encode,
    required: ['sessionID', 'newSession', 'msisdn', 'userData'],
    checked: ['sessionID', 'newSession', 'msisdn', 'userData', 'userID'],
    answerableWithout: (field) => field !== 'sessionID',
    turns: [
      { name: 'a reply', body: JSON.stringify(good), turn },
      {
        name: 'the dial',
        body: JSON.stringify({
          ...good,
          newSession: true,
          userData: '*384*55#',
        }),
        turn: {
          ...turn,
          input: { mode: 'incremental', start: true, reply: '' },
        },
      },
    ],
    refused: [{ name: 'nothing', body: body({}) }],
    screens: [
      {
        name: 'that goes on',
        screen: { text: 'Oui?', end: false },
        to: turn,
        body: '{"sessionID":"8a8b2c","userID":"JIGI","message":"Oui?","continueSession":true}',
      },
    ],
  });
});
