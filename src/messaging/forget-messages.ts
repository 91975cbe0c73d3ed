import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { cancelMessages } from './cancel-messages';
import type { Purpose } from './purposes';

/**
 * Takes back what was written of a subject and has not gone, and forgets what has: that it was ever written to anybody
 * is not known afterwards. A message that a sender holds at this moment is made to expire, and stays until its end.
 */
export async function forgetMessages(
  deps: { tx: Tx; clock: Clock },
  about: { purposes: readonly Purpose[]; subjectId: number },
): Promise<void> {
  await cancelMessages(deps, { ...about, reason: 'sealed' });
  const which = {
    ...{ purpose: { in: [...about.purposes] }, subjectId: about.subjectId },
  };
  await deps.tx.message.deleteMany({
    where: { ...which, state: { not: 'sending' } },
  });
  await deps.tx.callListEntry.deleteMany({ where: which });
}
