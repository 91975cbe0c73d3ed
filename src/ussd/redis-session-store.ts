import { setTimeout as pause } from 'node:timers/promises';

import type { Redis, RedisClient } from '../runtime/redis';
import { gathered } from './gathered';
import { keepSteps, keysOf, loadedOf } from './session-commands';
import type { Sought } from './session-commands';
import { sessionLifeSeconds } from './session-store';
import type { Kept, SessionStore } from './session-store';

const epochKey = 'jigi:ussd:epoch';

const firstPauseMs = 50;
const longestPauseMs = 2000;

/** What makes the epoch young once a step was not kept, so that no process takes this Redis at its word. */
interface LostSteps {
  /** Tells the others at once, and goes on trying for as long as Redis is out of reach. */
  add(): void;
  /** Whether the others do not know yet. */
  areUntold(): boolean;
  /** Tells them before this process itself asks for a call. */
  tell(client: RedisClient): Promise<void>;
}

function lostSteps(redis: Pick<Redis, 'run' | 'closed'>): LostSteps {
  let lost = 0;
  let told = 0;
  let isTelling = false;

  const areUntold = (): boolean => told < lost;
  const tell = async (client: RedisClient): Promise<void> => {
    // A step that is lost meanwhile may be lost after the epoch began anew: it is told again.
    const known = lost;
    await client.del(epochKey);
    told = Math.max(told, known);
  };
  const keepTelling = async (): Promise<void> => {
    let pauseMs = firstPauseMs;
    while (!redis.closed.aborted) {
      await redis.run(tell).catch(() => undefined);
      if (!areUntold()) {
        break;
      }
      // Ends early, with an error, when the process closes.
      await pause(pauseMs, undefined, {
        ref: false,
        signal: redis.closed,
      }).catch(() => undefined);
      pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    }
    isTelling = false;
  };

  return {
    add() {
      lost += 1;
      if (!isTelling) {
        isTelling = true;
        void keepTelling();
      }
    },
    areUntold,
    tell,
  };
}

/**
 * Sessions shared by all web processes: one round trip to read, one to keep, for all steps that
 * ask in the same turn of the event loop.
 * The epoch key tells how long this Redis has kept everything: when it was
 * emptied or lost, or could not keep a step, the key is young and steps are
 * rebuilt from their path.
 * @param now milliseconds since 1970, for the epoch
 */
export function redisSessionStore(
  redis: Pick<Redis, 'run' | 'closed'>,
  now: () => number = () => Date.now(),
): SessionStore {
  const lifeMs = sessionLifeSeconds * 1000;
  const lost = lostSteps(redis);

  const readEpoch = async (
    client: RedisClient,
    epoch: string | null | undefined,
  ): Promise<number> => {
    if (typeof epoch === 'string') {
      return now() - Number(epoch);
    }
    // A full Redis cannot keep it; then it is no older the next time.
    await client
      .set(epochKey, String(now()), { condition: 'NX' })
      .catch(() => undefined);
    return 0;
  };

  const loadAll = gathered((all: readonly Sought[]) =>
    redis.run(async (client) => {
      if (lost.areUntold()) {
        await lost.tell(client);
      }
      const [epoch, ...found] = await client.mGet([
        epochKey,
        ...all.flatMap(keysOf),
      ]);
      const age = await readEpoch(client, epoch);
      return loadedOf(client, all, found, age < lifeMs);
    }),
  );
  const keepAll = gathered((steps: readonly Kept[]) =>
    redis
      .run((client) => keepSteps(client, steps))
      .catch((error: unknown) => {
        // Full or away, it does not know every call, however old it is.
        lost.add();
        throw error;
      }),
  );
  return {
    load: (sessionKey, callerKey) => loadAll({ sessionKey, callerKey }),
    save: keepAll,
  };
}
