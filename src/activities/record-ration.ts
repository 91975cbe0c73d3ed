import { randomUUID } from 'node:crypto';

import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { distributionConcernsSql } from './queries';

/** What a household says of a ration, without saying whose. */
export interface SaidRation {
  householdId: number;
  distributionId: number;
  answer: 'RECEIVED' | 'NOT_RECEIVED' | 'RECEIVED_WITH_ISSUES';
  proofLevel: 'L1b' | 'L1';
}

/** Recorded, or the distribution does not concern the household. */
export type RecordedRation =
  { kind: 'recorded'; mismatch: boolean } | { kind: 'notTheirs' };

/** Keeps what a household says of a distribution; the newest word holds. */
export async function recordRation(
  deps: { tx: Tx; clock: Clock },
  said: SaidRation,
): Promise<RecordedRation> {
  const [theirs] = await deps.tx.$queryRawUnsafe<unknown[]>(
    distributionConcernsSql,
    said.distributionId,
    said.householdId,
  );
  if (theirs === undefined) {
    return { kind: 'notTheirs' };
  }
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
  return { kind: 'recorded', mismatch: said.answer !== 'RECEIVED' };
}
