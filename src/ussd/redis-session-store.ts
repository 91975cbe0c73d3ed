import { createHash } from 'node:crypto';

import type { Redis, RedisClient } from '../runtime/redis';
import { sessionLifeSeconds } from './session-store';
import type { SessionStore } from './session-store';

// Values are `<seq>|<sealed conversation>`: the script compares without opening.
const keepScript = `
local current = redis.call('GET', KEYS[1])
local seq = 0
if current then seq = tonumber(string.match(current, '^%d+')) end
if seq ~= tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
if KEYS[2] then redis.call('SET', KEYS[2], KEYS[1], 'EX', ARGV[3]) end
return 1`;

/** What stands before the bar. */
function seqOf(stored: string | null | undefined): number {
  return Number.parseInt(stored ?? '0', 10);
}

const keepSha = createHash('sha1').update(keepScript).digest('hex');

const epochKey = 'jigi:ussd:epoch';
const sessionPrefix = 'jigi:ussd:session:';
const callerPrefix = 'jigi:ussd:caller:';

function valueOf(stored: string | null | undefined): string | undefined {
  return stored === null || stored === undefined
    ? undefined
    : stored.slice(stored.indexOf('|') + 1);
}

/** Runs the script by its hash; a restarted Redis has forgotten it and is told again. */
async function keep(
  client: RedisClient,
  keys: string[],
  args: string[],
): Promise<boolean> {
  const options = { keys, arguments: args };
  try {
    return (await client.evalSha(keepSha, options)) === 1;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('NOSCRIPT')) {
      return (await client.eval(keepScript, options)) === 1;
    }
    throw error;
  }
}

/**
 * Sessions shared by all web processes: one round trip to read, one to keep.
 * The epoch key tells how long this Redis has kept everything: when it was
 * emptied or lost, the key is young and steps are rebuilt from their path.
 * @param now milliseconds since 1970, for the epoch
 */
export function redisSessionStore(
  redis: Pick<Redis, 'run'>,
  now: () => number = () => Date.now(),
): SessionStore {
  const lifeMs = sessionLifeSeconds * 1000;

  const readEpoch = async (
    client: RedisClient,
    epoch: string | null | undefined,
  ): Promise<number> => {
    if (typeof epoch === 'string') {
      return now() - Number(epoch);
    }
    await client.set(epochKey, String(now()), {
      condition: 'NX',
    });
    return 0;
  };

  return {
    load: (sessionKey, callerKey) =>
      redis.run(async (client) => {
        const keys = [epochKey, sessionPrefix + sessionKey];
        if (callerKey !== undefined) {
          keys.push(callerPrefix + callerKey);
        }
        const [epoch, session, earlierKey] = await client.mGet(keys);
        const age = await readEpoch(client, epoch);
        return {
          session: valueOf(session),
          seq: seqOf(session),
          earlier:
            typeof earlierKey === 'string'
              ? valueOf(await client.get(earlierKey))
              : undefined,
          mayHaveForgotten: age < lifeMs,
        };
      }),
    save: ({ sessionKey, expectedSeq, seq, value, callerKey }) =>
      redis.run(async (client) => {
        const keys = [sessionPrefix + sessionKey];
        if (callerKey !== undefined) {
          keys.push(callerPrefix + callerKey);
        }
        const kept = await keep(client, keys, [
          String(expectedSeq),
          `${seq}|${value}`,
          String(sessionLifeSeconds),
        ]);
        return kept ? 'kept' : 'lost';
      }),
  };
}
