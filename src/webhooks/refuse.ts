import type { IncomingMessage, ServerResponse } from 'node:http';

/** An empty answer; what is left of the request is let through unread, for no longer than it may take. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  request.resume();
  response.writeHead(status, { 'Content-Length': 0, ...headers });
  response.end();
}
