import { callerLifeSeconds, sessionLifeSeconds } from './session-store';
import type { SessionStore } from './session-store';

interface Slot {
  seq: number;
  value: string;
  expiresAt: number;
}

/**
 * Sessions of one process, for development and tests. Expired ones are swept
 * as new ones come, so that memory follows the number of open calls.
 * @param now milliseconds; the real clock unless a test brings its own
 */
export function memorySessionStore(
  now: () => number = () => performance.now(),
): SessionStore {
  const bornAt = now();
  const sessions = new Map<string, Slot>();
  const callers = new Map<string, { sessionKey: string; expiresAt: number }>();

  const living = (key: string): Slot | undefined => {
    const slot = sessions.get(key);
    return slot !== undefined && slot.expiresAt > now() ? slot : undefined;
  };
  const sweep = (entries: Map<string, { expiresAt: number }>): void => {
    // Insertion order is expiry order: a kept entry is removed and set again.
    for (const [key, entry] of entries) {
      if (entry.expiresAt > now()) {
        return;
      }
      entries.delete(key);
    }
  };

  return {
    load(sessionKey, callerKey) {
      const caller =
        callerKey === undefined ? undefined : callers.get(callerKey);
      const earlier =
        caller !== undefined && caller.expiresAt > now()
          ? living(caller.sessionKey)?.value
          : undefined;
      const slot = living(sessionKey);
      return Promise.resolve({
        session: slot?.value,
        seq: slot?.seq ?? 0,
        earlier,
        mayHaveForgotten: now() - bornAt < sessionLifeSeconds * 1000,
      });
    },
    save({ sessionKey, expectedSeq, seq, value, callerKey }) {
      sweep(sessions);
      sweep(callers);
      const current = living(sessionKey)?.seq ?? 0;
      if (current !== expectedSeq) {
        return Promise.resolve('lost' as const);
      }
      const expiresAt = now() + sessionLifeSeconds * 1000;
      sessions.delete(sessionKey);
      sessions.set(sessionKey, { seq, value, expiresAt });
      if (callerKey !== undefined) {
        callers.delete(callerKey);
        callers.set(callerKey, {
          sessionKey,
          expiresAt: now() + callerLifeSeconds * 1000,
        });
      }
      return Promise.resolve('kept' as const);
    },
  };
}
