import {
  actOn,
  statusOf,
  type Acted,
  type AtVersion,
  type CaseDesk,
} from './case-desk';
import { isOpen } from './lifecycle';
import { staffWords, type WordsRefused } from './staff-words';
import { takeStep } from './take-step';
import type { Officer } from './visibility';

/** Takes an open complaint back into work: it was referred, waits for its complainant, or has an answer that is taken back. */
export async function resumeComplaint(
  desk: CaseDesk,
  officer: Officer,
  { note, ...at }: AtVersion & { note?: string },
): Promise<Acted | WordsRefused> {
  const read = staffWords(note);
  if (read.kind !== 'fit') return read;
  return actOn(desk, officer, at, 'complaints.work', async (open) =>
    isOpen(statusOf(open.complaint))
      ? takeStep(open, {
          ...{ kind: 'moved', to: 'IN_PROGRESS', note: read.words },
          change: { proposedAnswer: null, assignedTo: officer.id },
        })
      : { kind: 'notNow' },
  );
}
