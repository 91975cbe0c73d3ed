import type { Acted, OpenCase, OfficersCase } from './case-desk';
import { categoryOf } from './categories';
import type { AnswerCode } from './answers';
import { answerKey } from './answers';
import type { DecisionCode } from './decisions';
import { mayMove, type ComplaintStatus } from './lifecycle';
import { statusOf } from './case-desk';
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
  const { closesByTwo = false } = categoryOf(complaint.category);
  if (!mayMove(statusOf(complaint), decided.to)) return { kind: 'notNow' };
  if (!closesByTwo) return carryOut(open, decided, officer.id);
  const waits = await takeStep(open, {
    ...{ kind: 'proposed', note: decided.note },
    change: {
      ...{ pendingKind: decided.kind, pendingBy: officer.id },
      ...{ pendingAt: open.clock.now(), pendingStatus: decided.to },
      pendingAnswer:
        decided.answer === undefined ? null : answerKey(decided.answer),
      pendingDecision: decided.decision,
      pendingAmountXof: decided.amountRestoredXof ?? null,
      ...(decided.referralBodyId === undefined
        ? {}
        : { referralBodyId: decided.referralBodyId }),
    },
    details: { proposes: decided.to, decision: decided.decision },
  });
  return waits.kind === 'done' ? { kind: 'waits' } : waits;
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
