import { africasTalkingSms } from '../../src/channels/africas-talking-sms';
import {
  DELIVERY_STATUSES,
  FAILURE_REASONS,
  SEND_CODES,
} from '../../src/channels/africas-talking-words';
import type { RecipientOutcome } from '../../src/channels/sms-contract';
import { anSms } from '../support/an-sms';
import { africasTalkingFake } from '../support/africas-talking-fake';
import { gatewayStub, type Canned } from '../support/gateway-stub';
import { describeSmsGateway } from './sms-contract';

const ACCOUNT = { username: 'jigi', apiKey: 'SECRETKEY1', senderId: 'JIGI' };
const PATH = '/version1/messaging';
const FORM = 'application/x-www-form-urlencoded';

const make = (origin: string | undefined, deadlineMs: number) =>
  africasTalkingSms({ ...ACCOUNT, baseUrl: origin }, { deadlineMs });

const three = [
  { id: 'a', msisdn: '+22376000001' },
  { id: 'b', msisdn: '+22366000002' },
  { id: 'c', msisdn: '+22350000003' },
];

const answer = (Recipients: unknown, Message = 'Sent'): Canned => ({
  status: 201,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ SMSMessageData: { Message, Recipients } }),
});

const entry = (number: string, statusCode: number | string, more = {}) => ({
  ...{ number, statusCode, status: 'Any', cost: '0', messageId: 'None' },
  ...more,
});

const request = (to: string, message: string, from = 'JIGI') => ({
  method: 'POST',
  path: PATH,
  body: new URLSearchParams([
    ...[['username', 'jigi'] as [string, string]],
    ['to', to],
    ['message', message],
    ['from', from],
    ['bulkSMSMode', '1'],
  ]).toString(),
});

const unread = (id: string, providerCode?: string) =>
  expect.objectContaining({
    ...{ id, kind: 'refused', failure: 'unreadable', begun: 'maybe' },
    ...(providerCode !== undefined && { providerCode }),
  }) as RecipientOutcome;

const toThree = {
  sms: anSms({ recipients: three }),
  request: request(three.map(({ msisdn }) => msisdn).join(), anSms().text),
};

const encode = (fields: readonly (readonly [string, string])[]) => ({
  contentType: FORM,
  text: fields
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&'),
  query: '',
});

describe("Africa's Talking SMS", () => {
  describeSmsGateway(make, {
    secrets: [ACCOUNT.apiKey],
    fake: () => africasTalkingFake(ACCOUNT).answer,
    line: {
      sendPath: PATH,
      atHome: () => make(undefined, 5_000),
      home: 'api.africastalking.com',
      answers: [
        ...[401, 403].map((status) => ({
          name: `${status}: the key is not that of the account`,
          answer: { status, body: 'The supplied authentication is invalid' },
          fault: { failure: 'notConfigured', begun: 'no', ours: true } as const,
        })),
        {
          name: 'no recipient, and the reason in the message: an empty account',
          answer: answer([], 'InsufficientBalance'),
          fault: { failure: 'noBalance', begun: 'no', ours: true },
        },
        {
          name: 'no recipient, and the reason in the message: the sender',
          answer: answer([], 'InvalidSenderId'),
          fault: { failure: 'notConfigured', begun: 'no', ours: true },
        },
      ],
    },
    textIn: ({ body }) =>
      new URLSearchParams(body.toString('utf8')).get('message') ?? '',
    sends: [
      {
        name: "one text to one number, under the account's name",
        sms: anSms(),
        request: request('+22376123456', anSms().text),
        headers: { apikey: ACCOUNT.apiKey, accept: 'application/json' },
        outcomes: [
          {
            id: 'm-1',
            kind: 'accepted',
            providerId: 'ATXid_22376123456_0',
            segments: 1,
            cost: 'XOF 15.0000',
          },
        ],
      },
      {
        name: 'under another name where the SMS has one',
        sms: anSms({ senderId: 'PNP' }),
        request: request('+22376123456', anSms().text, 'PNP'),
        outcomes: [
          expect.objectContaining({ kind: 'accepted' }) as RecipientOutcome,
        ],
      },
      {
        ...toThree,
        name: 'one text to many, answered in another order and in other forms of the numbers',
        answer: answer([
          entry('00223 50 00 00 03', 101, { messageId: 'three' }),
          entry('22376000001', '100', { messageId: 'one', cost: 'KES 0.8000' }),
          entry('66000002', 102, { messageId: 'two' }),
        ]),
        outcomes: [
          { id: 'a', kind: 'accepted', providerId: 'one', cost: 'KES 0.8000' },
          { id: 'b', kind: 'accepted', providerId: 'two', cost: '0' },
          { id: 'c', kind: 'accepted', providerId: 'three', cost: '0' },
        ],
      },
      {
        ...toThree,
        name: 'some refused: each has its own result',
        answer: answer([
          entry('+22376000001', 405),
          entry('+22366000002', 406),
          entry('+22350000003', 101, { messageId: 'three' }),
        ]),
        outcomes: [
          {
            ...{ id: 'a', kind: 'refused', failure: 'noBalance', begun: 'no' },
            ...{ ours: true, providerCode: '405 InsufficientBalance' },
            reason: 'refused: InsufficientBalance',
          },
          {
            ...{ id: 'b', kind: 'refused', failure: 'barred', begun: 'no' },
            ...{ ours: false, providerCode: '406 UserInBlacklist' },
            reason: 'refused: UserInBlacklist',
          },
          { id: 'c', kind: 'accepted', providerId: 'three', cost: '0' },
        ],
      },
      {
        ...toThree,
        name: 'fewer entries than numbers: whoever is missing may have been reached',
        answer: answer([
          entry('+22366000002', 101),
          entry('+22399999999', 101),
        ]),
        outcomes: [
          unread('a'),
          { id: 'b', kind: 'accepted', cost: '0' },
          unread('c'),
        ],
      },
      {
        ...toThree,
        name: 'codes and entries that nobody knows: loud, and not sent again',
        answer: answer([
          entry('+22376000001', 777),
          null,
          'entry',
          entry('+22350000003', 'many\n'),
        ]),
        outcomes: [unread('a', '777'), unread('b'), unread('c', 'none')],
      },
      {
        ...toThree,
        name: 'no entry and no reason',
        answer: answer([]),
        outcomes: [unread('a'), unread('b'), unread('c')],
      },
      {
        name: 'the same number twice, each with its own id',
        sms: anSms({
          recipients: [
            { id: 'a', msisdn: '+22376000001' },
            { id: 'b', msisdn: '+22376000001' },
          ],
        }),
        request: request('+22376000001,+22376000001', anSms().text),
        answer: answer([
          entry('+22376000001', 101, { messageId: 'one' }),
          entry('+22376000001', 101, { messageId: 'two' }),
        ]),
        outcomes: [
          { id: 'a', kind: 'accepted', providerId: 'one', cost: '0' },
          { id: 'b', kind: 'accepted', providerId: 'two', cost: '0' },
        ],
      },
    ],
    delivery: {
      fields: {
        id: 'ATXid_1',
        status: 'Success',
        phoneNumber: '+22376123456',
        networkCode: '61002',
      },
      encode,
      statusField: 'status',
      required: ['id', 'status'],
      checked: ['id', 'status', 'phoneNumber'],
      read: [
        {
          name: 'that it arrived',
          fields: {
            id: 'ATXid_1',
            status: 'Success',
            phoneNumber: '+22376123456',
          },
          value: {
            ...{ providerId: 'ATXid_1', msisdn: '+22376123456' },
            ...{
              status: 'delivered',
              isFinal: true,
              providerStatus: 'Success',
            },
          },
        },
        {
          name: 'without its number',
          fields: { id: 'ATXid_1', status: 'Buffered', phoneNumber: '' },
          value: {
            ...{ providerId: 'ATXid_1', status: 'buffered', isFinal: false },
            providerStatus: 'Buffered',
          },
        },
        ...Array.from(FAILURE_REASONS, ([failureReason, reason]) => ({
          name: `that it failed, by ${failureReason}`,
          fields: { id: 'ATXid_1', status: 'Failed', failureReason },
          value: {
            ...{ providerId: 'ATXid_1', status: 'failed' as const },
            ...{
              isFinal: true,
              reason,
              providerStatus: `Failed ${failureReason}`,
            },
          },
        })),
        {
          name: 'that it failed, for a reason nobody knows',
          fields: { id: 'ATXid_1', status: 'Rejected', failureReason: 'Moon' },
          value: {
            ...{ providerId: 'ATXid_1', status: 'failed', isFinal: true },
            ...{ reason: 'refused', providerStatus: 'Rejected Moon' },
          },
        },
      ],
    },
    inbound: {
      fields: {
        ...{ id: 'in-1', from: '+22376123456', to: '36710', text: 'STOP' },
        date: '2026-11-21 10:00:00',
      },
      encode,
      required: ['id', 'from', 'to', 'text'],
      checked: ['id', 'from', 'to', 'date'],
      read: [
        ...['2026-11-21 10:00:00', '2026-11-21T10:00:00Z'].map((date) => ({
          name: `an SMS dated ${date}`,
          fields: {
            id: 'in-1',
            from: '+22376123456',
            to: '36710',
            text: 'Awɔ\u0000\n1',
            date,
          },
          value: {
            ...{ kind: 'sms' as const, providerId: 'in-1' },
            ...{ from: '+22376123456', to: '36710', text: 'Awɔ \n1' },
            at: new Date('2026-11-21T10:00:00Z'),
          },
        })),
        {
          name: 'an empty SMS from a name, dated otherwise',
          fields: {
            id: 'in-1',
            from: 'Orange',
            to: '36710',
            text: '',
            date: '21/11',
          },
          value: {
            ...{ kind: 'sms', providerId: 'in-1', from: 'Orange', to: '36710' },
            text: '',
          },
        },
        {
          name: 'that somebody told the gateway to be left alone',
          fields: { senderId: 'JIGI', phoneNumber: '+22376123456' },
          value: { kind: 'optOut', msisdn: '+22376123456', senderId: 'JIGI' },
        },
      ],
    },
  });

  test('every documented code and status has its meaning', () => {
    expect([...SEND_CODES.keys()]).toEqual([
      ...[100, 101, 102, 401, 402, 403, 404, 405, 406, 407, 409],
      ...[500, 501, 502],
    ]);
    expect([...DELIVERY_STATUSES.keys()].sort()).toEqual([
      ...['AbsentSubscriber', 'Buffered', 'Expired', 'Failed', 'Rejected'],
      ...['Sent', 'Submitted', 'Success'],
    ]);
  });

  test('only what the gateway says it did not take may be tried again', async () => {
    const stub = await gatewayStub(() => ({ status: 500 }));
    const gateway = make(stub.origin, 5_000);
    const failures: [number, string, string][] = [];
    for (const [code, { means }] of SEND_CODES) {
      if (means === 'accepted') continue;
      stub.answer = () => answer([entry('+22376123456', code)]);
      const [outcome] = await gateway.send(anSms());
      if (outcome?.kind !== 'refused') throw new Error(String(code));
      failures.push([code, outcome.failure, outcome.begun]);
    }
    expect(failures).toEqual([
      [401, 'rejected', 'no'],
      [402, 'notConfigured', 'no'],
      [403, 'badRecipient', 'no'],
      [404, 'badRecipient', 'no'],
      [405, 'noBalance', 'no'],
      [406, 'barred', 'no'],
      [407, 'badRecipient', 'no'],
      [409, 'barred', 'no'],
      [500, 'gatewayFault', 'no'],
      [501, 'gatewayFault', 'no'],
      [502, 'rejected', 'no'],
    ]);
    await stub.close();
  });

  test('a number that the package takes for none does not stop the others', async () => {
    const fake = africasTalkingFake(ACCOUNT);
    const stub = await gatewayStub(fake.answer);
    const recipients = [
      { id: 'a', msisdn: '+22376000001' },
      { id: 'none', msisdn: '+9991234567' },
      { id: 'b', msisdn: '+22376000002' },
    ];
    const outcomes = await make(stub.origin, 5_000).send(anSms({ recipients }));
    expect(outcomes.map(({ id, kind }) => [id, kind])).toEqual([
      ['a', 'accepted'],
      ['none', 'refused'],
      ['b', 'accepted'],
    ]);
    expect(outcomes[1]).toMatchObject({ failure: 'badRecipient', begun: 'no' });
    expect(stub.asked).toHaveLength(1);
    expect([...fake.received.keys()]).toEqual(['+22376000001', '+22376000002']);
    await stub.close();
  });

  test('live and sandbox stand side by side, each with its own address and key', async () => {
    const live = await gatewayStub(africasTalkingFake(ACCOUNT).answer);
    const sandbox = { username: 'sandbox', apiKey: 'SECRETKEY2' };
    const trial = await gatewayStub(africasTalkingFake(sandbox).answer);
    const gateways = [
      make(live.origin, 5_000),
      africasTalkingSms({
        ...sandbox,
        senderId: undefined,
        baseUrl: trial.origin,
      }),
    ];
    const rounds = await Promise.all(
      [...gateways, ...gateways].map((gateway) => gateway.send(anSms())),
    );
    expect(rounds.flat().map(({ kind }) => kind)).toEqual(
      Array(4).fill('accepted'),
    );
    const keysAt = (stub: typeof live) =>
      stub.asked.map(({ headers }) => headers['apikey']);
    expect(keysAt(live)).toEqual(['SECRETKEY1', 'SECRETKEY1']);
    expect(keysAt(trial)).toEqual(['SECRETKEY2', 'SECRETKEY2']);
    await live.close();
    await trial.close();
  });

  test('tells what is left on the account', async () => {
    const stub = await gatewayStub(africasTalkingFake(ACCOUNT).answer);
    const gateway = make(stub.origin, 5_000);
    expect(await gateway.balance?.()).toEqual({ amount: 1785.5, unit: 'XOF' });
    expect(stub.asked[0]?.path).toBe('/version1/user?username=jigi');
    stub.answer = () => ({ status: 200, body: '{"UserData":{}}' });
    await expect(gateway.balance?.()).rejects.toMatchObject({
      failure: 'unreadable',
    });
    await stub.close();
  });
});
