import { clockState } from '../complaints/clock-state';
import type { HouseholdRequest } from '../complaints/household-requests';
import type { InboxRow } from '../complaints/inbox';
import { levelTitles } from '../complaints/levels';
import { spokenPairs } from '../text/check-digit';
import { longDay, type IsoDay } from '../text/dates';
import {
  categoryWord,
  statusTag,
  subjectWord,
  type TagWords,
} from './complaint-words';

/** A line of the inbox as its page shows it. */
export function shownRow(row: InboxRow, today: IsoDay) {
  return {
    ...row,
    pairs: spokenPairs(row.reference),
    subjectText: subjectWord(row.subject, row.category),
    categoryText: categoryWord(row.category),
    statusTag: statusTag(row.status),
    levelText: levelTitles[row.level],
    clock: clockWords(row, today),
  };
}

/** Another complaint in one line. */
export function shownRequest(request: HouseholdRequest) {
  return {
    ...request,
    pairs: spokenPairs(request.reference),
    subjectText: subjectWord(request.subject, request.category),
    statusTag: statusTag(request.status),
  };
}

/** How the delay stands, in words and a colour; undefined for what is closed. */
export function clockWords(
  complaint: Pick<InboxRow, 'status' | 'dueOn'>,
  today: IsoDay,
): (TagWords & { day: string }) | undefined {
  const state = clockState(complaint, today);
  const day = complaint.dueOn === null ? '' : longDay(complaint.dueOn);
  switch (state.kind) {
    case 'closed':
      return undefined;
    case 'stopped':
      return { text: 'Délai arrêté', colour: 'purple', day };
    case 'late':
      return {
        text: `En retard de ${daysWords(state.days)}`,
        ...{ colour: 'red', day },
      };
    case 'atRisk':
      return {
        text:
          state.days === 0
            ? 'À risque\u00a0: aujourd’hui'
            : `À risque\u00a0: ${daysWords(state.days)}`,
        ...{ colour: 'orange', day },
      };
    case 'onTime':
      return { text: `Dans ${daysWords(state.days)}`, colour: 'none', day };
  }
}

function daysWords(days: number): string {
  return `${days}\u00a0jour${days > 1 ? 's' : ''}`;
}
