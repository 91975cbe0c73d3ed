import type { OutgoingSms } from '../../src/channels/sms-contract';

/** One SMS to one number. */
export function anSms(change: Partial<OutgoingSms> = {}): OutgoingSms {
  return {
    text: "Paiement ouvert jusqu'au 25/11",
    encoding: 'gsm7',
    recipients: [{ id: 'm-1', msisdn: '+22376123456' }],
    ...change,
  };
}
