import { orangeSms } from '../../src/channels/orange-sms';
import type { RecipientOutcome } from '../../src/channels/sms-contract';
import { anSms } from '../support/an-sms';
import { gatewayStub, type Asked, type Canned } from '../support/gateway-stub';
import { orangeFake } from '../support/orange-fake';
import { describeSmsGateway } from './sms-contract';

const KEYS = { clientId: 'client-id', clientSecret: 'SECRETKEY1' };
const PATH = '/smsmessaging/v1/outbound/tel%3A%2B2230000/requests';

const make = (origin: string | undefined, deadlineMs: number) =>
  orangeSms({ ...KEYS, senderName: 'PROG', baseUrl: origin }, { deadlineMs });

const request = (senderName: string, message = anSms().text) => ({
  method: 'POST',
  path: PATH,
  body: JSON.stringify({
    outboundSMSMessageRequest: {
      address: 'tel:+22376123456',
      senderAddress: 'tel:+2230000',
      senderName,
      outboundSMSTextMessage: { message },
    },
  }),
});

const refusal = (status: number, exception: unknown): Canned => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ requestError: exception }),
});

const report = (deliveryStatus: string) => ({
  callbackData: 'id-1',
  address: 'tel:+22376123456',
  deliveryStatus,
});

/** Sends as often as asked, one after the other. */
async function sendTimes(
  gateway: ReturnType<typeof make>,
  times: number,
): Promise<void> {
  for (let n = 0; n < times; n += 1) await gateway.send(anSms());
}

const paths = (asked: readonly Asked[]) => asked.map(({ path }) => path);

describe('Orange SMS', () => {
  describeSmsGateway(make, {
    secrets: [KEYS.clientSecret, 'token-1', 'Y2xpZW50LWlkO'],
    fake: () => orangeFake(KEYS).answer,
    line: {
      sendPath: PATH,
      atHome: () => make(undefined, 5_000),
      home: 'api.orange.com',
      answers: [
        {
          name: '401, and again with a new token',
          answer: { status: 401 },
          fault: { failure: 'notConfigured', begun: 'no', ours: true },
        },
        {
          name: '403: nothing is left of the bundle',
          answer: refusal(403, { policyException: { messageId: 'POL0001' } }),
          fault: {
            ...{ failure: 'noBalance', begun: 'no', ours: true },
            providerCode: '403 POL0001',
          },
        },
        {
          name: '400 for the number',
          answer: refusal(400, {
            serviceException: { messageId: 'SVC0004', text: '+22376123456' },
          }),
          fault: {
            ...{ failure: 'badRecipient', begun: 'no', ours: false },
            providerCode: '400 SVC0004',
          },
        },
        {
          name: '400 for the sender',
          answer: refusal(400, { serviceException: { messageId: 'SVC0002' } }),
          fault: { failure: 'rejected', begun: 'no', ours: true },
        },
        {
          name: '201 without the address of what was made',
          answer: { status: 201, body: '{"outboundSMSMessageRequest":{}}' },
          fault: { failure: 'unreadable', begun: 'maybe' },
        },
      ],
    },
    textIn: ({ body }) => {
      // What orange-sms.ts has just written.
      const { outboundSMSMessageRequest: sms } = JSON.parse(
        body.toString('utf8'),
      ) as {
        outboundSMSMessageRequest: {
          outboundSMSTextMessage: { message: string };
        };
      };
      return sms.outboundSMSTextMessage.message;
    },
    sends: [
      {
        name: "one text to one number, under the account's name",
        sms: anSms(),
        request: request('PROG'),
        headers: {
          authorization: 'Bearer token-1',
          'content-type': 'application/json',
        },
        outcomes: [
          { id: 'm-1', kind: 'accepted', providerId: 'id-22376123456-0' },
        ],
      },
      {
        name: 'under another name where the SMS has one',
        sms: anSms({ senderId: 'PNP' }),
        request: request('PNP'),
        outcomes: [
          expect.objectContaining({ kind: 'accepted' }) as RecipientOutcome,
        ],
      },
    ],
    delivery: {
      fields: report('DeliveredToTerminal'),
      encode: (fields) => {
        const { callbackData, ...deliveryInfo } = Object.fromEntries(fields);
        const deliveryInfoNotification = { callbackData, deliveryInfo };
        const text = JSON.stringify({ deliveryInfoNotification });
        return { contentType: 'application/json', text, query: '' };
      },
      statusField: 'deliveryStatus',
      required: ['callbackData', 'deliveryStatus'],
      checked: ['callbackData', 'deliveryStatus', 'address'],
      read: (
        [
          ['DeliveredToTerminal', { status: 'delivered', isFinal: true }],
          ['DeliveredToNetwork', { status: 'sent', isFinal: false }],
          ['DeliveryUncertain', { status: 'sent', isFinal: true }],
          ['MessageWaiting', { status: 'buffered', isFinal: false }],
          [
            'DeliveryImpossible',
            { status: 'failed', isFinal: false, reason: 'unspecified' },
          ],
        ] as const
      ).map(([providerStatus, meaning]) => ({
        name: providerStatus,
        fields: report(providerStatus),
        value: {
          ...{ providerId: 'id-1', msisdn: '+22376123456' },
          ...{ ...meaning, providerStatus },
        },
      })),
    },
  });

  test('one token serves until it ends, and whoever comes first asks for it', async () => {
    const fake = orangeFake(KEYS);
    const stub = await gatewayStub(fake.answer);
    const gateway = make(stub.origin, 5_000);
    await Promise.all([1, 2, 3, 4].map(() => gateway.send(anSms())));
    await sendTimes(gateway, 3);
    expect(fake.tokens).toBe(1);
    expect(fake.received.get('+22376123456')).toHaveLength(7);
    await stub.close();
  });

  test('a token that would end on the way is renewed before', async () => {
    const fake = orangeFake(KEYS);
    fake.expiresIn = '0';
    const stub = await gatewayStub(fake.answer);
    await sendTimes(make(stub.origin, 5_000), 3);
    expect(fake.tokens).toBe(3);
    expect(paths(stub.asked).filter((path) => path === PATH)).toHaveLength(3);
    await stub.close();
  });

  test('a token that ended before its time costs one more request, and no SMS', async () => {
    const fake = orangeFake(KEYS);
    const stub = await gatewayStub(fake.answer);
    const gateway = make(stub.origin, 5_000);
    await gateway.send(anSms());
    fake.expireTokens();
    stub.forget();
    await gateway.send(anSms());
    expect(paths(stub.asked)).toEqual([PATH, '/oauth/v3/token', PATH]);
    expect(fake.received.get('+22376123456')).toHaveLength(2);
    await stub.close();
  });

  test.each<[string, Canned, object]>([
    ['silence', 'silence', { failure: 'gatewayFault' }],
    ['500', { status: 500 }, { failure: 'gatewayFault', providerCode: '500' }],
    ['503', { status: 503 }, { failure: 'throttled' }],
    ['HTML', { status: 200, body: '<html>' }, { failure: 'gatewayFault' }],
    ['401', { status: 401 }, { failure: 'notConfigured', ours: true }],
    ['400', { status: 400 }, { failure: 'notConfigured', ours: true }],
  ])(
    'without a token (%s) nothing began, so that it can be tried again',
    async (_, answer, fault) => {
      const stub = await gatewayStub(() => answer);
      const sending = make(stub.origin, 200).send(anSms());
      await expect(sending).rejects.toMatchObject({ begun: 'no', ...fault });
      expect(paths(stub.asked)).toEqual(['/oauth/v3/token']);
      await stub.close();
    },
  );

  test('a failed request for a token is not kept', async () => {
    const fake = orangeFake(KEYS);
    const stub = await gatewayStub(() => ({ status: 503 }));
    const gateway = make(stub.origin, 5_000);
    await expect(gateway.send(anSms())).rejects.toMatchObject({ begun: 'no' });
    stub.answer = fake.answer;
    expect(await gateway.send(anSms())).toMatchObject([{ kind: 'accepted' }]);
    await stub.close();
  });

  test('tells what is left of the bundles that still count, and until when', async () => {
    const stub = await gatewayStub(orangeFake(KEYS).answer);
    const gateway = make(stub.origin, 5_000);
    expect(await gateway.balance?.()).toEqual({
      amount: 4_200,
      unit: 'SMS',
      expiresAt: new Date('2027-01-31T00:00:00Z'),
    });
    expect(stub.asked.at(-1)).toMatchObject({
      method: 'GET',
      path: '/sms/admin/v1/contracts',
    });
    await stub.close();
  });

  test('says how many numbers and how many a second it takes', () => {
    expect(make('http://127.0.0.1:9', 1)).toMatchObject({
      mostRecipients: 1,
      perSecond: 5,
    });
  });
});
