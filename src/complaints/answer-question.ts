import type { SmsWording } from '../messaging/compose';
import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import {
  actOn,
  lockRow,
  type Acted,
  type AtVersion,
  type CaseDesk,
  type OpenCase,
} from './case-desk';
import { answersQuestion } from './questions';
import { takeStep } from './take-step';
import type { Officer } from './visibility';

/** The answer was kept; or nothing was asked (any more), or this is no answer to it. */
export type QuestionAnswered = Acted | { kind: 'unclear' };

interface Said {
  /** yes, no, a digit, or a day as YYYY-MM-DD. */
  answer: string;
  by: string;
}

/** Keeps what a complainant answered by keys, and gives the complaint back to whoever works it. */
export async function answerQuestion(
  deps: { tx: Tx; clock: Clock; wording: SmsWording },
  said: {
    complaintId: number;
    /** The household that was proved; undefined where the number that writes was asked. */
    householdId: number | undefined;
    answer: string;
    by: 'ussd' | 'sms';
  },
): Promise<QuestionAnswered> {
  const { complaintId, householdId } = said;
  const complaint = await lockRow(deps.tx, complaintId);
  const isTheirs =
    householdId === undefined || complaint?.householdId === householdId;
  if (complaint === null || !isTheirs) return { kind: 'notFound' };
  return keepAnswer({ ...deps, actor: 'complainant', complaint }, said);
}

/** Keeps what a complainant answered to an officer who called or went there. */
export function recordAnswer(
  desk: CaseDesk,
  officer: Officer,
  { answer, ...at }: AtVersion & { answer: string },
): Promise<QuestionAnswered> {
  return actOn(desk, officer, at, 'complaints.work', (open) =>
    keepAnswer(open, { answer, by: open.actor }),
  );
}

async function keepAnswer(
  open: OpenCase,
  { answer, by }: Said,
): Promise<QuestionAnswered> {
  const { tx, clock, complaint } = open;
  const question = await tx.complaintQuestion.findFirst({
    where: { complaintId: complaint.id, answeredAt: null },
  });
  if (question === null) return { kind: 'notNow' };
  if (!answersQuestion(question.kind, answer)) return { kind: 'unclear' };
  await tx.complaintQuestion.update({
    where: { id: question.id },
    data: { answer, answeredAt: clock.now(), answeredBy: by },
  });
  return takeStep(open, {
    ...{ kind: 'told', to: 'IN_PROGRESS', note: answer },
  });
}
