import type { Clock } from './clock';
import type { Config } from './config';
import type { Database } from './database';
import type { Log } from './logger';
import type { Redis } from './redis';

/** The outside world's handles, made once by the composition root. */
export interface Runtime {
  config: Config;
  db: Database;
  /** Absent when REDIS_URL is not set. */
  redis: Redis | undefined;
  log: Log;
  clock: Clock;
}
