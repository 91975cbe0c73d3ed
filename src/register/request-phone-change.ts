import { randomUUID } from 'node:crypto';

import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';

/**
 * Takes down that a household asks for a new number. Nothing changes until
 * staff have approved it.
 */
export async function requestPhoneChange(
  deps: { tx: Tx; clock: Clock },
  request: { householdId: number; newMsisdn: string },
): Promise<void> {
  const { tx, clock } = deps;
  const current = await tx.phoneLink.findFirst({
    where: { householdId: request.householdId, endedAt: null },
    orderBy: { startedAt: 'desc' },
    select: { msisdn: true },
  });
  await tx.phoneChange.create({
    data: {
      eventId: randomUUID(),
      householdId: request.householdId,
      oldMsisdn: current?.msisdn ?? null,
      newMsisdn: request.newMsisdn,
      requestedAt: clock.now(),
      status: 'requested',
    },
  });
}
