import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { carryOutRules } from '../staff/retain';
import { retentionRules } from '../staff/retention-rules';

/** Removes the traces of calls that have served their time. @returns how many rows went or lost their key */
export async function forgetOldTraces(deps: {
  db: Database;
  clock: Clock;
}): Promise<number> {
  const counts = await carryOutRules(
    { ...deps, actor: 'worker' },
    retentionRules.filter(({ isTrace }) => isTrace === true),
  );
  return counts.reduce((sum, { rows }) => sum + rows, 0);
}
