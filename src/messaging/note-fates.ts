import { noteReach, type PhoneReach } from '../register/note-reach';
import type { SqlTx } from '../runtime/sql-transaction';
import type { Reason } from './reasons';
import { listUnreachable, lostOf, takeOffUnreachable } from './unreachable';

/** What became of one message in the end. */
export interface Fate {
  msisdn: string;
  state: 'delivered' | 'failed';
  reason: Reason | null;
  at: Date;
}

/** Failures that tell something of the phone; the others are ours, or the gateway's. */
const OF_THE_PHONE: ReadonlySet<Reason | null> = new Set<Reason | null>([
  'absent',
  'undelivered',
  'badNumber',
  'blacklisted',
]);

/**
 * Lets the phones know what became of their messages: a number that fails too long comes onto the list of those that
 * nobody reaches, one that is reached leaves it. Each message once, in the transaction that settles it.
 */
export async function noteFates(
  tx: SqlTx,
  fates: readonly Fate[],
): Promise<void> {
  const reaches = fates.flatMap(reachOf);
  if (reaches.length === 0) return;
  const failing = await noteReach(tx, reaches);
  const last = new Date(Math.max(...fates.map(({ at }) => at.getTime())));
  await listUnreachable(tx, 'failed', lostOf(failing), last);
  const reached = reaches.filter(({ kind }) => kind === 'reached');
  await takeOffUnreachable(
    tx,
    reached.map(({ msisdn }) => msisdn),
    last,
  );
}

function reachOf({ msisdn, state, reason, at }: Fate): PhoneReach[] {
  const on = at.toISOString().slice(0, 10);
  if (state === 'delivered') return [{ msisdn, kind: 'reached', on }];
  return OF_THE_PHONE.has(reason) ? [{ msisdn, kind: 'failed', on }] : [];
}
