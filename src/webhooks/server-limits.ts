import { createServer, type RequestListener, type Server } from 'node:http';

/**
 * What one connection may cost before anything of ours has run. Gateways send small requests at
 * once; whoever crawls is answered 408 and whoever sends a book of headers 431, by Node itself.
 */
const LIMITS = {
  /** A stranger's connection that sends nothing, or a byte a second, ends after this. */
  headersTimeout: 5_000,
  /** Headers and body together. */
  requestTimeout: 10_000,
  /** Node looks for the two above this often; its own 30 s would let a slow loris live six times longer. */
  connectionsCheckingInterval: 1_000,
  /** Longer than the pause between two steps, so that a gateway's connection serves a whole call. */
  keepAliveTimeout: 65_000,
  maxHeaderSize: 8 * 1024,
} as const;

/** Beyond these Node leaves headers out; ours are ten. */
const MAX_HEADERS = 100;

/** An HTTP server that a slow, talkative or silent stranger cannot wear out. Not yet listening. */
export function limitedServer(listener: RequestListener): Server {
  const server = createServer(LIMITS, listener);
  server.maxHeadersCount = MAX_HEADERS;
  return server;
}
