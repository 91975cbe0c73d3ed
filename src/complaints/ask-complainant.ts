import {
  actOn,
  type Acted,
  type AtVersion,
  type CaseDesk,
  type OpenCase,
} from './case-desk';
import { takeUp } from './assign-complaint';
import { questionKey, questions, type QuestionCode } from './questions';
import { takeStep } from './take-step';
import type { Officer } from './visibility';

/**
 * Asks the complainant something that keys can answer, by dialling or by SMS. The clock stands still until then.
 * `cannotBeAsked`: no name was given, or nothing by which to prove or reach who asked.
 */
export function askComplainant(
  desk: CaseDesk,
  officer: Officer,
  { question, ...at }: AtVersion & { question: QuestionCode },
): Promise<Acted | { kind: 'cannotBeAsked' }> {
  return actOn(desk, officer, at, 'complaints.work', async (open) => {
    const { anonymous, householdId, contactMsisdn } = open.complaint;
    if (anonymous || (householdId === null && contactMsisdn === null))
      return { kind: 'cannotBeAsked' };
    const taken = await takeUp(open);
    if (taken.kind !== 'done') return taken;
    const asked = await takeStep(open, {
      ...{ kind: 'asked', to: 'WAITING_COMPLAINANT', notice: 'asked' },
      details: { question },
    });
    if (asked.kind === 'done') await keepQuestion(open, officer, question);
    return asked;
  });
}

async function keepQuestion(
  { tx, clock, complaint }: OpenCase,
  { id }: Officer,
  question: QuestionCode,
): Promise<void> {
  await tx.complaintQuestion.create({
    data: {
      complaintId: complaint.id,
      kind: questions[question].kind,
      code: questionKey(question),
      ...{ askedBy: id, askedAt: clock.now() },
    },
    select: { id: true },
  });
}
