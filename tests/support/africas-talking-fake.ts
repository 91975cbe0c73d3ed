import type { Asked, Canned } from './gateway-stub';

/** Africa's Talking as its documentation describes it, with what every number received. */
export interface AfricasTalkingFake {
  answer: (asked: Asked) => Canned;
  /** Texts by number, in the order in which they came. */
  received: ReadonlyMap<string, readonly string[]>;
  /** Numbers that are answered with another status code than 101. */
  codes: Map<string, { statusCode: number; status: string }>;
}

const SENT = { statusCode: 101, status: 'Success' };
const COST = 'XOF 15.0000';

/** Knows one account. */
export function africasTalkingFake(account: {
  username: string;
  apiKey: string;
}): AfricasTalkingFake {
  const received = new Map<string, string[]>();
  const codes: AfricasTalkingFake['codes'] = new Map();
  const entry = (number: string, text: string) => {
    const code = codes.get(number) ?? SENT;
    if (code !== SENT) {
      return { ...code, number, cost: '0', messageId: 'None' };
    }
    const texts = received.get(number) ?? [];
    received.set(number, [...texts, text]);
    const messageId = `ATXid_${number.slice(1)}_${texts.length}`;
    return { ...code, number, cost: COST, messageId, messageParts: 1 };
  };
  return {
    received,
    codes,
    answer({ method, path, headers, body }) {
      const { pathname, searchParams } = new URL(path, 'http://fake');
      const form = new URLSearchParams(body.toString('utf8'));
      const username = form.get('username') ?? searchParams.get('username');
      if (headers['apikey'] !== account.apiKey) return REFUSED;
      if (username !== account.username) return REFUSED;
      if (method === 'GET' && pathname === '/version1/user') return BALANCE;
      if (method !== 'POST' || pathname !== '/version1/messaging') {
        return { status: 404 };
      }
      const text = form.get('message') ?? '';
      const numbers = form.get('to')?.split(',') ?? [];
      const Recipients = numbers.map((number) => entry(number, text));
      const sent = Recipients.filter((one) => one.statusCode === 101).length;
      const Message = `Sent to ${sent}/${numbers.length} Total Cost: ${COST}`;
      return json(201, { SMSMessageData: { Message, Recipients } });
    },
  };
}

const REFUSED: Canned = {
  status: 401,
  headers: { 'Content-Type': 'text/plain' },
  body: 'The supplied authentication is invalid',
};

const BALANCE = json(200, { UserData: { balance: 'XOF 1785.50' } });

function json(status: number, body: unknown): Canned {
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}
