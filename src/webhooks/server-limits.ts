import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { mayLast } from '../runtime/lasting-requests';

/**
 * What one connection may cost before anything of ours has run. Gateways send small requests at
 * once; whoever crawls is answered 408 and whoever sends a book of headers 431, by Node itself.
 */
const LIMITS = {
  /** A stranger's connection that sends nothing, or a byte a second, ends after this. */
  headersTimeout: 5_000,
  /** Headers and body of a file that staff send; all others have `bodyMs`. */
  requestTimeout: 20 * 60_000,
  /** Node looks for the two above this often; its own 30 s would let a slow loris live six times longer. */
  connectionsCheckingInterval: 1_000,
  /** Longer than the pause between two steps, so that a gateway's connection serves a whole call. */
  keepAliveTimeout: 65_000,
  maxHeaderSize: 8 * 1024,
} as const;

/** From the headers to the end of the body, in milliseconds. */
const bodyMs = 10_000;

/** Beyond these Node leaves headers out; ours are ten. */
const MAX_HEADERS = 100;

/** An HTTP server that a slow, talkative or silent stranger cannot wear out. Not yet listening. */
export function limitedServer(listener: RequestListener): Server {
  const server = createServer(LIMITS, (request, response) => {
    endLate(request, response);
    listener(request, response);
  });
  server.maxHeadersCount = MAX_HEADERS;
  return server;
}

/** As Node ends what comes too slowly, which knows one time for all requests. */
function endLate(request: IncomingMessage, response: ServerResponse): void {
  const late = setTimeout(() => {
    if (request.complete || mayLast(request)) return;
    const { socket } = request;
    if (!response.headersSent && socket.writable)
      socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
    socket.destroySoon();
  }, bodyMs);
  late.unref();
  response.once('close', () => {
    clearTimeout(late);
  });
}
