import type { Acted, OpenCase, OfficersCase } from './case-desk';
import type { AnswerCode } from './answers';
import { answerKey } from './answers';
import type { DecisionCode } from './decisions';
import { mayMove, type ComplaintStatus } from './lifecycle';
import { statusOf } from './case-desk';
import { asksForTwo, keepProposal } from './keep-proposal';
import { takeStep } from './take-step';

/** What is decided of a complaint: an answer to be heard, or a closing. */
export interface Decided {
  kind: 'answer' | 'closing';
  to: ComplaintStatus;
  decision: DecisionCode;
  answer?: AnswerCode | undefined;
  amountRestoredXof?: number | undefined;
  note?: string | undefined;
  referralBodyId?: number | undefined;
}

/** Carried out; or it waits for a second person, who must be another. */
export type Decision = (Acted & { waits?: never }) | { kind: 'waits' };

/** Carries a decision out, or keeps it for a second person where the category asks for two. */
export async function decide(
  open: OfficersCase,
  decided: Decided,
): Promise<Decision> {
  const { complaint, officer } = open;
  const { to, note, decision } = decided;
  if (!mayMove(statusOf(complaint), to)) return { kind: 'notNow' };
  if (!asksForTwo(open)) return carryOut(open, decided, officer.id);
  return keepProposal(open, {
    ...{ kind: decided.kind, to, note },
    change: {
      pendingAnswer:
        decided.answer === undefined ? null : answerKey(decided.answer),
      pendingDecision: decision,
      pendingAmountXof: decided.amountRestoredXof ?? null,
      ...(decided.referralBodyId === undefined
        ? {}
        : { referralBodyId: decided.referralBodyId }),
    },
    details: { proposes: to, decision },
  });
}

function carryOut(
  open: OpenCase,
  decided: Decided,
  decidedBy: number,
): Promise<Acted> {
  const { answer, amountRestoredXof, referralBodyId } = decided;
  return takeStep(open, {
    kind: decided.kind === 'answer' ? 'answered' : 'closed',
    ...{ to: decided.to, note: decided.note },
    notice: decided.kind === 'answer' ? 'answered' : 'closed',
    change: {
      ...{ decidedBy, approvedBy: null, decisionCode: decided.decision },
      ...(answer === undefined ? {} : { proposedAnswer: answerKey(answer) }),
      ...(amountRestoredXof === undefined ? {} : { amountRestoredXof }),
      ...(referralBodyId === undefined ? {} : { referralBodyId }),
    },
    details: { decision: decided.decision },
  });
}
