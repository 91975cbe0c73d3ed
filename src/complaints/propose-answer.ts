import { actOn, type AtVersion, type CaseDesk } from './case-desk';
import type { Refusal } from './case-desk';
import { answersFor, restores, type AnswerCode } from './answers';
import { decide, type Decision } from './decide-step';
import type { DecisionCode } from './decisions';
import { staffWords, type WordsRefused } from './staff-words';
import type { Officer } from './visibility';

/** An answer for the complainant to hear and to accept or refuse. */
export interface Proposal extends AtVersion {
  answer: AnswerCode;
  decision: DecisionCode;
  /** Whole F CFA put right. */
  amountRestoredXof?: number;
  note?: string;
}

/** Proposed, or waiting for a second person; `doesNotFit`: no answer for this category, or an amount that is none. */
export type Proposed =
  Decision | Refusal | WordsRefused | { kind: 'doesNotFit' };

/** Beyond this an amount is a slip of the hand. */
const mostXof = 5_000_000;

/** Proposes an answer. In grave categories nobody hears it before another person has approved it. */
export async function proposeAnswer(
  desk: CaseDesk,
  officer: Officer,
  proposal: Proposal,
): Promise<Proposed> {
  const { answer, amountRestoredXof, note, ...at } = proposal;
  const read = staffWords(note);
  if (read.kind !== 'fit') return read;
  return actOn(desk, officer, at, 'complaints.work', async (open) => {
    if (
      !answersFor(open.complaint.category).includes(answer) ||
      !isAmount(amountRestoredXof) ||
      (amountRestoredXof !== undefined && !restores(answer))
    )
      return { kind: 'doesNotFit' };
    return decide(open, {
      ...{ kind: 'answer', to: 'ANSWER_PROPOSED', answer },
      ...{ decision: proposal.decision, amountRestoredXof },
      note: read.words,
    });
  });
}

function isAmount(xof: number | undefined): boolean {
  return (
    xof === undefined || (Number.isInteger(xof) && xof >= 0 && xof <= mostXof)
  );
}
