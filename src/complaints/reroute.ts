import { bamakoDay } from '../text/dates';
import type { CaseRow } from './case-desk';
import { categoryOf, type Category, type Level } from './categories';
import { entryLevelOf, escalationDay } from './route-complaint';
import type { CaseChange } from './take-step';

/** Where a complaint goes when its category, its place or whom it names turns out otherwise. */
export interface Rerouted {
  level: Level;
  change: CaseChange;
}

/** After somebody or some level was named: never down, and up past what is named. Whoever has it there keeps it. */
export function routeAround(
  complaint: CaseRow,
  named: { level: Level | undefined; accountId?: number | undefined },
): Rerouted {
  const category = categoryOf(complaint.category);
  const entry = entryLevelOf({
    ...{ category, namedLevel: named.level },
    communeCode: complaint.communeCode ?? undefined,
  });
  // The column's CHECK holds the same list.
  const now = complaint.level as Level;
  const level = entry > now ? entry : now;
  const isTaken = level !== now || complaint.assignedTo === named.accountId;
  return {
    level,
    change: {
      ...(isTaken ? { assignedTo: null } : {}),
      ...(level === 'N5' ? { escalateOn: null } : {}),
    },
  };
}

/**
 * After its category was changed: where that category goes, never below where it entered, for those below were never to
 * read it; and one that was appealed does not go down again.
 */
export function routeAs(complaint: CaseRow, category: Category): Rerouted {
  // The columns' CHECKs hold the same list.
  const now = complaint.level as Level;
  const entry = entryLevelOf({
    category,
    communeCode: complaint.communeCode ?? undefined,
    namedLevel: (complaint.namedLevel ?? undefined) as Level | undefined,
  });
  const least = complaint.appeals > 0 ? now : (complaint.entryLevel as Level);
  const level = entry < least ? least : entry;
  const day = escalationDay(bamakoDay(complaint.filedAt), level, category);
  return {
    level,
    change: {
      ...(level === now ? {} : { assignedTo: null }),
      escalateOn: day === undefined ? null : new Date(day),
    },
  };
}
