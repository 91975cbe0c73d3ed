import { randomUUID } from 'node:crypto';

import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';

/** What a household says of a ration, without saying whose. */
export interface SaidRation {
  householdId: number;
  distributionId: number;
  answer: 'RECEIVED' | 'NOT_RECEIVED' | 'RECEIVED_WITH_ISSUES';
  proofLevel: 'L1b' | 'L1';
}

/** Keeps what a household says of a distribution; the newest word holds. */
export async function recordRation(
  deps: { tx: Tx; clock: Clock },
  said: SaidRation,
): Promise<{ mismatch: boolean }> {
  await deps.tx.rationReceipt.create({
    data: {
      eventId: randomUUID(),
      distributionId: said.distributionId,
      householdId: said.householdId,
      answer: said.answer,
      proofLevel: said.proofLevel,
      answeredAt: deps.clock.now(),
    },
  });
  return { mismatch: said.answer !== 'RECEIVED' };
}
