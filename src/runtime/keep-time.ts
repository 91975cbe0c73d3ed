import type { FollowingClock } from './clock';
import type { Database } from './database';
import type { Log } from './logger';

/** Machines drift by seconds a day. */
const askAgainMs = 60_000;

/**
 * Lets the clock follow the database's, which all processes share: locks and deadlines do not hang on
 * a machine whose clock is wrong.
 * @returns ends it
 */
export async function keepTime(
  { pool }: Pick<Database, 'pool'>,
  clock: Pick<FollowingClock, 'follow'>,
  log: Pick<Log, 'warn'>,
): Promise<() => Promise<void>> {
  const ask = async (): Promise<void> => {
    const before = performance.now();
    const { rows } = await pool.query<{ now: Date }>(
      'select clock_timestamp() as now',
    );
    const now = rows[0]?.now;
    if (now !== undefined) clock.follow(now, (before + performance.now()) / 2);
  };
  await ask();
  const timer = setInterval(() => {
    ask().catch((error: unknown) => {
      log.warn('time of the database not asked', { error });
    });
  }, askAgainMs).unref();
  return () => {
    clearInterval(timer);
    return Promise.resolve();
  };
}
