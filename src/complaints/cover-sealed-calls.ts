import type { Clock } from '../runtime/clock';
import { inTransaction, type Database } from '../runtime/database';
import { seizeLine } from './counsellor-line';
import { rewriteSlots } from './sealed-slots';

/**
 * Writes slots anew without a case, by the statements of a sealed call: whoever
 * watches the live store sees slots written now and then, and not whether
 * somebody asked. Does nothing before the ceremony.
 */
export async function coverSealedCalls(deps: {
  db: Pick<Database, 'prisma'>;
  clock: Pick<Clock, 'today'>;
  hashKey: string;
}): Promise<void> {
  const { db, clock, hashKey } = deps;
  await inTransaction(db, async (tx) => {
    const line = await seizeLine(tx, clock);
    if (line === undefined) return;
    await rewriteSlots(tx, { publicKey: line.publicKey, hashKey });
  });
}
