import type {
  OutgoingSms,
  RecipientOutcome,
  SmsGateway,
} from '../../src/channels/sms-contract';
import { USUAL_HEALTH } from '../../src/messaging/gateway-health';
import { USUAL_PRICES } from '../../src/messaging/price-table';
import type { Purpose } from '../../src/messaging/purposes';
import type { Sender } from '../../src/messaging/sender';
import type {
  SendingHouse,
  SendingLimits,
} from '../../src/messaging/sending-house';
import { systemClock } from '../../src/runtime/clock';
import type { Database } from '../../src/runtime/database';
import { createMetrics } from '../../src/runtime/metrics';

/** What may differ of some queued messages. */
export interface Queued {
  count?: number;
  /** Of the first; the others follow. */
  from?: number;
  text?: string;
  class?: string;
  purpose?: Purpose;
  state?: string;
  reason?: string | null;
  dueAt?: string | Date;
  expiresAt?: string | Date;
  encoding?: string;
}

/** What may go whatever the hour at which a test runs; reminders keep decent hours, and campaigns have their gate. */
const purposeOf: Readonly<Record<string, Purpose>> = {
  reply: 'reply.noted',
  complaint: 'complaint.acknowledged',
};

/** Queues messages to +22370000000 and on, due now unless told, each with a text of its own unless told. */
export async function queueSms(
  { pool }: Pick<Database, 'pool'>,
  queued: Queued = {},
): Promise<void> {
  const { count = 1, from = 22_370_000_000, text = null } = queued;
  await pool.query(
    `insert into messages (purpose, subject_id, msisdn, class, template, locale, text, encoding, segments,
       state, reason, due_at, expires_at, written_at)
     select $10, 1, '+' || $1::bigint + n, $3, 'test', 'fr', coalesce($4::text, 'SMS ' || n), $5, 1,
       $6, $7, $8, $9, now() from generate_series(0, $2::int - 1) n`,
    [
      ...[from, count, queued.class ?? 'campaign', text],
      ...[queued.encoding ?? 'gsm7', queued.state ?? 'queued'],
      ...[queued.reason ?? null, queued.dueAt ?? new Date(Date.now() - 1000)],
      queued.expiresAt ?? new Date(Date.now() + 3_600_000),
      queued.purpose ?? purposeOf[queued.class ?? 'campaign'] ?? 'test',
    ],
  );
}

/** One message as it stands. */
export interface StoredSms {
  id: number;
  msisdn: string;
  class: string;
  state: string;
  reason: string | null;
  attempts: number;
  gateway: string | null;
  operator: string | null;
  provider_id: string | null;
  price_xof: number | null;
  segments: number;
  due_at: Date;
  begun_at: Date | null;
  claimed_by: string | null;
}

/** All messages in the order in which they were written. */
export async function storedSms({
  pool,
}: Pick<Database, 'pool'>): Promise<StoredSms[]> {
  return (await pool.query<StoredSms>('select * from messages order by id'))
    .rows;
}

/** How many messages stand in each state, with its reason where there is one. */
export async function countedStates({
  pool,
}: Pick<Database, 'pool'>): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ state: string; count: number }>(
    `select concat_ws(' ', state, reason) as state, count(*)::int as count from messages group by 1`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** A gateway of a test: it remembers what it was given, and answers as the test says. */
export interface PlayedGateway extends SmsGateway {
  requests: OutgoingSms[];
  answer: (
    sms: OutgoingSms,
    signal?: AbortSignal,
  ) => Promise<readonly RecipientOutcome[]> | readonly RecipientOutcome[];
}

/** Takes everything, under ids of its own. */
export function accepting({ recipients }: OutgoingSms): RecipientOutcome[] {
  return recipients.map(({ id }) => ({
    ...{ id, kind: 'accepted', providerId: `p-${id}` },
  }));
}

/** Makes a gateway that takes everything until told otherwise. */
export function playedGateway(
  name = 'played',
  given: { mostRecipients?: number; perSecond?: number } = {},
): PlayedGateway {
  const gateway: PlayedGateway = {
    ...{ name, mostRecipients: 1, redact: [], requests: [], ...given },
    answer: accepting,
    async send(sms, signal) {
      gateway.requests.push(sms);
      return gateway.answer(sms, signal);
    },
    readDelivery: () => ({ kind: 'unreadable', reason: 'a test' }),
    reads: { delivery: 'POST' },
  };
  return gateway;
}

/** What every sender of a test works with. */
export function sendingHouse(
  db: Pick<Database, 'pool'>,
  gateways: readonly SmsGateway[],
  given: Partial<Omit<SendingHouse, 'limits'>> & {
    limits?: Partial<SendingLimits>;
  } = {},
): SendingHouse {
  const { limits, ...rest } = given;
  const silent = (): void => undefined;
  return {
    db,
    clock: systemClock(),
    sender: 'test-sender',
    log: { error: silent, warn: silent, info: silent, debug: silent },
    metrics: createMetrics(),
    route: () => gateways,
    prices: USUAL_PRICES,
    limits: {
      ...{ inFlight: 50, most: 1000, requestMs: 5_000, idleMs: 50 },
      ...{ goneAfterMs: 15_000, health: USUAL_HEALTH, ...limits },
    },
    ...rest,
  };
}

/** Sends until nothing more is due. */
export async function sendAllDue(sender: Sender): Promise<void> {
  await sender.tick();
  for (;;) {
    const { claimed, probes } = await sender.fill();
    await sender.settled();
    if (claimed === 0 && probes.length === 0) return;
    await sender.tick();
  }
}
