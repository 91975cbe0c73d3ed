import type { Tx } from '../runtime/database';

/** Keeps the rows of nameless complaints where they are until the transaction ends; any number may at once. */
export async function holdNamelessRows(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended('jigi nameless rows', 0))`;
}

/** Waits until nobody holds these rows, and lets nobody hold them until the transaction ends. */
export async function seizeNamelessRows(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('jigi nameless rows', 0))`;
}
