import type { Claimant } from './claim-due';
import { type DueRows, rowsOfCampaigns, rowsOfClass } from './due-rows';
import type { MessageClass } from './message-class';
import type { OperatorLane } from './operator-lane';

const campaigns = rowsOfCampaigns('$1');

const isAnyDue = ({ oldest }: DueRows): string =>
  `(select id from (${oldest({ now: '$4', operator: 'lane.operator', most: '1' })}) first) is not null`;

// One look into the index for each; `exists` would be answered by a join over all that is queued.
const due = `with recursive ${campaigns.tables.join(', ')}
  select operator, class from unnest($2::text[]) as lane (operator) cross join unnest($3::text[]) as turn (class)
  where ${isAnyDue(rowsOfClass('turn.class'))}
  union all
  select operator, 'campaign' from unnest($2::text[]) as lane (operator)
  where 'campaign' = any($3::text[]) and ${isAnyDue(campaigns)}`;

/**
 * Networks and classes for which anything is due; claims nothing.
 * @param closed campaigns that wait
 */
export async function lanesWithDue(
  { db, clock }: Pick<Claimant, 'db' | 'clock'>,
  operators: readonly OperatorLane[],
  classes: readonly MessageClass[],
  closed: readonly number[] = [],
): Promise<{ operator: OperatorLane; class: MessageClass }[]> {
  const { rows } = await db.pool.query<{
    operator: OperatorLane;
    class: MessageClass;
  }>(due, [closed, operators, classes, clock.now()]);
  return rows;
}
