import type { Batch, BegunMessage } from './claimed-message';
import type { Claimant } from './claim-due';

/** SQL that writes down that requests begin; its values by their places. It returns the ids of what may go. */
export function beginSql(at: {
  now: string;
  sender: string;
  ids: string;
  gateways: string;
}): string {
  const { now, sender, ids, gateways } = at;
  return `update messages m
    set begun_at = ${now}, attempts = m.attempts + 1, gateway = begun.gateway,
      operator = nullif(operator_of(m.msisdn), 'other')
    from unnest(${ids}::int[], ${gateways}::text[]) as begun (id, gateway)
    where m.id = any(${ids}::int[]) and m.id = begun.id and m.state = 'sending' and m.claimed_by = ${sender}
      and m.begun_at is null and m.expires_at > ${now}
    returning m.id`;
}

const begin = beginSql({
  ...{ now: '$1', sender: '$2', ids: '$3', gateways: '$4' },
});

/**
 * Writes down that these requests begin, just before they do: from here on their messages are never sent again by
 * themselves. One statement for all that are ready at once.
 * @returns of each batch what may go: what this sender still holds and is not too late
 */
export async function beginRequests(
  { db, clock, sender }: Claimant,
  batches: readonly Batch[],
): Promise<BegunMessage[][]> {
  const begunAt = clock.now();
  const { rows } = await db.pool.query<{ id: number }>(begin, [
    begunAt,
    sender,
    batches.flatMap(({ messages }) => messages.map(({ id }) => id)),
    batches.flatMap(({ gateway, messages }) =>
      messages.map(() => gateway.name),
    ),
  ]);
  return begunOf(batches, rows, begunAt);
}

/** Of each batch what the store says has begun. */
export function begunOf(
  batches: readonly Batch[],
  rows: readonly { id: number }[],
  begunAt: Date,
): BegunMessage[][] {
  const begun = new Set(rows.map(({ id }) => id));
  return batches.map(({ messages }) =>
    messages
      .filter(({ id }) => begun.has(id))
      .map((message) => ({
        ...message,
        attempts: message.attempts + 1,
        begunAt,
      })),
  );
}
