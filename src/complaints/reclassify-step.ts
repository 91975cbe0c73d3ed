import { addDays, bamakoDay } from '../text/dates';
import type { Acted, OpenCase } from './case-desk';
import type { Category } from './categories';
import { nothingPending } from './nothing-pending';
import { routeAs } from './reroute';
import { takeStep } from './take-step';

/** Puts a complaint into another category, and where that goes. */
export function reclassifyAs(
  open: OpenCase,
  category: Category,
): Promise<Acted> {
  const { complaint } = open;
  const { level, change } = routeAs(complaint, category);
  const filedOn = bamakoDay(complaint.filedAt);
  return takeStep(open, {
    ...{ kind: 'reclassified', level },
    change: {
      ...{ ...nothingPending, ...change, category: category.code },
      dueOn: new Date(addDays(filedOn, category.resolveDays ?? 0)),
    },
    details: { category: category.code, was: complaint.category },
  });
}
