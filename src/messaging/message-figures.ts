import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import type { Metrics } from '../runtime/metrics';
import { gatewayRows, queueDepth } from './queries';

/** What telling of messages needs. */
export interface FigureDeps {
  db: Database;
  clock: Pick<Clock, 'now'>;
}

/** Tells how much waits and for how long, and which gateways stand still, whenever figures are read. */
export function tellMessages(
  { db, clock }: FigureDeps,
  metrics: Pick<Metrics, 'gauge'>,
): void {
  metrics.gauge(
    'jigi_messages_waiting',
    'SMS that wait, by class and state',
    async () =>
      new Map(
        (await queueDepth(db)).map(({ class: name, state, count }) => [
          `${name} ${state}`,
          count,
        ]),
      ),
  );
  metrics.gauge(
    'jigi_messages_late_seconds',
    'How long the first SMS of a class that is due has waited for a sender',
    async () => {
      const queued = (await queueDepth(db)).filter(
        ({ state }) => state === 'queued',
      );
      return new Map(
        queued.map(({ class: name, oldest }) => [
          name,
          Math.max(0, clock.now().getTime() - oldest.getTime()) / 1000,
        ]),
      );
    },
  );
  metrics.gauge(
    'jigi_sms_gateways_paused',
    'SMS gateways that stand still until somebody acts, and why',
    async () => {
      const paused = (await gatewayRows(db)).filter(
        ({ pausedAt }) => pausedAt !== null,
      );
      return new Map(
        paused.map(({ gateway, pausedReason }) => [
          `${gateway} ${pausedReason ?? ''}`,
          1,
        ]),
      );
    },
  );
  metrics.gauge(
    'jigi_sms_gateways_left_alone',
    'SMS gateways that failed too often and are left alone for a while',
    async () => {
      const now = clock.now();
      const shut = (await gatewayRows(db)).filter(
        ({ openUntil }) => openUntil !== null && openUntil > now,
      );
      return new Map(shut.map(({ gateway }) => [gateway, 1]));
    },
  );
}
