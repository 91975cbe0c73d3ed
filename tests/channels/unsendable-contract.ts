import type { OutgoingSms, SmsGateway } from '../../src/channels/sms-contract';
import { anSms } from '../support/an-sms';
import { gatewayStub } from '../support/gateway-stub';

/** What no gateway may be handed: refused as our own fault, before a byte leaves. */
export function describeUnsendable(
  make: (origin: string, deadlineMs: number) => SmsGateway,
): void {
  const { mostRecipients } = make('http://127.0.0.1:9', 1);
  const many = Array.from({ length: mostRecipients + 1 }, (_, n) => ({
    id: `m-${n}`,
    msisdn: `+2237${String(n).padStart(7, '0')}`,
  }));
  const to = (id: string, msisdn: string) => ({ recipients: [{ id, msisdn }] });
  const unsendable: readonly [string, OutgoingSms][] = [
    ['a letter that GSM-7 lacks, as GSM-7', anSms({ text: 'reçu' })],
    ['an open vowel, as GSM-7', anSms({ text: 'cɛ' })],
    ['half a character', anSms({ text: '\ud83d', encoding: 'gsm7' })],
    ['nothing', anSms({ text: '' })],
    ['nobody', anSms({ recipients: [] })],
    ['more numbers than a request takes', anSms({ recipients: many })],
    ['a number without its plus', anSms(to('m-1', '22376123456'))],
    ['a list in the place of a number', anSms(to('m-1', '+22376123456,+2'))],
    [
      'an id that would end the address of a report',
      anSms(to('1&type=1', '+22376123456')),
    ],
  ];

  describe('refuses, before anything is sent,', () => {
    test.each(unsendable)('%s', async (_, sms) => {
      const stub = await gatewayStub(() => ({ status: 500 }));
      await expect(make(stub.origin, 5_000).send(sms)).rejects.toMatchObject({
        name: 'GatewayError',
        failure: 'rejected',
        begun: 'no',
        ours: true,
      });
      expect(stub.asked).toEqual([]);
      await stub.close();
    });
  });
}
