import type { Asked, Canned } from './gateway-stub';

/** Orange's SMS API as its documentation describes it, with what every number received. */
export interface OrangeFake {
  answer: (asked: Asked) => Canned;
  /** Texts by number, in the order in which they came. */
  received: ReadonlyMap<string, readonly string[]>;
  /** How many tokens were given out. */
  readonly tokens: number;
  /** Ends every token before its time. */
  expireTokens(): void;
  /** For how long the next tokens hold, as the text that Orange writes. */
  expiresIn: string;
}

const SEND = '/smsmessaging/v1/outbound/tel%3A%2B2230000/requests';
const CONTRACTS = [
  { country: 'MLI', status: 'EXPIRED', availableUnits: 9 },
  {
    country: 'MLI',
    status: 'ACTIVE',
    availableUnits: 4_200,
    expirationDate: '2027-01-31T00:00:00Z',
  },
];

/** Knows one account. */
export function orangeFake(account: {
  clientId: string;
  clientSecret: string;
}): OrangeFake {
  const received = new Map<string, string[]>();
  const pair = Buffer.from(`${account.clientId}:${account.clientSecret}`);
  let tokens = 0;
  let current = '';
  const giveToken = ({ headers, body }: Asked): Canned => {
    if (headers.authorization !== `Basic ${pair.toString('base64')}`) {
      return json(401, { error: 'invalid_client' });
    }
    if (body.toString('utf8') !== 'grant_type=client_credentials') {
      return json(400, { error: 'unsupported_grant_type' });
    }
    tokens += 1;
    current = `token-${tokens}`;
    const { expiresIn: expires_in } = fake;
    const answer = { token_type: 'Bearer', access_token: current, expires_in };
    return json(200, answer);
  };
  const take = ({ body }: Asked): Canned => {
    // The fake is asked in the documented form, or the test is to fail.
    const { outboundSMSMessageRequest: sms } = JSON.parse(
      body.toString('utf8'),
    ) as { outboundSMSMessageRequest: SmsRequest };
    const number = sms.address.replace('tel:', '');
    const texts = received.get(number) ?? [];
    received.set(number, [...texts, sms.outboundSMSTextMessage.message]);
    const resourceURL = `https://api.orange.com${SEND}/id-${number.slice(1)}-${texts.length}`;
    return json(201, { outboundSMSMessageRequest: { ...sms, resourceURL } });
  };
  const fake: OrangeFake = {
    received,
    get tokens() {
      return tokens;
    },
    expireTokens: () => void (current = 'none'),
    expiresIn: '3600',
    answer(asked) {
      if (asked.path === '/oauth/v3/token') return giveToken(asked);
      if (asked.headers.authorization !== `Bearer ${current}`) {
        return json(401, { code: 42, message: 'Expired credentials' });
      }
      if (asked.path === SEND && asked.method === 'POST') return take(asked);
      return asked.path === '/sms/admin/v1/contracts'
        ? json(200, CONTRACTS)
        : json(404, { code: 60, message: 'Resource not found' });
    },
  };
  return fake;
}

interface SmsRequest {
  address: string;
  senderAddress: string;
  senderName?: string;
  outboundSMSTextMessage: { message: string };
}

function json(status: number, body: unknown): Canned {
  return {
    status,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}
