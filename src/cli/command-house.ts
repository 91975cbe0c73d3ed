import type { CampaignGround } from '../campaigns/campaign-desk';
import type { Clock } from '../runtime/clock';
import type { OpenStore } from '../runtime/open-store';

/** What a command of the administrator works with; closed when the command is done. */
export interface CommandHouse extends Pick<
  OpenStore,
  'db' | 'migrations' | 'close'
> {
  readonly clock: Clock;
  /** Key of every keyed hash, as the service has it. */
  readonly hashKey: string;
  /** Where the service answers, when this command knows it. */
  readonly serviceUrl?: string;
  /** What the settings say of campaigns, when this command knows it. */
  readonly campaigns?: CampaignGround;
}

/** What a command wants of the store. */
export interface StoreWish {
  /** There is nothing to do in a store that does not exist yet: it is not made. */
  mustExist?: true;
}

/**
 * Opens the store, its own server when none is given, brought up to date, waiting for long statements.
 * @throws AppError `notFound` when it must exist and does not
 */
export type OpenHouse = (wish?: StoreWish) => Promise<CommandHouse>;

/** Runs a command's work in an open house and closes it, however the work ends. */
export async function inHouse<T>(
  open: OpenHouse,
  work: (house: CommandHouse) => Promise<T>,
  wish: StoreWish = {},
): Promise<T> {
  const house = await open(wish);
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}
