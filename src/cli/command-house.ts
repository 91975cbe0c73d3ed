import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';

/** What a command of the administrator works with; closed when the command is done. */
export interface CommandHouse {
  /** A store that waits for long statements. */
  readonly db: Database;
  readonly clock: Clock;
  close(): Promise<void>;
}

/** Opens the store, its own server when none is given, brought up to date. */
export type OpenHouse = () => Promise<CommandHouse>;

/** Runs a command's work in an open house and closes it, however the work ends. */
export async function inHouse<T>(
  open: OpenHouse,
  work: (house: CommandHouse) => Promise<T>,
): Promise<T> {
  const house = await open();
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}
