import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';

/**
 * Keeps the commune of a complaint that was filed without a place, as its
 * complainant tells it. Said again, the newest word holds.
 */
export async function locateComplaint(
  { tx, clock }: { tx: Tx; clock: Clock },
  reference: string,
  communeCode: string,
): Promise<void> {
  const { id, status, anonymous } = await tx.complaint.update({
    where: { reference },
    data: { communeCode },
    select: { id: true, status: true, anonymous: true },
  });
  await tx.complaintEvent.create({
    data: {
      complaintId: id,
      kind: 'located',
      fromStatus: status,
      toStatus: status,
      actor: 'complainant',
      happenedAt: anonymous ? new Date(clock.today()) : clock.now(),
    },
  });
}
