import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import { GatewayError, type GatewayFault } from './gateway-error';

/** One request to a gateway. Keys belong in headers or body: an address may be logged on the way. */
export interface GatewayRequest {
  gateway: string;
  method: 'GET' | 'POST';
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: string | Buffer;
  /** From the first attempt to connect to the last byte of the answer. */
  deadlineMs: number;
  signal?: AbortSignal | undefined;
}

/** What came back, whatever its status. */
export interface GatewayAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A thousand recipients take a sixth of this. */
const MOST_BYTES = 1_000_000;

/**
 * Asks once: no redirect is followed, no proxy taken, nothing tried again. On `node:http` and not
 * `fetch`, which does not tell a gateway that could not be reached from one that fell silent.
 * @throws GatewayError when no whole answer came; `begun` is `no` until the connection stood
 */
export function askGateway(ask: GatewayRequest): Promise<GatewayAnswer> {
  return new Promise((resolve, reject) => {
    const isSecure = ask.url.protocol === 'https:';
    let hasBegun = false;
    const request = (isSecure ? https : http).request(ask.url, {
      method: ask.method,
      headers: { ...ask.headers, 'Content-Length': lengthOf(ask.body) },
    });
    const end = (settle: () => void): void => {
      clearTimeout(deadline);
      ask.signal?.removeEventListener('abort', giveUp);
      settle();
    };
    const fail = (what: string, failure?: GatewayFault['failure']): void => {
      const fault = lineFault(hasBegun, what, failure);
      end(() => reject(new GatewayError(ask.gateway, fault)));
      request.destroy();
    };
    const giveUp = () => fail('given up');
    const deadline = setTimeout(() => fail('deadline'), ask.deadlineMs);
    ask.signal?.addEventListener('abort', giveUp);

    request.on('socket', (socket) => {
      if (request.reusedSocket) hasBegun = true;
      else
        socket.once(isSecure ? 'secureConnect' : 'connect', () => {
          hasBegun = true;
        });
    });
    request.on('error', (error) => fail(codeOf(error)));
    request.on('close', () => fail('connection closed'));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) fail('endless answer', 'unreadable');
        else chunks.push(chunk);
      });
      response.on('error', (error) => fail(codeOf(error)));
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response;
        const text = Buffer.concat(chunks).toString('utf8');
        end(() => resolve({ status, headers, text }));
      });
    });
    if (ask.signal?.aborted === true) giveUp();
    else request.end(ask.body);
  });
}

function lineFault(
  hasBegun: boolean,
  what: string,
  failure: GatewayFault['failure'] = hasBegun ? 'unanswered' : 'unreachable',
): GatewayFault {
  return {
    failure,
    begun: hasBegun ? 'maybe' : 'no',
    ours: false,
    reason: hasBegun ? `no whole answer (${what})` : `not reached (${what})`,
  };
}

/** Node's and OpenSSL's short codes; their messages may quote what was sent. */
function codeOf(error: Error): string {
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^\w{1,60}$/.test(code)
    ? code
    : 'connection lost';
}

function lengthOf(body: string | Buffer | undefined): number {
  return body === undefined ? 0 : Buffer.byteLength(body);
}
