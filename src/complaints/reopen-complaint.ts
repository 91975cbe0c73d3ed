import { addDays } from '../text/dates';
import {
  actOn,
  statusOf,
  type Acted,
  type AtVersion,
  type CaseDesk,
} from './case-desk';
import { categoryOf, type Level } from './categories';
import { isOpen } from './lifecycle';
import { escalationDay } from './route-complaint';
import { staffWords, type WordsRefused } from './staff-words';
import { takeStep } from './take-step';
import type { Officer } from './visibility';

/** Opens a closed complaint again, with a new delay: its complainant was reached after all, or it was no duplicate. */
export async function reopenComplaint(
  desk: CaseDesk,
  officer: Officer,
  { note, ...at }: AtVersion & { note: string },
): Promise<Acted | WordsRefused | { kind: 'empty' }> {
  const read = staffWords(note);
  if (read.kind !== 'fit') return read;
  const { words } = read;
  if (words === undefined) return { kind: 'empty' };
  return actOn(desk, officer, at, 'complaints.work', async (open) => {
    if (isOpen(statusOf(open.complaint))) return { kind: 'notNow' };
    const today = desk.clock.today();
    const category = categoryOf(open.complaint.category);
    // The column's CHECK holds the same list.
    const goesUp = escalationDay(
      today,
      open.complaint.level as Level,
      category,
    );
    return takeStep(open, {
      ...{ kind: 'reopened', to: 'IN_PROGRESS', note: words, notice: 'moved' },
      change: {
        dueOn: new Date(addDays(today, category.resolveDays ?? 0)),
        escalateOn: goesUp === undefined ? null : new Date(goesUp),
        ...{ duplicateOf: null, assignedTo: officer.id },
      },
    });
  });
}
