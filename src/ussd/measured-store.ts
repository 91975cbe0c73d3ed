import { waitedFor } from '../runtime/metrics';
import type { Metrics } from '../runtime/metrics';
import type { SessionStore } from './session-store';

/** A session store whose answers are timed. */
export function measuredStore(
  store: SessionStore,
  metrics: Pick<Metrics, 'observe'>,
): SessionStore {
  return {
    load: (sessionKey, callerKey) =>
      waitedFor(metrics, 'session read', () =>
        store.load(sessionKey, callerKey),
      ),
    save: (kept) => waitedFor(metrics, 'session kept', () => store.save(kept)),
  };
}
