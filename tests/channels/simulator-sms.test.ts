import { simulatorSms } from '../../src/channels/simulator-sms';
import type {
  DeliveryReport,
  RawRequest,
} from '../../src/channels/sms-contract';
import { anSms } from '../support/an-sms';
import { describeSmsGateway } from './sms-contract';

const NOW = new Date('2026-11-25T10:00:00Z');
const simulator = (deadlineMs = 5_000) =>
  simulatorSms({ now: () => NOW, deadlineMs });

const encode = (fields: readonly (readonly [string, string])[]) => ({
  contentType: 'application/x-www-form-urlencoded',
  text: fields
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&'),
  query: '',
});

const PHONE = '+22376123456';

/** The next report, as its webhook would read it. */
function nextReport(
  gateway: ReturnType<typeof simulator>,
): Promise<DeliveryReport> {
  return new Promise((resolve, reject) => {
    const stop = gateway.onReport((request: RawRequest) => {
      stop();
      const read = gateway.readDelivery(request);
      if (read.kind === 'read') resolve(read.value);
      else reject(new Error(read.reason));
    });
  });
}

describe('the simulator', () => {
  describeSmsGateway(() => simulator(), {
    secrets: [],
    textIn: () => '',
    sends: [],
    delivery: {
      fields: { id: 'sim-1', status: 'delivered', phoneNumber: PHONE },
      encode,
      statusField: 'status',
      required: ['id', 'status', 'phoneNumber'],
      checked: ['id', 'status', 'phoneNumber'],
      read: [
        {
          name: 'that it arrived',
          fields: { id: 'sim-1', status: 'delivered', phoneNumber: PHONE },
          value: {
            ...{ providerId: 'sim-1', msisdn: PHONE, status: 'delivered' },
            ...{ isFinal: true, providerStatus: 'delivered' },
          },
        },
      ],
    },
    inbound: {
      fields: { id: 'in-1', from: PHONE, to: '36710', text: 'STOP' },
      encode,
      required: ['id', 'from', 'to', 'text'],
      checked: ['id', 'from', 'to'],
      read: [
        {
          name: 'an SMS',
          fields: { id: 'in-1', from: PHONE, to: '36710', text: 'Awɔ' },
          value: {
            ...{ kind: 'sms', providerId: 'in-1', from: PHONE },
            ...{ to: '36710', text: 'Awɔ' },
          },
        },
      ],
    },
  });

  test.each([
    anSms({ text: 'à é € [1]' }),
    anSms({ text: 'Aw ni cɛ 😀', encoding: 'ucs2', senderId: 'JIGI' }),
  ])(
    'an SMS in $encoding is in the inbox of its phone, and is reported',
    async (sms) => {
      const gateway = simulator();
      const heard: string[] = [];
      const stop = gateway.onArrival(({ text }) => heard.push(text));
      const report = nextReport(gateway);
      const [outcome] = await gateway.send(sms);
      const { text, senderId } = sms;
      expect(gateway.inbox(PHONE)).toEqual([
        expect.objectContaining({
          ...{ msisdn: PHONE, text, at: NOW },
          ...(senderId !== undefined && { senderId }),
        }),
      ]);
      const { providerId } = gateway.inbox(PHONE)[0] ?? {};
      expect(outcome).toMatchObject({
        id: 'm-1',
        kind: 'accepted',
        providerId,
        segments: 1,
      });
      expect(await report).toMatchObject({
        providerId,
        msisdn: PHONE,
        status: 'delivered',
      });
      stop();
      await gateway.send(sms);
      expect(heard).toEqual([text]);
      expect(gateway.inbox('+22366000000')).toEqual([]);
    },
  );

  test('one text reaches many phones', async () => {
    const gateway = simulator();
    const recipients = Array.from({ length: 1_000 }, (_, n) => ({
      id: `m-${n}`,
      msisdn: `+2237600${String(n).padStart(4, '0')}`,
    }));
    const outcomes = await gateway.send(anSms({ recipients }));
    expect(outcomes.map(({ id }) => id)).toEqual(
      recipients.map(({ id }) => id),
    );
    for (const { msisdn } of recipients) {
      expect(gateway.inbox(msisdn)).toHaveLength(1);
    }
  });

  test('an inbox keeps the newest fifty, and the phones that were silent longest are forgotten', async () => {
    const gateway = simulator();
    for (let n = 0; n < 60; n += 1)
      await gateway.send(anSms({ text: String(n) }));
    expect(gateway.inbox(PHONE)).toHaveLength(50);
    expect(gateway.inbox(PHONE)[0]?.text).toBe('10');
    for (let n = 0; n < 5; n += 1) {
      const recipients = Array.from({ length: 1_000 }, (_, m) => ({
        id: 'm',
        msisdn: `+2236${n}${String(m).padStart(6, '0')}`,
      }));
      await gateway.send(anSms({ recipients }));
    }
    expect(gateway.inbox(PHONE)).toEqual([]);
    expect(gateway.inbox('+22364000999')).toHaveLength(1);
  });

  test.each([
    [{ kind: 'failing' }, { failure: 'gatewayFault', begun: 'no' }],
    [
      { kind: 'throttled', retryAfterMs: 7_000 },
      { failure: 'throttled', begun: 'no', retryAfterMs: 7_000 },
    ],
  ] as const)('told to be %j, it takes nothing', async (manner, fault) => {
    const gateway = simulator();
    gateway.behave(manner);
    await expect(gateway.send(anSms())).rejects.toMatchObject(fault);
    expect(gateway.inbox(PHONE)).toEqual([]);
    gateway.behave({ kind: 'well' });
    expect(await gateway.send(anSms())).toMatchObject([{ kind: 'accepted' }]);
  });

  test('told to be silent, the SMS arrives and is reported, but nobody answers', async () => {
    const gateway = simulator(50);
    gateway.behave({ kind: 'silent' });
    const report = nextReport(gateway);
    await expect(gateway.send(anSms())).rejects.toMatchObject({
      failure: 'unanswered',
      begun: 'maybe',
    });
    expect(gateway.inbox(PHONE)).toHaveLength(1);
    expect(await report).toMatchObject({ msisdn: PHONE, status: 'delivered' });
  });

  test('told to be slow, it takes its time, and whoever gives up before has sent nothing', async () => {
    const gateway = simulator();
    gateway.behave({ kind: 'slow', pauseMs: 20 });
    await gateway.send(anSms());
    expect(gateway.inbox(PHONE)).toHaveLength(1);
    gateway.behave({ kind: 'slow', pauseMs: 60_000 });
    const sending = gateway.send(anSms(), AbortSignal.timeout(20));
    await expect(sending).rejects.toMatchObject({ begun: 'no' });
    expect(gateway.inbox(PHONE)).toHaveLength(1);
  });

  test('told that the phone is off, it takes the SMS and reports that it never arrived', async () => {
    const gateway = simulator();
    gateway.behave({ kind: 'undelivered' });
    const report = nextReport(gateway);
    expect(await gateway.send(anSms())).toMatchObject([{ kind: 'accepted' }]);
    expect(gateway.inbox(PHONE)).toEqual([]);
    expect(await report).toMatchObject({ status: 'failed', reason: 'absent' });
  });
});
