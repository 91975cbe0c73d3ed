import { sessionLifeSeconds } from './session-store';
import type { SessionStore } from './session-store';

/** The few commands of node-redis that the store needs. */
export interface SessionRedis {
  mGet(keys: string[]): Promise<(string | null)[]>;
  get(key: string): Promise<string | null>;
  set(key: string, value: string, options: { NX: true }): Promise<unknown>;
  del(key: string): Promise<unknown>;
  eval(
    script: string,
    options: { keys: string[]; arguments: string[] },
  ): Promise<unknown>;
  evalSha(
    sha1: string,
    options: { keys: string[]; arguments: string[] },
  ): Promise<unknown>;
  ping(): Promise<unknown>;
  scriptLoad(script: string): Promise<string>;
}

// Values are `<seq>|<sealed conversation>`: the script compares without opening.
const keepScript = `
local current = redis.call('GET', KEYS[1])
local seq = 0
if current then seq = tonumber(string.match(current, '^%d+')) end
if seq ~= tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
if KEYS[2] then redis.call('SET', KEYS[2], KEYS[1], 'EX', ARGV[3]) end
return 1`;

const epochKey = 'jigi:ussd:epoch';
const sessionPrefix = 'jigi:ussd:session:';
const callerPrefix = 'jigi:ussd:caller:';

function valueOf(stored: string | null | undefined): string | undefined {
  return stored === null || stored === undefined
    ? undefined
    : stored.slice(stored.indexOf('|') + 1);
}

/**
 * Sessions shared by all web processes: one round trip to read, one to keep.
 * The epoch key tells how long this Redis has kept everything: when it was
 * emptied or lost, the key is young and steps are rebuilt from their path.
 * @param now milliseconds since 1970, for the epoch
 */
export function redisSessionStore(
  redis: SessionRedis,
  now: () => number = () => Date.now(),
): SessionStore {
  let sha: string | undefined;

  const keep = async (keys: string[], args: string[]): Promise<unknown> => {
    const options = { keys, arguments: args };
    sha ??= await redis.scriptLoad(keepScript);
    try {
      return await redis.evalSha(sha, options);
    } catch (error) {
      // A restarted Redis has forgotten its scripts.
      if (error instanceof Error && error.message.startsWith('NOSCRIPT')) {
        return await redis.eval(keepScript, options);
      }
      throw error;
    }
  };

  return {
    async load(sessionKey, callerKey) {
      const keys = [epochKey, sessionPrefix + sessionKey];
      if (callerKey !== undefined) {
        keys.push(callerPrefix + callerKey);
      }
      const [epoch, session, earlierKey] = await redis.mGet(keys);
      if (epoch === null || epoch === undefined) {
        await redis.set(epochKey, String(now()), { NX: true });
      }
      const earlier =
        typeof earlierKey === 'string'
          ? valueOf(await redis.get(earlierKey))
          : undefined;
      const age =
        epoch === null || epoch === undefined ? 0 : now() - Number(epoch);
      return {
        session: valueOf(session),
        earlier,
        mayHaveForgotten: age < sessionLifeSeconds * 1000,
      };
    },
    async save({ sessionKey, expectedSeq, seq, value, callerKey }) {
      const keys = [sessionPrefix + sessionKey];
      if (callerKey !== undefined) {
        keys.push(callerPrefix + callerKey);
      }
      const kept = await keep(keys, [
        String(expectedSeq),
        `${seq}|${value}`,
        String(sessionLifeSeconds),
      ]);
      return kept === 1 ? 'kept' : 'lost';
    },
    async forgetCaller(callerKey) {
      await redis.del(callerPrefix + callerKey);
    },
    async ping() {
      await redis.ping();
      return true;
    },
    close: () => Promise.resolve(),
  };
}
