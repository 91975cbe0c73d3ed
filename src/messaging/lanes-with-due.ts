import type { Claimant } from './claim-due';
import type { CampaignsKnown } from './campaigns-known';
import {
  type DueRows,
  rowsOfCampaigns,
  rowsOfClass,
  rowsOfOpenCampaigns,
} from './due-rows';
import type { MessageClass } from './message-class';
import type { OperatorLane } from './operator-lane';
import { classesAtNight } from './purposes';
import { isDecent } from './quiet-hours';

const isAnyDue = ({ oldest }: DueRows, after?: string): string =>
  `(select id from (${oldest({ now: '$4', operator: 'lane.operator', most: '1', ...(after && { after }) })}) first) is not null`;

// One look into the index for each; `exists` would be answered by a join over all that is queued.
const dueWhen = (decent: boolean, campaigns: DueRows): string =>
  `with recursive ${campaigns.tables.join(', ')}
  select operator, class from unnest($2::text[]) as lane (operator) cross join unnest($3::text[]) as turn (class)
  where ${isAnyDue(rowsOfClass('turn.class', decent))}
  union all
  select operator, 'campaign' from unnest($2::text[], $5::int[]) as lane (operator, after)
  where 'campaign' = any($3::text[]) and ${isAnyDue(campaigns, 'lane.after')}`;
const byDay = dueWhen(true, rowsOfCampaigns('$1'));
const atNight = dueWhen(false, rowsOfCampaigns('$1'));
const byDayOfOpen = dueWhen(true, rowsOfOpenCampaigns('$1'));
const atNightOfOpen = dueWhen(false, rowsOfOpenCampaigns('$1'));

/**
 * Networks and classes for which anything is due; claims nothing.
 * @param campaigns what is known of those that wait
 */
export async function lanesWithDue(
  { db, clock }: Pick<Claimant, 'db' | 'clock'>,
  operators: readonly OperatorLane[],
  classes: readonly MessageClass[],
  campaigns: CampaignsKnown = { closed: [] },
): Promise<{ operator: OperatorLane; class: MessageClass }[]> {
  const { closed, open, claimedTo } = campaigns;
  const now = clock.now();
  const decent = isDecent(now);
  // Of the rest nothing is even looked at: a night may begin with half a million reminders left.
  const turns = decent
    ? classes
    : classes.filter((name) => classesAtNight.includes(name));
  const { rows } = await db.pool.query<{
    operator: OperatorLane;
    class: MessageClass;
  }>(statementFor(decent, open !== undefined), [
    ...[open ?? closed, operators, turns, now],
    operators.map((operator) => claimedTo?.get(operator) ?? null),
  ]);
  return rows;
}

function statementFor(isDecent: boolean, isKnown: boolean): string {
  if (isKnown) return isDecent ? byDayOfOpen : atNightOfOpen;
  return isDecent ? byDay : atNight;
}
