import { addDays, bamakoDay } from '../text/dates';
import {
  actOn,
  statusOf,
  type Acted,
  type AtVersion,
  type CaseDesk,
} from './case-desk';
import { categories, type CategoryName } from './categories';
import { isOpen } from './lifecycle';
import { nothingPending } from './nothing-pending';
import { routeAs } from './reroute';
import { takeStep } from './take-step';
import type { Officer } from './visibility';

/** What a complaint may turn out to be; thanks ask for nothing, and abuse is `sealComplaint`. */
export type OtherCategory = Exclude<CategoryName, 'thanks'>;

/** Puts an open complaint into another category: its level and its delays follow, counted from the day it was filed. */
export function reclassifyComplaint(
  desk: CaseDesk,
  officer: Officer,
  { category: name, ...at }: AtVersion & { category: OtherCategory },
): Promise<Acted> {
  return actOn(desk, officer, at, 'complaints.work', async (open) => {
    const { complaint } = open;
    const category = categories[name];
    if (!isOpen(statusOf(complaint)) || category.code === complaint.category)
      return { kind: 'notNow' };
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
  });
}
