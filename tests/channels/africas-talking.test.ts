import { africasTalkingUssd } from '../../src/channels/africas-talking';
import type { UssdTurn } from '../../src/channels/contract';
import { describeUssdGateway } from './contract';

const FORM = 'application/x-www-form-urlencoded';

const GOOD = {
  sessionId: 'ATUid_0f5c7a9be2d14e0f9b3a2c1d0e4f5a6b',
  serviceCode: '*384*55#',
  phoneNumber: '+22376123456',
  networkCode: '61001',
  text: '1*2345',
};

const HEAD =
  'sessionId=ATUid_0f5c7a9be2d14e0f9b3a2c1d0e4f5a6b&serviceCode=%2A384%2A55%23&phoneNumber=%2B22376123456&networkCode=61001';

function turn(path: string): UssdTurn {
  return {
    gateway: 'africastalking',
    sessionId: GOOD.sessionId,
    msisdn: '+22376123456',
    serviceCode: '*384*55#',
    input: { mode: 'cumulative', path },
  };
}

const form = (text: string) => ({ contentType: FORM, text });

test.each([
  '+22312345',
  '+2237612345',
  '+223761234567',
  '+1234567',
  '76123456',
])(
  '%s is no number that can dial: its caller is told to try again',
  (number) => {
    const body = form(
      `${HEAD.replace('%2B22376123456', encodeURIComponent(number))}&text=`,
    );
    expect(
      africasTalkingUssd({ septets: 160, alphabet: 'gsm7' }).readTurn(body)
        .kind,
    ).toBe('unreadable');
  },
);

describe("Africa's Talking", () => {
  describeUssdGateway(africasTalkingUssd, {
    contentType: FORM,
    request: GOOD,
    encode: (fields) =>
      fields
        .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
        .join('&'),
    required: ['sessionId', 'serviceCode', 'phoneNumber', 'text'],
    checked: ['sessionId', 'serviceCode', 'phoneNumber', 'text'],
    answerableWithout: () => true,
    turns: [
      { name: 'the dial', body: `${HEAD}&text=`, turn: turn('') },
      {
        name: 'a field without its sign',
        body: `${HEAD}&text`,
        turn: turn(''),
      },
      { name: 'a reply', body: `${HEAD}&text=1%2A2345`, turn: turn('1*2345') },
      {
        name: 'a reply whose stars are not escaped',
        body: `${HEAD}&text=1*2345`,
        turn: turn('1*2345'),
      },
      { name: 'an empty reply', body: `${HEAD}&text=1%2A`, turn: turn('1*') },
      {
        name: 'spaces as plus or as %20',
        body: `${HEAD}&text=12+34%2056`,
        turn: turn('12 34 56'),
      },
      {
        name: 'letters beyond ASCII',
        body: `${HEAD}&text=%C9%9B`,
        turn: turn('ɛ'),
      },
      {
        name: 'a field whose name is escaped',
        body: `${HEAD}&%74ext=1`,
        turn: turn('1'),
      },
      {
        name: 'a doubled field that nobody asks for',
        body: `${HEAD}&networkCode=1&text=1`,
        turn: turn('1'),
      },
    ],
    refused: [
      {
        name: 'a number whose plus came as a space',
        body: form(`${HEAD.replace('%2B', '+')}&text=1`),
        secrets: ['22376123456'],
      },
      {
        name: 'a number without its plus',
        body: form(`${HEAD.replace('%2B', '')}&text=1`),
        secrets: ['22376123456'],
      },
      {
        name: 'a number that is none',
        body: form(`${HEAD.replace('%2B22376123456', '%2B')}&text=1`),
      },
      {
        name: 'a list in the place of a field',
        body: form(`${HEAD}&text[]=4711`),
        secrets: ['4711'],
      },
      {
        name: 'a list beside a field',
        body: form(`${HEAD}&text=1&text%5B0%5D=4711`),
        secrets: ['4711'],
      },
      {
        name: 'a bad percent sign',
        body: form(`${HEAD}&text=4711%2`),
        secrets: ['4711'],
      },
      {
        name: 'bytes that are not UTF-8',
        body: form(`${HEAD}&text=4711%FF`),
        secrets: ['4711'],
      },
      { name: 'a name that is not UTF-8', body: form(`${HEAD}&%FF=1&text=`) },
      {
        name: 'JSON',
        body: { contentType: 'application/json', text: JSON.stringify(GOOD) },
        secrets: ['2345'],
      },
      {
        name: 'JSON announced as a form',
        body: form(JSON.stringify(GOOD)),
        secrets: ['2345'],
      },
    ],
    screens: [
      {
        name: 'that goes on',
        screen: { text: 'Jigisèmèjiri\n1 Mon paiement', end: false },
        body: 'CON Jigisèmèjiri\n1 Mon paiement',
      },
      {
        name: 'that ends the call',
        screen: { text: 'Merci.', end: true },
        body: 'END Merci.',
      },
      {
        name: 'in letters the networks lack',
        screen: { text: 'Aw ni cɛ, ŋaniya', end: true },
        body: 'END Aw ni cè, nganiya',
      },
    ],
    ends: [
      {
        name: 'as expected, with its figures',
        body: `${HEAD}&date=2026-11-21+10%3A00%3A00&status=Success&cost=0.00&durationInMillis=8200&hopsCount=3&input=1%2A2345&lastAppResponse=END+30+000`,
        end: {
          sessionId: GOOD.sessionId,
          status: 'success',
          durationMs: 8200,
          hops: 3,
        },
      },
      {
        name: 'by the caller, without figures',
        body: `${HEAD}&status=Incomplete&durationInMillis=&hopsCount=many`,
        end: { sessionId: GOOD.sessionId, status: 'incomplete' },
      },
      {
        name: 'by our fault',
        body: `${HEAD}&status=Failed`,
        end: { sessionId: GOOD.sessionId, status: 'failed' },
      },
      ...['Novelty', 'constructor', ''].map((status) => ({
        name: `with a status ${JSON.stringify(status)} that nobody knows`,
        body: `${HEAD}&status=${status}`,
        end: { sessionId: GOOD.sessionId, status: 'unknown' as const },
      })),
    ],
  });

  const gateway = africasTalkingUssd({ septets: 160, alphabet: 'gsm7' });

  test.each([
    '',
    HEAD.replace(/^sessionId=[^&]*/, 'x=1'),
    `${HEAD}&sessionId=2`,
  ])('an event that names no single call is refused', (text) => {
    const end = gateway.readEnd?.({ contentType: FORM, text });
    expect(end?.kind).toBe('unreadable');
  });

  test('an event is read without its input and our last words', () => {
    const text = `${HEAD}&status=Success&input=1%2A4711&lastAppResponse=%FF`;
    const end = gateway.readEnd?.({ contentType: FORM, text });
    expect(end?.kind).toBe('read');
    expect(JSON.stringify(end)).not.toMatch(/4711|22376123456/);
  });
});
