import { AppError } from '../runtime/errors';

/** Does work in its turn. @throws AppError `unavailable` when too many wait already */
export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Lets so many works run at once, the others in the order in which they came: what strangers
 * may ask for must leave cores and connections to callers.
 */
export function turnstile(limits: {
  atOnce: number;
  mayWait: number;
}): Turnstile {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < limits.atOnce) running += 1;
    else if (waiting.length < limits.mayWait)
      await new Promise<void>((resolve) => waiting.push(resolve));
    else
      throw new AppError(
        'unavailable',
        'Trop de connexions à la fois. Réessayez dans un instant.',
      );
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // Whoever is next takes this place over, so that nobody slips in between.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
