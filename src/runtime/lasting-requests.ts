import type { IncomingMessage } from 'node:http';

const lasting = new WeakSet<IncomingMessage>();

/** Lets a request take longer than others: a file that somebody who may send one sends over a slow line. */
export function letLast(request: IncomingMessage): void {
  lasting.add(request);
}

/** Whether a request may take longer than others. */
export function mayLast(request: IncomingMessage): boolean {
  return lasting.has(request);
}
