import type { Database } from '../runtime/database';
import { openCampaignsSql } from './due-rows';
import type { OperatorLane } from './operator-lane';

/** What a sender knows of campaigns for a second, so that each of its claims need not find it out. */
export interface CampaignsKnown {
  /** Those that wait. */
  closed: readonly number[];
  /** Those of which anything may be due; undefined where nobody looked. */
  open?: readonly number[] | undefined;
  /** The message of each network that was claimed last. What was given back meanwhile, before it, waits for the next look. */
  claimedTo?: ReadonlyMap<OperatorLane, number>;
}

const { tables, ids } = openCampaignsSql('$1');

/** Campaigns of which anything is queued. @returns undefined where there is none: one may come at any moment */
export async function openCampaigns(
  { pool }: Pick<Database, 'pool'>,
  closed: readonly number[],
): Promise<number[] | undefined> {
  const { rows } = await pool.query<{ id: number }>(
    `with recursive ${tables.join(', ')} ${ids}`,
    [closed],
  );
  return rows.length === 0 ? undefined : rows.map(({ id }) => id);
}
