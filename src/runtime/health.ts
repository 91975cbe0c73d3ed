import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './database';
import type { Redis } from './redis';

/** Whether one part answers. */
export type Check = 'ok' | 'down';

/** Whether the service can answer callers, and what each part said. */
export interface Readiness {
  ready: boolean;
  checks: Readonly<Record<string, Check>>;
}

const PATIENCE_MS = 1000;

/** Asks the store, and Redis where one is configured; answers within about a second. */
export async function checkReadiness(parts: {
  db: Pick<Database, 'pool'>;
  redis?: Pick<Redis, 'run'> | undefined;
}): Promise<Readiness> {
  const { db, redis } = parts;
  const asked: Record<string, Promise<unknown>> = {
    database: db.pool.query('select 1'),
    ...(redis && { redis: redis.run((client) => client.ping()) }),
  };
  const checks: Record<string, Check> = {};
  await Promise.all(
    Object.entries(asked).map(async ([name, answer]) => {
      checks[name] = await soon(answer);
    }),
  );
  return {
    ready: Object.values(checks).every((check) => check === 'ok'),
    checks,
  };
}

async function soon(answer: Promise<unknown>): Promise<Check> {
  const late = new AbortController();
  try {
    return await Promise.race([
      answer.then(() => 'ok' as const),
      pause(PATIENCE_MS, 'down' as const, { signal: late.signal }),
    ]);
  } catch {
    return 'down';
  } finally {
    late.abort();
  }
}
