import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as a gateway received it. */
export interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What a gateway answers, or the way in which it does not. */
export type Canned =
  | {
      status: number;
      headers?: Readonly<Record<string, string>>;
      body?: string;
    }
  | 'silence'
  | 'drip'
  | 'endless'
  | 'reset before the body'
  | 'reset in the body';

/** A gateway on this machine, which answers by a function. */
export interface GatewayStub {
  origin: string;
  /** Everything asked so far. */
  asked: readonly Asked[];
  /** Connections taken so far. */
  readonly connections: number;
  answer: (asked: Asked) => Canned;
  forget(): void;
  close(): Promise<void>;
}

/** Opens a gateway that a test can make answer, fall silent, or break the line. */
export async function gatewayStub(
  answer: (asked: Asked) => Canned,
): Promise<GatewayStub> {
  const seen: Asked[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const asked = { method, path, headers, body: Buffer.concat(chunks) };
      seen.push(asked);
      const canned = stub.answer(asked);
      if (typeof canned === 'object') {
        response.writeHead(canned.status, canned.headers);
        response.end(canned.body);
        return;
      }
      if (canned === 'silence') return;
      if (canned === 'reset before the body') {
        response.socket?.resetAndDestroy();
        return;
      }
      response.writeHead(201, { 'Content-Type': 'application/json' });
      response.write('{"half":');
      if (canned === 'reset in the body') {
        setImmediate(() => response.socket?.resetAndDestroy());
        return;
      }
      const piece = canned === 'endless' ? ' '.repeat(100_000) : ' ';
      const drip = setInterval(() => response.write(piece), 5);
      response.on('close', () => clearInterval(drip));
    });
  }).listen(0, '127.0.0.1');
  server.on('connection', () => (connections += 1));
  await once(server, 'listening');
  // node:net says `string` for pipes and `null` before listening; neither is so here.
  const { port } = server.address() as AddressInfo;
  const stub: GatewayStub = {
    origin: `http://127.0.0.1:${port}`,
    asked: seen,
    get connections() {
      return connections;
    },
    answer,
    forget: () => void seen.splice(0),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return stub;
}
