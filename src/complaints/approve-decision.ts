import {
  actOn,
  statusOf,
  type Acted,
  type AtVersion,
  type CaseDesk,
  type OfficersCase,
} from './case-desk';
import { staffWords, type WordsRefused } from './staff-words';
import { nothingPending } from './nothing-pending';
import { takeStep } from './take-step';
import type { ComplaintStatus } from './lifecycle';
import { mayApprove, type Officer } from './visibility';

/** What a second person says; `ownProposal`: it must be another person; `nothingWaits`: there is nothing to approve. */
export type SecondWord =
  Acted | WordsRefused | { kind: 'ownProposal' | 'nothingWaits' };

/** Approves what another officer proposed, which is carried out then, or sends it back to be worked on. */
export async function approveDecision(
  desk: CaseDesk,
  officer: Officer,
  word: AtVersion & { approves: boolean; note?: string },
): Promise<SecondWord> {
  const { approves, note, ...at } = word;
  const read = staffWords(note);
  if (read.kind !== 'fit') return read;
  return actOn(
    desk,
    officer,
    at,
    'complaints.approve',
    async (open) => {
      const { pendingKind, pendingBy } = open.complaint;
      if (pendingKind === null || pendingBy === null)
        return { kind: 'nothingWaits' };
      if (pendingBy === officer.id) return { kind: 'ownProposal' };
      return approves
        ? carryOut(open, read.words)
        : takeStep(open, {
            ...{ kind: 'sentBack', note: read.words, change: nothingPending },
          });
    },
    mayApprove,
  );
}

/** Two steps of the history: who approved, and what was done so. */
async function carryOut(
  open: OfficersCase,
  note: string | undefined,
): Promise<Acted> {
  const { complaint } = open;
  // The column's CHECK holds the same list.
  const to = complaint.pendingStatus as ComplaintStatus;
  const isAnswer = complaint.pendingKind === 'answer';
  const done = await takeStep(open, {
    kind: isAnswer ? 'answered' : 'closed',
    ...{ to, notice: isAnswer ? 'answered' : 'closed' },
    change: {
      ...nothingPending,
      decidedBy: complaint.pendingBy,
      approvedBy: open.officer.id,
      decisionCode: complaint.pendingDecision,
      ...(isAnswer ? { proposedAnswer: complaint.pendingAnswer } : {}),
      ...(complaint.pendingAmountXof === null
        ? {}
        : { amountRestoredXof: complaint.pendingAmountXof }),
    },
  });
  if (done.kind !== 'done') return done;
  return takeStep(open, {
    ...{ kind: 'approved', to: statusOf(open.complaint), note },
    details: { proposedBy: complaint.pendingBy ?? 0 },
  });
}
