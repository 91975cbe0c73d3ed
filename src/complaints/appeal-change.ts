import { addDays, type IsoDay } from '../text/dates';
import { statusOf, type CaseRow } from './case-desk';
import { categoryOf, type Level } from './categories';
import { appealDays, mayMove } from './lifecycle';
import { escalationDay, levelAfter } from './route-complaint';
import type { CaseChange } from './take-step';

/**
 * What an appeal changes: one level up, a second one to the nation, past every level that never sees it; a new delay;
 * and whoever decided or approved decides no more.
 */
export function appealChange(
  complaint: CaseRow,
  today: IsoDay,
): { level: Level; change: CaseChange } {
  const { appeals, decidedBy, approvedBy, barred } = complaint;
  const category = categoryOf(complaint.category);
  // The columns' CHECKs hold the same list.
  const namedLevel = (complaint.namedLevel ?? undefined) as Level | undefined;
  const level =
    appeals > 0
      ? 'N5'
      : levelAfter(complaint.level as Level, { category, namedLevel });
  const goesUp = escalationDay(today, level, category);
  return {
    level,
    change: {
      dueOn: new Date(addDays(today, category.resolveDays ?? 0)),
      escalateOn: goesUp === undefined ? null : new Date(goesUp),
      ...{ closedAt: null, assignedTo: null, appeals: appeals + 1 },
      duplicateOf: null,
      barred: [...barred, ...[decidedBy, approvedBy].filter(isSomebody)],
    },
  };
}

function isSomebody(account: number | null): account is number {
  return account !== null;
}

/** Whether its complainant may appeal now: the table of moves lets her, and it was not closed too long ago. */
export function mayAppeal(
  complaint: Pick<CaseRow, 'status' | 'closedAt'>,
  now: Date,
): boolean {
  return (
    mayMove(statusOf(complaint), 'APPEALED') &&
    !isTooOldToAppeal(complaint, now)
  );
}

/** Whether a complaint was closed too long ago to be appealed. */
export function isTooOldToAppeal(
  { closedAt }: Pick<CaseRow, 'closedAt'>,
  now: Date,
): boolean {
  return (
    closedAt !== null &&
    now.getTime() - closedAt.getTime() > appealDays * 86_400_000
  );
}
