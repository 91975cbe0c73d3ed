import { AppError } from '../runtime/errors';
import { leastId } from './append-events';

/** Cases looked for at once: each is done in a transaction of its own, and may take a while. */
export const casesAtOnce = 500;

/**
 * Does something to cases, one after the other in the order of their ids; one that fails keeps no other from it.
 * @param next the ids that are due from this one on, at most `casesAtOnce`
 * @param work how many things were done to a case
 * @returns how many things were done
 * @throws AppError `bug` at the end, of those that failed
 */
export async function caseByCase(
  next: (from: number) => Promise<readonly number[]>,
  work: (id: number) => Promise<number>,
  stopping?: AbortSignal,
): Promise<number> {
  const failures: unknown[] = [];
  let [done, looked] = [0, 0];
  // Those of nameless complaints are drawn below nought.
  let ids = await next(leastId);
  while (ids.length > 0) {
    for (const id of ids) {
      if (stopping?.aborted === true) return done;
      looked += 1;
      try {
        done += await work(id);
      } catch (error) {
        failures.push(error);
      }
    }
    ids = await next((ids.at(-1) ?? 0) + 1);
  }
  if (failures.length > 0)
    throw new AppError(
      'bug',
      `${failures.length} of ${looked} cases failed`,
      failures[0],
    );
  return done;
}
