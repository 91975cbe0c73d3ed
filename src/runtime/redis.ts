import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'redis';
import { AppError } from './errors';
import { inTime, Late } from './in-time';
import type { Log } from './logger';

/** The client of node-redis, as made here. */
export type RedisClient = ReturnType<typeof createSafeClient>;

/** A Redis that never makes a caller wait: a command answers soon or fails. */
export interface Redis {
  /**
   * Sends commands.
   * @throws AppError `unavailable` when Redis is away, or silent for longer than the command time-out.
   */
  run<T>(commands: (client: RedisClient) => Promise<T>): Promise<T>;
  /** Tells whoever goes on trying that there is no use any more. */
  closed: AbortSignal;
  close(): Promise<void>;
}

/** Time allowed to one `run`, and to the first connection before start goes on without it. */
export interface RedisOptions {
  commandTimeoutMs?: number;
  firstConnectionMs?: number;
}

const LONGEST_BACKOFF_MS = 2000;
const SILENCE_MS = 5000;

/** Connects to Redis; when it is away the service starts all the same and connects later. */
export async function connectRedis(
  url: string,
  log: Pick<Log, 'warn' | 'info'>,
  options: RedisOptions = {},
): Promise<Redis> {
  const client = createSafeClient(url);
  watch(client, log);
  // Goes on trying by itself, for as long as it takes: only `close` ends it.
  const connected = client.connect().catch(ignore);
  await Promise.race([
    connected,
    pause(options.firstConnectionMs ?? 1000, undefined, { ref: false }),
  ]);
  const timeoutMs = options.commandTimeoutMs ?? 250;
  const closing = new AbortController();
  return {
    run: (commands) => runWithin(client, commands, timeoutMs),
    closed: closing.signal,
    close: async () => {
      closing.abort();
      client.destroy();
      await connected;
    },
  };
}

function createSafeClient(url: string) {
  return createClient({
    url,
    // Without this, commands wait in memory for as long as Redis is away, and callers with them.
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    // `run` bounds the wait; the client's own time-out keeps a signal and a timer for each command.
    commandOptions: { timeout: 0 },
    // A peer that vanished without a word is noticed by its silence.
    pingInterval: 1000,
    socket: {
      connectTimeout: 2000,
      socketTimeout: SILENCE_MS,
      reconnectStrategy: (retries) =>
        Math.min(25 * 2 ** Math.min(retries, 10), LONGEST_BACKOFF_MS) +
        Math.floor(Math.random() * 100),
    },
  });
}

/** One line when Redis goes, one when it is back: not one for each attempt. */
function watch(client: RedisClient, log: Pick<Log, 'warn' | 'info'>): void {
  let away = false;
  client.on('error', (error: unknown) => {
    if (!away) log.warn('redis is away', { error });
    away = true;
  });
  client.on('ready', () => {
    if (away) log.info('redis is back');
    away = false;
  });
}

async function runWithin<T>(
  client: RedisClient,
  commands: (client: RedisClient) => Promise<T>,
  timeoutMs: number,
): Promise<T> {
  if (!client.isReady) throw new AppError('unavailable', 'redis is away');
  try {
    return await inTime(timeoutMs, () => commands(client));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cause instanceof Late)
      throw new AppError('unavailable', 'redis is silent');
    throw new AppError('unavailable', 'redis refused a command', cause);
  }
}

function ignore(): void {
  // Told by the 'error' event, or to the caller of `run`.
}
