import { randomUUID } from 'node:crypto';

import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { stopAsking } from './stop-asking';

/** What a household says of one payment. */
export interface SaidReceipt {
  householdId: number;
  paymentId: number;
  answer: 'RECEIVED' | 'NOT_RECEIVED' | 'RECEIVED_WITH_ISSUES';
  declaredAmountXof?: number | undefined;
  askedForMoney: boolean;
  /** An SMS proves no card: L0. */
  proofLevel: 'L0' | 'L1b' | 'L1';
  /** `ussd` unless told. */
  channel?: 'ussd' | 'sms';
  /** When it was said; now, unless it came late. */
  at?: Date;
}

/** Recorded; `mismatch` when list, provider and household do not all say the same. */
export type RecordedReceipt =
  { kind: 'recorded'; mismatch: boolean } | { kind: 'notTheirs' };

/** Results by which the provider itself says that the household has nothing. */
const unpaidResults: readonly string[] = ['absent', 'rejected', 'returned'];

/**
 * Keeps what a household says of a payment of its own. Said again, it is
 * appended: the newest holds, the earlier ones stay.
 */
export async function recordReceipt(
  deps: { tx: Tx; clock: Clock },
  said: SaidReceipt,
): Promise<RecordedReceipt> {
  const { tx, clock } = deps;
  const payment = await tx.payment.findFirst({
    where: { id: said.paymentId, householdId: said.householdId },
    select: {
      amountXof: true,
      waveId: true,
      results: { orderBy: { updatedAt: 'desc' }, take: 1 },
    },
  });
  if (payment === null) {
    return { kind: 'notTheirs' };
  }
  // Where the amount may not be shown, the flow cannot compare what was typed with it.
  const isAll =
    said.declaredAmountXof === payment.amountXof && !said.askedForMoney;
  const answer = isAll ? 'RECEIVED' : said.answer;
  await tx.receipt.create({
    data: {
      eventId: randomUUID(),
      paymentId: said.paymentId,
      answer,
      declaredAmountXof: said.declaredAmountXof ?? null,
      askedForMoney: said.askedForMoney,
      proofLevel: said.proofLevel,
      channel: said.channel ?? 'ussd',
      answeredAt: said.at ?? clock.now(),
    },
  });
  await stopAsking(deps, said.householdId, payment.waveId);
  const result = payment.results[0]?.result;
  // Told from what was said: nobody learns an amount that may not be shown by trying some.
  const mismatch =
    said.answer !== 'RECEIVED' ||
    said.askedForMoney ||
    (said.declaredAmountXof !== undefined &&
      said.declaredAmountXof !== payment.amountXof) ||
    (result !== undefined && unpaidResults.includes(result));
  return { kind: 'recorded', mismatch };
}
