import type { Clock } from '../runtime/clock';
import type { Database, Tx } from '../runtime/database';
import { isDecent } from './quiet-hours';

/**
 * Campaigns none of whose messages may be claimed now: those whose gate is shut, and in the quiet hours all that keep
 * them. Their rows stay as they are, so that shutting takes one row, however many wait.
 */
export async function closedCampaigns(
  { pool }: Pick<Database, 'pool'>,
  clock: Pick<Clock, 'now'>,
): Promise<number[]> {
  const { rows } = await pool.query<{ subject_id: number }>(
    `select subject_id from message_gates where not is_open or (not $1 and not any_hour)`,
    [isDecent(clock.now())],
  );
  return rows.map(({ subject_id: id }) => id);
}

/** Opens or shuts the gate of a campaign, in the transaction of what staff decided. Senders see it within a second. */
export async function setGate(
  { tx, clock }: { tx: Tx; clock: Pick<Clock, 'now'> },
  campaignId: number,
  isOpen: boolean,
): Promise<void> {
  const changedAt = clock.now();
  await tx.messageGate.upsert({
    where: { subjectId: campaignId },
    create: { subjectId: campaignId, isOpen, changedAt },
    update: { isOpen, changedAt },
  });
}
