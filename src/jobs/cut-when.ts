import type { Database } from '../runtime/database';

/**
 * Ends every connection of a store as soon as `stopping` tells: what runs on them fails, and PostgreSQL takes
 * back what was not committed. For work that may be long and may be done again.
 * @returns ends it, once the store is closed
 */
export function cutWhen(
  stopping: AbortSignal,
  { pool }: Pick<Database, 'pool'>,
): () => void {
  const open = new Set<{ end(): Promise<void> }>();
  pool.on('connect', (client) => {
    open.add(client);
    client.once('end', () => open.delete(client));
    if (stopping.aborted) void client.end();
  });
  const cut = (): void => {
    for (const client of open) void client.end();
  };
  stopping.addEventListener('abort', cut, { once: true });
  return () => {
    stopping.removeEventListener('abort', cut);
  };
}
