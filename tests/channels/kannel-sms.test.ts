import { kannelSms } from '../../src/channels/kannel-sms';
import type { RecipientOutcome } from '../../src/channels/sms-contract';
import { anSms } from '../support/an-sms';
import type { Canned } from '../support/gateway-stub';
import { describeSmsGateway } from './sms-contract';

const ACCOUNT = { username: 'jigi', password: 'SECRETKEY1' };
const PATH = '/cgi-bin/sendsms';
const CALLBACK = 'http://web:8080/webhooks/kannel/TOKENSECRET/delivery';

const make = (url: string, deadlineMs: number) =>
  kannelSms({ ...ACCOUNT, url, callbackUrl: CALLBACK }, { deadlineMs });

const says = (status: number, body: string): Canned => ({ status, body });

const query = (fields: readonly (readonly [string, string])[]) => ({
  contentType: '',
  text: '',
  query: fields
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&'),
});

const delivery = (type: string, answer = '') => ({
  ...{ id: 'm-1', type, at: '1795647601' },
  answer,
});
const at = new Date('2026-11-25T23:00:01Z');

const operatorSays = (stat: string) =>
  `id:17 sub:001 dlvrd:001 submit date:2611252300 done date:2611252301 stat:${stat} err:000 text:Paiement +22376123456`;

const BODIES = {
  gsm7: Buffer.from('reçu'.replace('ç', 'Ç') + ' €', 'utf8'),
  ucs2: Buffer.from('0063025b0020d83dde00', 'hex'),
};

const request = (body: Buffer | string) => ({
  method: 'POST',
  path: PATH,
  body,
});

describe('Kannel SMS', () => {
  describeSmsGateway(make, {
    secrets: [ACCOUNT.password, 'TOKENSECRET'],
    fake: () => () => says(202, '0: Accepted for delivery'),
    line: {
      sendPath: PATH,
      atHome: () => make('http://kannel.example:13013', 5_000),
      home: 'kannel.example',
      answers: [
        {
          name: '403: user or password are wrong',
          answer: says(403, 'Authorization failed for sendsms'),
          fault: { failure: 'notConfigured', begun: 'no', ours: true },
        },
        {
          name: '403: no operator of the configuration takes the number',
          answer: says(403, 'Not routable. Do not try again.'),
          fault: { failure: 'badRecipient', begun: 'no', ours: false },
        },
        {
          name: '400: the number is on a list',
          answer: says(
            400,
            'Number(s) has/have been denied by white- and/or black-lists.',
          ),
          fault: { failure: 'badRecipient', begun: 'no' },
        },
        {
          name: '503: Kannel itself takes no more',
          answer: says(503, 'Temporal failure, try again later.'),
          fault: { failure: 'throttled', begun: 'no' },
        },
        {
          name: '202 with another word',
          answer: says(202, '4: Novelty'),
          fault: { failure: 'unreadable', begun: 'maybe' },
        },
      ],
    },
    textIn: ({ headers, body }) =>
      headers['x-kannel-coding'] === '2'
        ? Buffer.from(body).swap16().toString('utf16le')
        : body.toString('utf8'),
    sends: [
      {
        name: 'in GSM-7, with our id in the address of the report',
        sms: anSms({ text: BODIES.gsm7.toString('utf8') }),
        request: request(BODIES.gsm7),
        headers: {
          'x-kannel-username': 'jigi',
          'x-kannel-password': 'SECRETKEY1',
          'x-kannel-to': '+22376123456',
          'x-kannel-coding': '0',
          'x-kannel-dlr-mask': '31',
          'x-kannel-dlr-url': `${CALLBACK}?id=m-1&type=%d&at=%T&answer=%A`,
          'content-type': 'text/plain; charset=UTF-8',
        },
        outcomes: [{ id: 'm-1', kind: 'accepted' }],
      },
      {
        name: 'in UCS-2, as UTF-16BE, under the name that the SMS has',
        sms: anSms({ text: 'cɛ 😀', encoding: 'ucs2', senderId: 'JIGI' }),
        request: request(BODIES.ucs2),
        headers: {
          'x-kannel-coding': '2',
          'x-kannel-from': 'JIGI',
          'content-type': 'text/plain; charset=UTF-16BE',
        },
        outcomes: [{ id: 'm-1', kind: 'accepted' }],
      },
      {
        name: 'while the operator is away: Kannel keeps it',
        sms: anSms(),
        answer: says(202, '3: Queued for later delivery'),
        request: request(anSms().text),
        outcomes: [
          expect.objectContaining({ kind: 'accepted' }) as RecipientOutcome,
        ],
      },
    ],
    delivery: {
      fields: { ...delivery('1'), answer: operatorSays('DELIVRD') },
      encode: query,
      statusField: 'type',
      required: ['id', 'type'],
      checked: ['id', 'type', 'at'],
      read: (
        [
          ['1', '', '1', { status: 'delivered', isFinal: true }],
          [
            ...['1', operatorSays('DELIVRD'), '1 DELIVRD'],
            { status: 'delivered', isFinal: true },
          ],
          ['8', 'ACK/', '8 ACK/', { status: 'sent', isFinal: false }],
          ['4', '', '4', { status: 'buffered', isFinal: false }],
          [
            ...['2', operatorSays('EXPIRED'), '2 EXPIRED'],
            { status: 'failed', isFinal: true, reason: 'expired' },
          ],
          [
            ...['2', operatorSays('UNDELIV'), '2 UNDELIV'],
            { status: 'failed', isFinal: true, reason: 'unspecified' },
          ],
          [
            ...['16', 'NACK/11/Invalid Destination Address', '16 NACK/11'],
            { status: 'failed', isFinal: true, reason: 'noSuchNumber' },
          ],
          [
            ...['16', 'NACK/', '16 NACK/'],
            { status: 'failed', isFinal: true, reason: 'refused' },
          ],
        ] as const
      ).map(([type, answer, providerStatus, meaning]) => ({
        name: `of kind ${type}, ${JSON.stringify(answer.slice(0, 12))}`,
        fields: delivery(type, answer),
        value: { ourId: 'm-1', ...meaning, providerStatus, at },
      })),
    },
    inbound: {
      fields: {
        ...{ id: 'in-1', from: '+22376123456', to: '36710', text: 'STOP' },
        at: '1795647601',
      },
      encode: query,
      required: ['id', 'from', 'to', 'text'],
      checked: ['id', 'from', 'to', 'at'],
      read: ['+22376123456', '22376123456', '0022376123456', '76123456'].map(
        (from) => ({
          name: `an SMS from ${from}`,
          fields: {
            ...{ id: 'in-1', from, to: '36710', text: 'Awɔ & 1\r\n2' },
            at: '1795647601',
          },
          value: {
            ...{ kind: 'sms' as const, providerId: 'in-1' },
            ...{ from: '+22376123456', to: '36710', text: 'Awɔ & 1\n2', at },
          },
        }),
      ),
    },
  });

  test('keeps nothing of the SMS that an operator repeats in its report', () => {
    const fields = { ...delivery('2'), answer: operatorSays('EXPIRED') };
    const read = make('http://127.0.0.1:9', 1).readDelivery(
      query(Object.entries(fields)),
    );
    expect(read.kind).toBe('read');
    expect(JSON.stringify(read)).not.toMatch(/Paiement|76123456/);
  });
});
