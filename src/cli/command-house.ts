import type { Clock } from '../runtime/clock';
import type { OpenStore } from '../runtime/open-store';

/** What a command of the administrator works with; closed when the command is done. */
export interface CommandHouse extends Pick<
  OpenStore,
  'db' | 'migrations' | 'close'
> {
  readonly clock: Clock;
}

/** Opens the store, its own server when none is given, brought up to date, waiting for long statements. */
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
