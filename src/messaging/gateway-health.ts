import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';

/** When a gateway is left alone, and for how long. */
export interface HealthLimits {
  /** Requests that fail in a row until it is left alone. */
  failures: number;
  /** How long it is left alone then; afterwards one request tries it. */
  openMs: number;
  /** Answers slower than this, on the average, send messages another way where there is one. */
  slowMs: number;
}

/** What suits gateways that nobody has told of. */
export const USUAL_HEALTH: HealthLimits = {
  failures: 5,
  openMs: 30_000,
  slowMs: 10_000,
};

/** How a gateway does, as all senders share it. */
export interface GatewayHealth {
  failures: number;
  openUntil: Date | null;
  pausedReason: string | null;
  slowMs: number | null;
  measuredAt: Date | null;
}

/**
 * What may go through a gateway now.
 *
 * - `fit`: everything
 * - `slow`: what has no other way
 * - `probe`: one request of one sender, to see whether it is back
 * - `shut`, `paused`: nothing; a pause ends when somebody ends it
 */
export type Standing = 'fit' | 'slow' | 'probe' | 'shut' | 'paused';

/** Its standing by what is known; a gateway of which nothing is known is fit. */
export function standingOf(
  health: GatewayHealth | undefined,
  now: Date,
  limits: HealthLimits,
): Standing {
  if (health === undefined) return 'fit';
  if (health.pausedReason !== null) return 'paused';
  if (health.openUntil !== null)
    return health.openUntil > now ? 'shut' : 'probe';
  const measuredMs = health.measuredAt?.getTime() ?? 0;
  const isNews = now.getTime() - measuredMs < limits.openMs;
  return isNews && (health.slowMs ?? 0) > limits.slowMs ? 'slow' : 'fit';
}

/** How every gateway does of which anything is known, by name. */
export async function readHealth({
  pool,
}: Pick<Database, 'pool'>): Promise<Map<string, GatewayHealth>> {
  const { rows } = await pool.query<GatewayHealth & { gateway: string }>(
    `select gateway, failures, open_until as "openUntil", paused_reason as "pausedReason",
       slow_ms as "slowMs", measured_at as "measuredAt" from gateway_states`,
  );
  return new Map(rows.map(({ gateway, ...health }) => [gateway, health]));
}

/** What one sender saw of a gateway since it last told. */
export interface Seen {
  /** Requests that were answered, and how long they took together. */
  answers: number;
  tookMs: number;
  /** Requests that failed after the last answer. */
  failures: number;
  /** How long the gateway asked to be left alone. */
  askedMs: number;
}

// A mean that is older than the time for which a gateway is left alone says nothing of it today.
const note = `with told as (select $2::timestamptz as now, $3::int as failures, $4::int as answers, $5::int as asked_ms,
      $6::int as most, $7::int as open_ms, $8::int as mean_ms),
    seen as (select gateway, told.*,
        told.failures + case when told.answers > 0 then 0 else g.failures end as in_row
      from gateway_states g cross join told where gateway = $1 for update of g)
  update gateway_states g set
    failures = seen.in_row,
    open_until = case
      when seen.failures > 0 and (seen.in_row >= seen.most or seen.asked_ms > 0)
        then seen.now + make_interval(secs => greatest(
          case when seen.in_row >= seen.most then seen.open_ms end, seen.asked_ms) / 1000.0)
      when seen.failures = 0 and seen.answers > 0 then null
      else g.open_until end,
    slow_ms = case
      when seen.mean_ms is null then g.slow_ms
      when g.measured_at > seen.now - make_interval(secs => seen.open_ms / 1000.0)
        then (g.slow_ms * 3 + seen.mean_ms) / 4
      else seen.mean_ms end,
    measured_at = case when seen.mean_ms is null then g.measured_at else seen.now end
  from seen where g.gateway = seen.gateway`;

const known = `insert into gateway_states (gateway) values ($1) on conflict do nothing`;

/** What noting needs. */
export interface HealthDeps {
  db: Pick<Database, 'pool'>;
  clock: Pick<Clock, 'now'>;
  limits: HealthLimits;
}

/**
 * Tells all senders what this one saw. After so many failures in a row, or when the gateway asks for it, it is left
 * alone; an answer lets it in again.
 */
export async function noteSeen(
  { db, clock, limits }: HealthDeps,
  gateway: string,
  { answers, tookMs, failures, askedMs }: Seen,
): Promise<void> {
  const meanMs = answers === 0 ? null : Math.round(tookMs / answers);
  await db.pool.query(known, [gateway]);
  await db.pool.query(note, [
    ...[gateway, clock.now(), failures, answers, askedMs],
    ...[limits.failures, limits.openMs, meanMs],
  ]);
}

/**
 * Asks for the one request that tries a gateway after its time is over. Of all senders that ask, one may: for the
 * others it is left alone a while longer.
 */
export async function takeProbe(
  { db, clock, limits }: HealthDeps,
  gateway: string,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update gateway_states set probed_at = $2,
       open_until = $2::timestamptz + make_interval(secs => $3 / 1000.0)
     where gateway = $1 and open_until <= $2 and paused_at is null`,
    [gateway, clock.now(), limits.openMs],
  );
  return rowCount === 1;
}
