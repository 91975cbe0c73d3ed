import type { IncomingMessage } from 'node:http';

/** What became of a request's body. */
export type ReadBody =
  | { kind: 'read'; text: string }
  | { kind: 'tooLarge' }
  /** It did not arrive whole in time: a length that lied, or a line that crawls. */
  | { kind: 'late' }
  /** The other side left first: nobody is there to be answered. */
  | { kind: 'gone' };

/** What a sender may cost us. */
export interface BodyLimits {
  bytes: number;
  deadlineMs: number;
}

/**
 * Reads a small body as text; bytes that are not UTF-8 become U+FFFD.
 *
 * Of a body that is too large the rest is let through unread until the deadline, since closing
 * at once would reset the connection before the refusal is read.
 */
export function readBody(
  request: IncomingMessage,
  limits: BodyLimits,
): Promise<ReadBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const overdue = setTimeout(() => {
      request.off('data', keep).resume();
      // When it was too large this answer comes second and is not heard.
      resolve({ kind: 'late' });
      setTimeout(() => request.socket.destroy(), PARTING_MS).unref();
    }, limits.deadlineMs);

    const refuse = () => {
      request.off('data', keep).resume();
      chunks.length = 0;
      resolve({ kind: 'tooLarge' });
    };
    const keep = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limits.bytes) refuse();
      else chunks.push(chunk);
    };

    request.on('data', keep);
    request.once('end', () => {
      clearTimeout(overdue);
      resolve({ kind: 'read', text: textOf(chunks) });
    });
    request.once('close', () => {
      clearTimeout(overdue);
      resolve({ kind: 'gone' });
    });
    request.once('error', () => resolve({ kind: 'gone' }));
    if (Number(request.headers['content-length'] ?? 0) > limits.bytes) refuse();
  });
}

/** How long a late sender may still read its refusal. */
const PARTING_MS = 250;

function textOf(chunks: readonly Buffer[]): string {
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1) return only.toString('utf8');
  return Buffer.concat(chunks).toString('utf8');
}
