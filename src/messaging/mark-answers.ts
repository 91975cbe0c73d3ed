import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { inSqlTransaction } from '../runtime/sql-transaction';
import type { BegunMessage } from './claimed-message';
import type { Fate } from './fate';
import { mayBecome } from './lifecycle';
import { noteFates, type Fate as PhoneFate } from './note-fates';
import { type PriceTable, priceXof } from './price-table';

/** A message, and what the answer to its request makes of it. */
export interface Answered {
  message: BegunMessage;
  fate: Fate;
}

/** What marking needs. */
export interface MarkDeps {
  db: Pick<Database, 'pool'>;
  clock: Pick<Clock, 'now'>;
  /** They may change while a sender runs. */
  pricesNow: () => PriceTable;
}

type FateTo<To extends Fate['to']> = Extract<Fate, { to: To }>;

/** Answers of one kind, in columns. */
type Kind<To extends Fate['to']> = {
  message: BegunMessage;
  fate: FateTo<To>;
}[];

// An answer counts for the request that it belongs to: after it went back, a message has another `begun_at`, or none.
// The ids stand there a second time so that each is looked up by its key, whatever the planner makes of their number.
const own = (ids: string): string =>
  `m.id = any(${ids}::int[]) and m.id = told.id and m.begun_at = told.begun_at`;

// What a delivery report has told already is further on, and stays; what the gateway says of the message is kept.
/** SQL that stores what was taken: the moment, then {@link sentColumns}. */
export const sentSql = `update messages m
  set state = case when ${mayBecome('sent', 'm.state')} then 'sent' else m.state end,
    reason = case when ${mayBecome('sent', 'm.state')} then null else m.reason end,
    sent_at = coalesce(m.sent_at, $1), provider_id = coalesce(m.provider_id, told.provider_id),
    segments = told.segments, price_xof = told.price_xof
  from unnest($2::int[], $3::timestamptz[], $4::text[], $5::int[], $6::int[])
    as told (id, begun_at, provider_id, segments, price_xof)
  where ${own('$2')}`;

const queued = `update messages m
  set state = 'queued', reason = told.reason, claimed_at = null, claimed_by = null, begun_at = null,
    due_at = least($1::timestamptz + make_interval(secs => told.delay_ms / 1000.0), m.expires_at)
  from unnest($2::int[], $3::timestamptz[], $4::text[], $5::int[])
    as told (id, begun_at, reason, delay_ms)
  where ${own('$2')} and ${mayBecome('queued', 'm.state')}`;

const failed = `update messages m
  set state = 'failed', reason = told.reason, settled_at = $1
  from unnest($2::int[], $3::timestamptz[], $4::text[]) as told (id, begun_at, reason)
  where ${own('$2')} and ${mayBecome('failed', 'm.state')}
  returning m.msisdn, m.state, m.reason, m.settled_at as at`;

const unknown = `update messages m
  set state = 'unknown', reason = told.reason
  from unnest($1::int[], $2::timestamptz[], $3::text[]) as told (id, begun_at, reason)
  where ${own('$1')} and ${mayBecome('unknown', 'm.state')}`;

/**
 * Stores what gateways answered, forward only. May be done again after a failure: what was stored is not changed by
 * a second time.
 */
export async function markAnswers(
  { db, clock, pricesNow }: MarkDeps,
  answers: readonly Answered[],
): Promise<void> {
  const now = clock.now();
  const run = async (
    sql: string,
    kind: Kind<Fate['to']>,
    ...columns: unknown[]
  ): Promise<void> => {
    if (kind.length === 0) return;
    const ids = kind.map(({ message }) => message.id);
    const begun = kind.map(({ message }) => message.begunAt);
    const before = sql === unknown ? [] : [now];
    await db.pool.query(sql, [...before, ids, begun, ...columns]);
  };
  if (answers.some(({ fate }) => fate.to === 'sent'))
    await db.pool.query(sentSql, [now, ...sentColumns(pricesNow(), answers)]);
  const again = ofKind(answers, 'queued');
  await run(
    queued,
    again,
    reasonsOf(again),
    again.map(({ fate }) => fate.delayMs),
  );
  await markRefused(db, now, ofKind(answers, 'failed'));
  const open = ofKind(answers, 'unknown');
  await run(unknown, open, reasonsOf(open));
}

/** Values of {@link sentSql} for those of some answers that were taken. */
export function sentColumns(
  prices: PriceTable,
  answers: readonly Answered[],
): unknown[] {
  const taken = ofKind(answers, 'sent');
  const segments = taken.map(segmentsOf);
  return [
    taken.map(({ message }) => message.id),
    taken.map(({ message }) => message.begunAt),
    taken.map(({ fate }) => fate.providerId),
    segments,
    taken.map(({ message }, at) =>
      priceXof(prices, message.operator, segments[at] ?? message.segments),
    ),
  ];
}

/** Their phones learn of it at once, as they do from a report. */
async function markRefused(
  db: MarkDeps['db'],
  now: Date,
  refused: Kind<'failed'>,
): Promise<void> {
  if (refused.length === 0) return;
  await inSqlTransaction(db, async (tx) => {
    const { rows } = await tx.query<PhoneFate>(failed, [
      now,
      refused.map(({ message }) => message.id),
      refused.map(({ message }) => message.begunAt),
      reasonsOf(refused),
    ]);
    await noteFates(tx, rows);
  });
}

function ofKind<To extends Fate['to']>(
  answers: readonly Answered[],
  to: To,
): Kind<To> {
  return answers.filter(
    (answer): answer is Kind<To>[number] => answer.fate.to === to,
  );
}

function reasonsOf(kind: readonly { fate: { reason: string } }[]): string[] {
  return kind.map(({ fate }) => fate.reason);
}

/** As billed, where the gateway tells a number that can be. */
function segmentsOf({ message, fate }: Kind<'sent'>[number]): number {
  const { segments = 0 } = fate;
  return segments >= 1 && segments <= 10 ? segments : message.segments;
}
