import { SEND_CODES } from './africas-talking-words';
import type { GatewayAnswer } from './ask-gateway';
import { GatewayError, type GatewayFault } from './gateway-error';
import { at, parsedJson, wordAt } from './json-answer';
import { numberKey } from './number-key';
import type { OutgoingSms, RecipientOutcome } from './sms-contract';
import { statusError, unreadableAnswer } from './status-faults';

type Recipient = OutgoingSms['recipients'][number];

/**
 * Reads `{"SMSMessageData":{"Message":"Sent to 1/1 …","Recipients":[{"statusCode":101,
 * "number":"+223…","status":"Success","cost":"KES 0.8000","messageId":"ATXid_…"}]}}`, in which
 * recipients may stand in another order, be written another way, or be missing.
 * @throws GatewayError when it says nothing of any recipient
 */
export function readSendAnswer(
  gateway: string,
  answer: GatewayAnswer,
  asked: readonly Recipient[],
): RecipientOutcome[] {
  if (Math.floor(answer.status / 100) !== 2) throw statusError(gateway, answer);
  const { message, entries } = readBody(gateway, answer.text);
  const fault = entries.length === 0 ? faultNamed(message) : undefined;
  if (fault !== undefined) throw new GatewayError(gateway, fault);
  const byNumber = new Map<string, unknown[]>();
  for (const entry of entries) {
    const key = numberKey(wordAt(entry, 'number') ?? '');
    byNumber.set(key, [...(byNumber.get(key) ?? []), entry]);
  }
  return asked.map(({ id, msisdn }) =>
    outcomeOf(id, byNumber.get(numberKey(msisdn))?.shift()),
  );
}

function readBody(
  gateway: string,
  body: string,
): { message: string; entries: unknown[] } {
  const data = at(parsedJson(body), 'SMSMessageData');
  const entries = at(data, 'Recipients');
  if (!Array.isArray(entries)) throw unreadableAnswer(gateway, 'no Recipients');
  return { message: wordAt(data, 'Message') ?? '', entries };
}

function outcomeOf(id: string, entry: unknown): RecipientOutcome {
  if (entry === undefined) {
    return refusal(id, unread('the answer does not name this recipient'));
  }
  const code = wordAt(entry, 'statusCode') ?? 'none';
  if (SEND_CODES.get(Number(code))?.means !== 'accepted') {
    return refusal(id, faultOf(code));
  }
  const providerId = wordAt(entry, 'messageId');
  const cost = wordAt(entry, 'cost');
  const segments = at(entry, 'messageParts');
  return {
    id,
    kind: 'accepted',
    ...(providerId !== undefined && providerId !== 'None' && { providerId }),
    ...(typeof segments === 'number' && { segments }),
    ...(cost !== undefined && { cost }),
  };
}

/** With no recipient at all, the reason stands in the message alone, as one of the table's words. */
function faultNamed(message: string): GatewayFault | undefined {
  for (const [code, { word, means }] of SEND_CODES) {
    if (means !== 'accepted' && message.includes(word)) {
      return faultOf(String(code));
    }
  }
  return undefined;
}

function faultOf(code: string): GatewayFault {
  const known = SEND_CODES.get(Number(code));
  if (known === undefined || known.means === 'accepted') {
    return unread('the answer has an unknown status code', code);
  }
  const providerCode = `${code} ${known.word}`;
  return { ...known.means, providerCode, reason: `refused: ${known.word}` };
}

function unread(reason: string, providerCode?: string): GatewayFault {
  return {
    failure: 'unreadable',
    begun: 'maybe',
    ours: true,
    reason,
    ...(providerCode !== undefined && { providerCode }),
  };
}

function refusal(id: string, fault: GatewayFault): RecipientOutcome {
  return { id, kind: 'refused', ...fault };
}
