import { createHash } from 'node:crypto';

import type { RedisClient } from '../runtime/redis';
import { callerLifeSeconds, sessionLifeSeconds } from './session-store';
import type { Kept, Loaded } from './session-store';

// Two keys and two values a step, after the two lives; a caller without a key has the empty one. Values are
// `<seq>|<sealed conversation>`: the script compares without opening.
const keepScript = `
local kept = {}
for i = 1, #KEYS, 2 do
  local current = redis.call('GET', KEYS[i])
  local seq = 0
  if current then seq = tonumber(string.match(current, '^%d+')) end
  local isNext = seq == tonumber(ARGV[i + 2])
  if isNext then
    redis.call('SET', KEYS[i], ARGV[i + 3], 'EX', ARGV[1])
    if KEYS[i + 1] ~= '' then redis.call('SET', KEYS[i + 1], KEYS[i], 'EX', ARGV[2]) end
  end
  kept[#kept + 1] = isNext and 1 or 0
end
return kept`;

/** What stands before the bar. */
function seqOf(stored: string | null | undefined): number {
  return Number.parseInt(stored ?? '0', 10);
}

const keepSha = createHash('sha1').update(keepScript).digest('hex');

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
): Promise<unknown> {
  const options = { keys, arguments: args };
  try {
    return await client.evalSha(keepSha, options);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('NOSCRIPT')) {
      return client.eval(keepScript, options);
    }
    throw error;
  }
}

/** A call that is looked for, and perhaps the last one of its phone. */
export interface Sought {
  sessionKey: string;
  callerKey: string | undefined;
}

/** Where a call lies, and where its phone's last one is told. */
export function keysOf({ sessionKey, callerKey }: Sought): string[] {
  const key = sessionPrefix + sessionKey;
  return callerKey === undefined ? [key] : [key, callerPrefix + callerKey];
}

/** What was found, call by call; the last calls of phones are read by one more command, where there are any. */
export async function loadedOf(
  client: RedisClient,
  all: readonly Sought[],
  found: readonly (string | null)[],
  mayHaveForgotten: boolean,
): Promise<Loaded[]> {
  const earlierKeys: string[] = [];
  let next = 0;
  const calls = all.map(({ callerKey }) => {
    const session = found[next];
    const earlierKey = callerKey === undefined ? null : found[next + 1];
    next += callerKey === undefined ? 1 : 2;
    const earlierAt =
      typeof earlierKey === 'string' ? earlierKeys.push(earlierKey) - 1 : -1;
    return { session, earlierAt };
  });
  const earlier =
    earlierKeys.length === 0 ? [] : await client.mGet(earlierKeys);
  return calls.map(({ session, earlierAt }) => ({
    session: valueOf(session),
    seq: seqOf(session),
    earlier: valueOf(earlier[earlierAt]),
    mayHaveForgotten,
  }));
}

/** Keeps several steps, each if nobody kept it before, by one command. */
export async function keepSteps(
  client: RedisClient,
  steps: readonly Kept[],
): Promise<('kept' | 'lost')[]> {
  const keys = steps.flatMap(({ sessionKey, callerKey }) => [
    sessionPrefix + sessionKey,
    callerKey === undefined ? '' : callerPrefix + callerKey,
  ]);
  const values = steps.flatMap(({ expectedSeq, seq, value }) => [
    String(expectedSeq),
    `${seq}|${value}`,
  ]);
  const lives = [String(sessionLifeSeconds), String(callerLifeSeconds)];
  const kept = await keep(client, keys, [...lives, ...values]);
  // The script answers one number for each step.
  return Array.isArray(kept)
    ? kept.map((one) => (one === 1 ? 'kept' : 'lost'))
    : [];
}
