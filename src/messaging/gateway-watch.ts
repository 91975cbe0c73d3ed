import type { GatewayError } from '../channels/gateway-error';
import {
  type GatewayHealth,
  type HealthDeps,
  noteSeen,
  readHealth,
  type Seen,
  type Standing,
  standingOf,
} from './gateway-health';

/** What one sender knows of all gateways, and tells the others. */
export interface GatewayWatch {
  standing: (gateway: string) => Standing;
  answered(gateway: string, tookMs: number): void;
  /** A whole request failed. A fault of what was asked counts as an answer. */
  failed(gateway: string, fault: GatewayError, tookMs: number): void;
  /** It stands still from now on. */
  paused(gateway: string): void;
  /** This sender tries it: until that has its answer, nothing else goes through it. */
  probing(gateway: string): void;
  /** Tells what was seen, and reads what all senders have seen. */
  refresh(): Promise<void>;
  /** Whether something was seen that others should know at once. */
  isUrgent(): boolean;
}

/** Failures that say something of the gateway; the others are of what it was asked. */
const ITS_OWN: ReadonlySet<string> = new Set([
  'unreachable',
  'throttled',
  'gatewayFault',
  'unanswered',
  'unreadable',
]);

/** Watches the gateways for one sender. */
export function watchGateways(deps: HealthDeps): GatewayWatch {
  let known = new Map<string, GatewayHealth>();
  const seen = new Map<string, Seen>();
  const stopped = new Set<string>();
  const seenOf = (gateway: string): Seen => {
    const found = seen.get(gateway) ?? {
      ...{ answers: 0, tookMs: 0, failures: 0, askedMs: 0 },
    };
    seen.set(gateway, found);
    return found;
  };
  const answered = (gateway: string, tookMs: number): void => {
    const now = seenOf(gateway);
    now.answers += 1;
    now.tookMs += tookMs;
    now.failures = 0;
    now.askedMs = 0;
  };
  const failuresInRow = (gateway: string): number => {
    const { answers = 0, failures = 0 } = seen.get(gateway) ?? {};
    return failures + (answers > 0 ? 0 : (known.get(gateway)?.failures ?? 0));
  };
  const isFailing = (gateway: string): boolean => {
    const { failures = 0, askedMs = 0 } = seen.get(gateway) ?? {};
    const many = failuresInRow(gateway) >= deps.limits.failures;
    return failures > 0 && (many || askedMs > 0);
  };
  return {
    standing: (gateway) => {
      if (stopped.has(gateway)) return 'paused';
      if (isFailing(gateway)) return 'shut';
      return standingOf(known.get(gateway), deps.clock.now(), deps.limits);
    },
    answered,
    failed(gateway, { failure, retryAfterMs = 0 }, tookMs) {
      if (!ITS_OWN.has(failure)) {
        answered(gateway, tookMs);
        return;
      }
      const now = seenOf(gateway);
      now.failures += 1;
      now.askedMs = Math.max(now.askedMs, retryAfterMs);
    },
    paused: (gateway) => void stopped.add(gateway),
    probing(gateway) {
      const health = known.get(gateway);
      const untilMs = deps.clock.now().getTime() + deps.limits.openMs;
      if (health !== undefined) health.openUntil = new Date(untilMs);
    },
    isUrgent: () =>
      Array.from(seen.keys()).some(
        (gateway) =>
          isFailing(gateway) ||
          (known.get(gateway)?.openUntil ?? null) !== null,
      ),
    async refresh() {
      for (const [gateway, what] of Array.from(seen)) {
        seen.delete(gateway);
        try {
          await noteSeen(deps, gateway, what);
        } catch (error) {
          // Told the next time, unless something newer was seen.
          if (!seen.has(gateway)) seen.set(gateway, what);
          throw error;
        }
      }
      known = await readHealth(deps.db);
      stopped.clear();
    },
  };
}
