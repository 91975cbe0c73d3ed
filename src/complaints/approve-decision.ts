import {
  actOn,
  statusOf,
  type Acted,
  type AtVersion,
  type CaseDesk,
  type OfficersCase,
} from './case-desk';
import { categoryOf } from './categories';
import { maySwallow, mergeInto } from './merge-step';
import { reclassifyAs } from './reclassify-step';
import { staffWords, type WordsRefused } from './staff-words';
import { nothingPending } from './nothing-pending';
import { takeStep } from './take-step';
import type { ComplaintStatus } from './lifecycle';
import { mayApprove, type Officer } from './visibility';

/**
 * What a second person says; `ownProposal`: it must be another person; `nothingWaits`: there is nothing to approve;
 * `noSuchOther`: the complaint that it was to be merged into does not exist for her, or is a duplicate by now.
 */
export type SecondWord =
  | Acted
  | WordsRefused
  | { kind: 'ownProposal' | 'nothingWaits' | 'noSuchOther' };

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
): Promise<SecondWord> {
  const { pendingBy } = open.complaint;
  const done = await stepOf(open);
  if (done.kind !== 'done') return done;
  return takeStep(open, {
    ...{ kind: 'approved', to: statusOf(open.complaint), note },
    details: { proposedBy: pendingBy ?? 0 },
  });
}

function stepOf(open: OfficersCase): Promise<SecondWord> {
  const { pendingKind, pendingCategory } = open.complaint;
  switch (pendingKind) {
    case 'merging':
      return merge(open);
    case 'category':
      return reclassifyAs(open, categoryOf(pendingCategory ?? ''));
    default:
      return decide(open);
  }
}

async function merge(open: OfficersCase): Promise<SecondWord> {
  const { pendingInto, pendingBy } = open.complaint;
  const into = await open.tx.complaint.findUnique({
    where: { id: pendingInto ?? 0 },
  });
  if (into === null || !maySwallow(open, into)) return { kind: 'noSuchOther' };
  const by = { decidedBy: pendingBy, approvedBy: open.officer.id };
  return mergeInto(open, into.id, by);
}

function decide(open: OfficersCase): Promise<Acted> {
  const { complaint } = open;
  // The column's CHECK holds the same list.
  const to = complaint.pendingStatus as ComplaintStatus;
  const isAnswer = complaint.pendingKind === 'answer';
  return takeStep(open, {
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
}
