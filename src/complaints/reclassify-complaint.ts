import {
  actOn,
  statusOf,
  type Acted,
  type AtVersion,
  type CaseDesk,
} from './case-desk';
import { categories, type CategoryName } from './categories';
import { isOpen } from './lifecycle';
import { asksForTwo, keepProposal, type Kept } from './keep-proposal';
import { reclassifyAs } from './reclassify-step';
import type { Officer } from './visibility';

/** What a complaint may turn out to be; thanks ask for nothing, and abuse is `sealComplaint`. */
export type OtherCategory = Exclude<CategoryName, 'thanks'>;

/**
 * Puts an open complaint into another category: its level and its delays follow, counted from the day it was filed. Out
 * of what two persons close into what one closes, a second one approves first.
 */
export function reclassifyComplaint(
  desk: CaseDesk,
  officer: Officer,
  { category: name, ...at }: AtVersion & { category: OtherCategory },
): Promise<Kept | Acted> {
  return actOn(desk, officer, at, 'complaints.work', async (open) => {
    const { complaint } = open;
    const category = categories[name];
    const status = statusOf(complaint);
    if (!isOpen(status) || category.code === complaint.category)
      return { kind: 'notNow' };
    return asksForTwo(open) && category.closesByTwo !== true
      ? keepProposal(open, {
          ...{ kind: 'category', to: status },
          change: { pendingCategory: category.code },
          details: { category: category.code, was: complaint.category },
        })
      : reclassifyAs(open, category);
  });
}
