import { askGateway } from './ask-gateway';
import { GatewayError } from './gateway-error';
import { at, parsedJson, wordAt } from './json-answer';
import { statusError } from './status-faults';

/** Who asks for a token, and where. */
export interface TokenAccount {
  gateway: string;
  clientId: string;
  clientSecret: string;
  /** Without path. */
  origin: string;
  deadlineMs: number;
}

/** The token that every request carries, kept for as long as it holds. */
export interface TokenKeeper {
  token(): Promise<string>;
  /** Somebody was refused with this token: the next one asks for another. */
  forget(token: string): void;
}

/** Renewed before it ends, since a request takes its time to arrive. */
const USED_SHARE = 0.9;

/**
 * Keeps one token in memory; who comes while it is being asked for waits for the same answer.
 * Its failures have `begun: no`: no SMS was on the way.
 */
export function tokenKeeper(account: TokenAccount): TokenKeeper {
  let kept: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    try {
      const { token, holdsMs } = await askToken(account);
      kept = { token, until: performance.now() + holdsMs * USED_SHARE };
      return token;
    } finally {
      asking = undefined;
    }
  };
  return {
    async token() {
      if (kept !== undefined && performance.now() < kept.until) {
        return kept.token;
      }
      return (asking ??= ask());
    },
    forget(token) {
      if (kept?.token === token) kept = undefined;
    },
  };
}

/** Reads `{"token_type":"Bearer","access_token":"…","expires_in":"3600"}`; the seconds come as a text. */
async function askToken(
  account: TokenAccount,
): Promise<{ token: string; holdsMs: number }> {
  const { gateway, clientId, clientSecret, origin, deadlineMs } = account;
  const pair = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const answer = await askGateway({
    gateway,
    method: 'POST',
    url: new URL('/oauth/v3/token', origin),
    headers: {
      Authorization: `Basic ${pair}`,
      'Content-Type': 'application/x-www-form-urlencoded',
      Accept: 'application/json',
    },
    body: 'grant_type=client_credentials',
    deadlineMs,
  }).catch((error: unknown) => {
    throw beforeSending(gateway, error);
  });
  if (answer.status === 400) throw refusedKeys(gateway);
  if (answer.status !== 200) {
    throw beforeSending(gateway, statusError(gateway, answer));
  }
  const body = parsedJson(answer.text);
  const token = at(body, 'access_token');
  if (typeof token !== 'string' || !/^[!-~]{1,4096}$/.test(token)) {
    throw new GatewayError(gateway, {
      ...{ failure: 'gatewayFault', begun: 'no', ours: false },
      reason: 'no token in the answer',
    });
  }
  const seconds = Number(wordAt(body, 'expires_in'));
  return { token, holdsMs: Number.isFinite(seconds) ? seconds * 1_000 : 0 };
}

function refusedKeys(gateway: string): GatewayError {
  return new GatewayError(gateway, {
    ...{ failure: 'notConfigured', begun: 'no', ours: true },
    reason: 'client id or secret refused',
  });
}

/** Whatever went wrong, it can be tried again. */
function beforeSending(gateway: string, error: unknown): unknown {
  if (!(error instanceof GatewayError) || error.begun === 'no') return error;
  const { providerCode, reason, retryAfterMs } = error;
  return new GatewayError(
    gateway,
    {
      ...{ failure: 'gatewayFault', begun: 'no', ours: false },
      reason: `no token: ${reason}`,
      ...(providerCode !== undefined && { providerCode }),
    },
    retryAfterMs,
  );
}
