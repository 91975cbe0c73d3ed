import { actOn, type Acted, type AtVersion, type CaseDesk } from './case-desk';
import { staffWords, type WordsRefused } from './staff-words';
import { takeStep } from './take-step';
import type { Officer } from './visibility';

/** Adds a note to a complaint's history: facts, as few as will do. Whoever has it begins to work it so. */
export async function noteOnComplaint(
  desk: CaseDesk,
  officer: Officer,
  { note, ...at }: AtVersion & { note: string },
): Promise<Acted | WordsRefused | { kind: 'empty' }> {
  const read = staffWords(note);
  if (read.kind !== 'fit') return read;
  const { words } = read;
  if (words === undefined) return { kind: 'empty' };
  return actOn(desk, officer, at, 'complaints.work', (open) => {
    const { status, assignedTo } = open.complaint;
    const begins = status === 'ASSIGNED' && assignedTo === officer.id;
    return takeStep(open, {
      ...{ kind: 'noted', note: words },
      ...(begins ? { to: 'IN_PROGRESS' } : {}),
    });
  });
}
