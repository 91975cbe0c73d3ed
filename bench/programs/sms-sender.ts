import http from 'node:http';
import type {
  OutgoingSms,
  RecipientOutcome,
  SmsGateway,
} from '../../src/channels/sms-contract';
import { USUAL_PRICES } from '../../src/messaging/price-table';
import { runSender } from '../../src/messaging/run-sender';
import { newSenderName } from '../../src/messaging/sender-seen';
import { usualLimits } from '../../src/messaging/sending-house';
import { systemClock } from '../../src/runtime/clock';
import { connectDatabase } from '../../src/runtime/database';
import { createLogger } from '../../src/runtime/logger';
import { createMetrics } from '../../src/runtime/metrics';

/** How the sender is asked to send all that is queued. */
export interface SendAll {
  databaseUrl: string;
  port: number;
  mostRecipients: number;
  /** How many that are. */
  count: number;
}

const agent = new http.Agent({ keepAlive: true });

/** A gateway over JSON, as plain as one can be: what is measured is the sender. */
function sinkGateway(port: number, mostRecipients: number): SmsGateway {
  const options = { port, host: '127.0.0.1', method: 'POST', agent };
  const post = (body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const request = http.request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve(Buffer.concat(chunks).toString());
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  return {
    ...{ name: 'sink', mostRecipients, redact: [] },
    async send({ text, recipients }: OutgoingSms): Promise<RecipientOutcome[]> {
      const to = recipients.map(({ msisdn }) => msisdn);
      // bench/programs/sms-sink.ts answers nothing else.
      const told = JSON.parse(await post(JSON.stringify({ text, to }))) as {
        number: string;
        id: string;
      }[];
      const ids = new Map(told.map(({ number, id }) => [number, id]));
      return recipients.map(({ id, msisdn }) => ({
        ...{ id, kind: 'accepted', providerId: ids.get(msisdn) ?? '' },
      }));
    },
    readDelivery: () => ({ kind: 'unreadable', reason: 'a bench' }),
    reads: { delivery: 'POST' },
  };
}

/** Sends all that is queued. @returns seconds until the last answer is stored */
async function sendAll(asked: SendAll): Promise<number> {
  const db = connectDatabase(asked.databaseUrl, { max: 10 });
  const gateway = sinkGateway(asked.port, asked.mostRecipients);
  // A router hands out one list.
  const way = [gateway];
  const metrics = createMetrics();
  // Counted here once its answer is stored: asking the store again and again would be part of what is measured.
  let left = asked.count;
  let tell = (): void => undefined;
  const stored = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const counting: typeof metrics.add = (name, labels) => {
    metrics.add(name, labels);
    // What is to go again is counted when it has gone.
    if ('state' in labels && labels.state !== 'queued') left -= 1;
    if (left === 0) tell();
  };
  const began = performance.now();
  const sender = runSender({
    ...{ db, clock: systemClock(), sender: newSenderName() },
    log: createLogger({ level: 'warn' }),
    metrics: { ...metrics, add: counting },
    route: () => way,
    ...{ prices: USUAL_PRICES, limits: usualLimits(50) },
  });
  await stored;
  const seconds = (performance.now() - began) / 1000;
  await sender.stop();
  await db.close();
  return seconds;
}

process.once('disconnect', () => process.exit());
process.on('message', (asked: SendAll) => {
  void sendAll(asked).then((seconds) => process.send?.(seconds));
});
