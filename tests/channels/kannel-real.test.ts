import { kannelSms } from '../../src/channels/kannel-sms';
import type {
  DeliveryReport,
  SmsGateway,
} from '../../src/channels/sms-contract';
import { anSms } from '../support/an-sms';
import { freePort } from '../support/free-port';
import {
  gatewayStub,
  type Asked,
  type GatewayStub,
} from '../support/gateway-stub';
import {
  describeWithKannel,
  startFakeSmsc,
  startKannel,
  type FakeSmsc,
  type Operator,
  type TestKannel,
} from '../support/kannel';
import { smppCentre, type SmppCentre } from '../support/smpp-centre';

/** Every letter of GSM-7 that prints, the extension table among them. */
const ALL_LETTERS =
  '@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€';

/** The octets that the table of 3GPP TS 23.038 section 6.2.1 gives for some of them. */
const OCTETS: readonly [string, string][] = [
  ['@£$¥èéùìòÇ', '00010203040506070809'],
  ['ΔΦΓΛΩΠΨΣΘΞ', '1012131415161718191a'],
  ['à ä ö ñ ü Ä Ö Ñ Ü § ¿', '7f207b207c207d207e205b205c205d205e205f2060'],
  ['{[€]}', '1b281b3c1b651b3e1b29'],
  ['Reçu'.replace('ç', 'Ç'), '52650975'],
  ['30 000 F\n1', '3330203030302046' + '0a31'],
];

const BAMBARA = 'Aw ni cɛ, ŋaniya ɲɛ 😀';

/** What Kannel calls us for. */
interface Heard {
  /** The requests to this webhook, as soon as they are enough. */
  until(
    webhook: string,
    areEnough: (found: Asked[]) => boolean,
  ): Promise<Asked[]>;
}

function heardBy(stub: GatewayStub): Heard {
  let look = (): void => undefined;
  stub.answer = () => {
    look();
    return { status: 200 };
  };
  return {
    until: (webhook, areEnough) =>
      new Promise((resolve) => {
        look = () => {
          const address = `/webhooks/kannel/token/${webhook}?`;
          const found = stub.asked.filter(({ path }) =>
            path.startsWith(address),
          );
          if (areEnough(found)) resolve(found);
        };
        look();
      }),
  };
}

const requestOf = ({ path, headers }: Asked) => ({
  contentType: headers['content-type'] ?? '',
  text: '',
  query: path.slice(path.indexOf('?') + 1),
});

describeWithKannel('a real Kannel', () => {
  let stub: GatewayStub;
  let kannel: TestKannel;
  let gateway: SmsGateway;
  let heard: Heard;
  const open = async (operator: Operator): Promise<void> => {
    stub = await gatewayStub(() => ({ status: 200 }));
    heard = heardBy(stub);
    kannel = await startKannel(stub.origin, operator);
    const callbackUrl = `${stub.origin}/webhooks/kannel/token/delivery`;
    gateway = kannelSms({ ...kannel, callbackUrl });
  };
  const reportIn = (asked: Asked) => {
    expect(asked.method).toBe('GET');
    const read = gateway.readDelivery(requestOf(asked));
    if (read.kind === 'unreadable') throw new Error(read.reason);
    return read.value;
  };
  /** The first report of this SMS with this status. */
  const reported = async (id: string, status: DeliveryReport['status']) => {
    const isMeant = (asked: Asked) => {
      const { ourId, status: said } = reportIn(asked);
      return ourId === id && said === status;
    };
    const all = await heard.until('delivery', (found) => found.some(isMeant));
    const [first] = all.filter(isMeant);
    return first && reportIn(first);
  };
  const inbound = async () => {
    const [asked] = await heard.until('inbound', (found) => found.length > 0);
    const read = asked && gateway.readInbound?.(requestOf(asked));
    if (read?.kind !== 'read') throw new Error(JSON.stringify(read));
    return read.value;
  };

  describe('before its own fake SMSC', () => {
    let smsc: FakeSmsc;
    beforeAll(async () => {
      const port = await freePort();
      await open({ kind: 'fakesmsc', port });
      smsc = startFakeSmsc(port, ['76123456 36710 text STOP  à & 1']);
      await inbound();
    });
    afterAll(async () => {
      await smsc.stop();
      await kannel.stop();
      await stub.close();
    });

    test('brings in what a phone sent', async () => {
      expect(await inbound()).toMatchObject({
        ...{ kind: 'sms', from: '+22376123456', to: '36710' },
        text: 'STOP  à & 1',
      });
    });

    test('GSM-7 arrives letter for letter, and is reported under our id', async () => {
      const recipients = [{ id: 'gsm-1', msisdn: '+22376123456' }];
      const sms = anSms({ text: ALL_LETTERS, recipients, senderId: 'JIGI' });
      expect(await gateway.send(sms)).toEqual([
        { id: 'gsm-1', kind: 'accepted' },
      ]);
      const line = `<JIGI +22376123456 text ${ALL_LETTERS}>`;
      expect(
        await smsc.printed((output) => output.includes('Got message 1: ')),
      ).toContain(line);
      expect(await reported('gsm-1', 'sent')).toMatchObject({ isFinal: false });
      expect(await reported('gsm-1', 'delivered')).toMatchObject({
        isFinal: true,
      });
    });

    test('UCS-2 arrives as the very UTF-16BE', async () => {
      const recipients = [{ id: 'ucs-1', msisdn: '+22376123456' }];
      const sms = anSms({ text: BAMBARA, encoding: 'ucs2', recipients });
      await gateway.send(sms);
      const output = await smsc.printed((one) => one.includes(' ucs-2 '));
      const [, written = ''] =
        /^.*<JIGI \+22376123456 ucs-2 (\S+)>/m.exec(output) ?? [];
      const octets = Buffer.from(decoded(written), 'latin1');
      expect(octets).toEqual(Buffer.from(BAMBARA, 'utf16le').swap16());
    });

    test('a long text arrives in parts', async () => {
      const text = 'Paiement '.repeat(30);
      await gateway.send(anSms({ text, senderId: 'LONG' }));
      const output = await smsc.printed((one) => one.split('<LONG').length > 2);
      expect(output.split('<LONG')).toHaveLength(3);
    });

    test('a wrong password, and a letter that it would replace, are refused', async () => {
      const stranger = kannelSms({
        ...kannel,
        password: 'no',
        callbackUrl: stub.origin,
      });
      await expect(stranger.send(anSms())).rejects.toMatchObject({
        ...{ failure: 'notConfigured', begun: 'no', ours: true },
      });
      await expect(
        gateway.send(anSms({ text: 'reçu, cɛ' })),
      ).rejects.toMatchObject({
        ...{ failure: 'rejected', begun: 'no', ours: true },
      });
    });
  });

  describe('before an SMPP centre', () => {
    let centre: SmppCentre;
    beforeAll(async () => {
      const port = await freePort();
      centre = smppCentre(port);
      await open({ kind: 'smpp', port });
    });
    afterAll(async () => {
      await kannel.stop();
      centre.close();
      await stub.close();
    });

    test.each(OCTETS)(
      'submits %j in the octets of GSM-7',
      async (text, hex) => {
        await gateway.send(anSms({ text }));
        const { dataCoding, octets, to } = await centre.next();
        expect([dataCoding, octets.toString('hex')]).toEqual([0, hex]);
        expect(to).toBe('22376123456');
      },
    );

    test('submits UCS-2 as UTF-16BE', async () => {
      await gateway.send(anSms({ text: BAMBARA, encoding: 'ucs2' }));
      const { dataCoding, octets } = await centre.next();
      expect(dataCoding).toBe(8);
      expect(octets).toEqual(Buffer.from(BAMBARA, 'utf16le').swap16());
    });

    test("brings the centre's report back, with its reason", async () => {
      const recipients = [{ id: 'smpp-1', msisdn: '+22376123456' }];
      await gateway.send(anSms({ recipients }));
      const submitted = await centre.next();
      // Kannel knows where to report only once it has told that the centre took the SMS.
      await reported('smpp-1', 'sent');
      centre.report(submitted, 'EXPIRED');
      expect(await reported('smpp-1', 'failed')).toMatchObject({
        ...{ isFinal: true, reason: 'expired', providerStatus: '2 EXPIRED' },
      });
    });

    test('brings in what a phone wrote in letters beyond GSM-7', async () => {
      const octets = Buffer.from('Awɔ ŋ\n1', 'utf16le').swap16();
      centre.bring({ from: '22376123456', to: '36710', dataCoding: 8, octets });
      expect(await inbound()).toMatchObject({
        ...{ from: '+22376123456', to: '36710', text: 'Awɔ ŋ\n1' },
      });
    });

    test('a number that no operator takes is refused for its number', async () => {
      const recipients = [{ id: 'm-1', msisdn: '+22366123456' }];
      await expect(gateway.send(anSms({ recipients }))).rejects.toMatchObject({
        ...{ failure: 'badRecipient', begun: 'no', ours: false },
      });
    });
  });
});

/** `%00A+` as Kannel writes octets. */
function decoded(written: string): string {
  return written
    .replaceAll('+', ' ')
    .replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
}
