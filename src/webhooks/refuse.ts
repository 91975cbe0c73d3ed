import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a sender who is refused may still send, before the line is closed over her. */
const LINGER_MS = 1_000;

/**
 * An empty answer, sent at once; what is left of the request is let through unread. The response ends when the request
 * does: to close a line over which bytes still come resets it, and the answer is lost to one who has not yet read it.
 */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Content-Length': 0, ...headers });
  if (request.complete) {
    response.end();
    return;
  }
  response.flushHeaders();
  const end = () => {
    clearTimeout(overdue);
    response.end();
  };
  const overdue = setTimeout(end, LINGER_MS);
  request.once('end', end).once('close', end).resume();
}
