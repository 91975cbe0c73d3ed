import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** The end of the line for SMS: counts what each number received, over HTTP as Kannel takes it. */
export interface SmsSink {
  url: string;
  /** How often each number received something. */
  received: ReadonlyMap<string, number>;
  /** Requests that have come so far. */
  total(): number;
  /** Resolves when so many requests have come. */
  came(total: number): Promise<void>;
  /** Requests beyond this many are kept waiting; those that wait are answered when it is raised. */
  allow(total: number): void;
  close(): Promise<void>;
}

/** Answers a request, in whatever way; absent: it is taken. */
export type SinkAnswer = (
  response: ServerResponse,
  request: IncomingMessage,
) => void;

const take: SinkAnswer = (response) => {
  response.writeHead(202, { 'Content-Type': 'text/plain' });
  response.end('0: Accepted for delivery');
};

/** Opens a sink on a port of its own. @param delayMs until it answers */
export async function smsSink(
  delayMs = 0,
  answer: SinkAnswer = take,
): Promise<SmsSink> {
  const received = new Map<string, number>();
  const waiting: (() => void)[] = [];
  const awaited = new Set<{ total: number; tell: () => void }>();
  let total = 0;
  let allowed = Number.POSITIVE_INFINITY;
  let answered = 0;
  const letGo = (): void => {
    while (answered < allowed && waiting.length > 0) {
      answered += 1;
      setTimeout(waiting.shift() ?? (() => undefined), delayMs);
    }
  };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const number = String(request.headers['x-kannel-to']);
      received.set(number, (received.get(number) ?? 0) + 1);
      total += 1;
      for (const one of awaited) if (total >= one.total) one.tell();
      waiting.push(() => {
        answer(response, request);
      });
      letGo();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // node:net says `string` for pipes and `null` before listening; neither is so here.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    total: () => total,
    came: (wanted) =>
      new Promise((resolve) => {
        if (total >= wanted) resolve();
        else awaited.add({ total: wanted, tell: resolve });
      }),
    allow(most) {
      allowed = most;
      letGo();
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
