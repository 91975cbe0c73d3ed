import type { Claimant } from './claim-due';
import { type DueRows, rowsOfCampaigns, rowsOfClass } from './due-rows';
import type { MessageClass } from './message-class';
import type { OperatorLane } from './operator-lane';
import { classesAtNight } from './purposes';
import { isDecent } from './quiet-hours';

const campaigns = rowsOfCampaigns('$1');

const isAnyDue = ({ oldest }: DueRows): string =>
  `(select id from (${oldest({ now: '$4', operator: 'lane.operator', most: '1' })}) first) is not null`;

// One look into the index for each; `exists` would be answered by a join over all that is queued.
const dueWhen = (decent: boolean): string =>
  `with recursive ${campaigns.tables.join(', ')}
  select operator, class from unnest($2::text[]) as lane (operator) cross join unnest($3::text[]) as turn (class)
  where ${isAnyDue(rowsOfClass('turn.class', decent))}
  union all
  select operator, 'campaign' from unnest($2::text[]) as lane (operator)
  where 'campaign' = any($3::text[]) and ${isAnyDue(campaigns)}`;
const byDay = dueWhen(true);
const atNight = dueWhen(false);

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
  const now = clock.now();
  const decent = isDecent(now);
  // Of the rest nothing is even looked at: a night may begin with half a million reminders left.
  const turns = decent
    ? classes
    : classes.filter((name) => classesAtNight.includes(name));
  const { rows } = await db.pool.query<{
    operator: OperatorLane;
    class: MessageClass;
  }>(decent ? byDay : atNight, [closed, operators, turns, now]);
  return rows;
}
