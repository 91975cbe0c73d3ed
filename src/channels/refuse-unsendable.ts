import { isGsm7 } from '../text/gsm7';
import { isE164 } from './field-shapes';
import { GatewayError } from './gateway-error';
import type { OutgoingSms, SmsGateway } from './sms-contract';

/**
 * Stops what no gateway may be handed. A letter outside GSM-7 comes first: gateways replace it
 * without a word, Kannel ç by Ç and ɛ by a question mark.
 * @throws GatewayError `rejected`, of which nothing began
 */
export function refuseUnsendable(
  { name, mostRecipients }: Pick<SmsGateway, 'name' | 'mostRecipients'>,
  { text, encoding, recipients }: OutgoingSms,
): void {
  const reasons = [
    [
      encoding === 'gsm7' && !isGsm7(text),
      'the text has a letter outside GSM-7',
    ],
    [text === '', 'the text is empty'],
    [
      recipients.length === 0 || recipients.length > mostRecipients,
      `one request takes 1 to ${mostRecipients} recipients`,
    ],
    [
      recipients.some(({ id }) => !OUR_ID.test(id)),
      'an id has the wrong shape',
    ],
    [
      recipients.some(({ msisdn }) => !isE164(msisdn)),
      'a number has the wrong shape',
    ],
  ] as const;
  const [, reason] = reasons.find(([applies]) => applies) ?? [];
  if (reason === undefined) return;
  throw new GatewayError(name, {
    failure: 'rejected',
    begun: 'no',
    ours: true,
    reason,
  });
}

const OUR_ID = /^[\w-]{1,64}$/;
