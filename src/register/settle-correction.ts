import type { Clock } from '../runtime/clock';
import { inTransaction, type Database } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { holds } from '../staff/permissions';
import type { Decider } from './decide-phone-change';

/** Settled; or not there for whoever asks, or settled before. */
export type CorrectionSettled = { kind: 'done' | 'notFound' | 'notNow' };

/** Notes that the register was put right, or that it was right all along. */
export function settleCorrection(
  { db, clock }: { db: Pick<Database, 'prisma'>; clock: Clock },
  decider: Decider,
  correctionId: number,
): Promise<CorrectionSettled> {
  return inTransaction(db, async (tx) => {
    const correction = await tx.registerCorrection.findUnique({
      where: { id: correctionId },
      include: { household: { select: { communeCode: true } } },
    });
    const isTheirs =
      correction !== null &&
      holds(decider, 'corrections.settle') &&
      (decider.communes === 'country' ||
        decider.communes.includes(correction.household.communeCode));
    if (!isTheirs) return { kind: 'notFound' };
    const { count } = await tx.registerCorrection.updateMany({
      where: { id: correctionId, settledAt: null },
      data: { settledAt: clock.now() },
    });
    if (count === 0) return { kind: 'notNow' };
    await recordAudit(tx, {
      ...{ actor: `officer:${decider.id}`, action: 'correction.settled' },
      subject: `correction:${correctionId}`,
      details: { field: correction.field },
    });
    return { kind: 'done' };
  });
}
