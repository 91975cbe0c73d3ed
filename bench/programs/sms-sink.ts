import { createServer } from 'node:http';
import { tellPort } from './tell-port';

/** What a sink tells when it is asked. */
export interface SinkCount {
  /** Messages that came since it was last asked. */
  messages: number;
  /** From the first of them to the last, in seconds. */
  seconds: number;
}

/**
 * A gateway of the bench: takes a message as Kannel does, or as many as a JSON body names, and answers after so many
 * milliseconds with one entry for each.
 */
const delayMs = Number(process.argv[2] ?? '0');
const seen = { messages: 0, first: 0, last: 0 };

function note(count: number): void {
  seen.last = performance.now();
  if (seen.messages === 0) seen.first = seen.last;
  seen.messages += count;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const answer = request.headers['x-kannel-to'] === undefined;
    const body = answer ? entries(Buffer.concat(chunks)) : '0: Accepted';
    if (!answer) note(1);
    const write = (): void => {
      response.writeHead(202).end(body);
    };
    if (delayMs === 0) write();
    else setTimeout(write, delayMs);
  });
});

function entries(body: Buffer): string {
  // bench/programs/sms-sender.ts sends nothing else.
  const { to } = JSON.parse(body.toString()) as { to: string[] };
  note(to.length);
  return JSON.stringify(
    to.map((number, at) => ({ number, id: `S${seen.messages}-${at}` })),
  );
}

server.keepAliveTimeout = 65_000;
process.on('message', () => {
  const seconds = (seen.last - seen.first) / 1000;
  process.send?.({ messages: seen.messages, seconds } satisfies SinkCount);
  seen.messages = 0;
});
tellPort(server);
