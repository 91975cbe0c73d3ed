import type { Clock } from '../runtime/clock';
import { inTransaction } from '../runtime/database';
import type { Database, Tx } from '../runtime/database';

/**
 * Does something once under a key: repeated, at the same moment or later, it
 * answers what was answered then and does nothing. Key and effect commit together.
 * @param work its answer is plain JSON
 */
export async function once<T>(
  deps: { db: Database; clock: Clock },
  key: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return inTransaction(deps.db, async (tx) => {
    // Waits for a twin that is under way, then finds its row.
    const inserted = await tx.effectOnce.createMany({
      data: [{ key, answer: {}, happenedAt: deps.clock.now() }],
      skipDuplicates: true,
    });
    if (inserted.count === 0) {
      const earlier = await tx.effectOnce.findUniqueOrThrow({ where: { key } });
      // Written below by this very function, under the same key and so the same T.
      return earlier.answer as T;
    }
    const answer = await work(tx);
    await tx.effectOnce.update({
      where: { key },
      data: { answer: answer as object },
    });
    return answer;
  });
}

/** Whether the effect of a key has happened. */
export async function hasHappened(db: Database, key: string): Promise<boolean> {
  return (await db.prisma.effectOnce.count({ where: { key } })) > 0;
}
