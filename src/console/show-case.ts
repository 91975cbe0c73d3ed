import type { CaseFile } from '../complaints/case-file';
import { caseHistory, caseQuestions } from '../complaints/case-history';
import { linkedCases, seenReference } from '../complaints/case-links';
import { caseMessages } from '../complaints/case-messages';
import { paymentProofs, rationProof } from '../complaints/case-proofs';
import { householdRequests } from '../complaints/household-requests';
import { seenMark } from '../complaints/new-arrivals';
import { noteComplaintView } from '../complaints/note-complaint-view';
import type { Officer } from '../complaints/visibility';
import { inTransaction } from '../runtime/database';
import { holds } from '../staff/permissions';
import { actForms, type LeftForm } from './case-forms';
import { shownCase } from './case-words';
import { shownEvent, shownMessage, shownQuestion } from './case-story';
import { shownRequest } from './inbox-rows';
import { shownProof, shownRation } from './proof-words';
import type { Reply, StaffedVisit } from './route';
import { seenMarkWord } from './seen-mark';

/**
 * The page of a request, with the form that was refused as it was left. Whenever it is shown that is noted: who saw what
 * is asked when it turns out to be grave.
 */
export async function showCase(
  visit: StaffedVisit,
  officer: Officer,
  found: CaseFile,
  left?: LeftForm,
): Promise<Reply> {
  const { house, staff } = visit;
  const { db, clock } = house;
  const { id, householdId, paymentId, distributionId } = found;
  await inTransaction(db, (tx) => noteComplaintView(tx, officer, id));
  const isOfMoney = ['C1', 'C2', 'C6'].includes(found.category);
  const hasPayments = paymentId !== null || (householdId !== null && isOfMoney);
  const [events, questions, messages, links, others, payments, ration, mark] =
    await Promise.all([
      caseHistory(db, id),
      caseQuestions(db, id),
      caseMessages(db, id),
      linkedCases(db, officer, id),
      householdId === null
        ? []
        : householdRequests(db, officer, householdId, id),
      hasPayments ? paymentProofs(db, { householdId, paymentId }) : [],
      distributionId === null
        ? undefined
        : rationProof(db, { householdId, distributionId }),
      seenMark(db, officer, clock.today()),
    ]);
  const today = clock.today();
  const pendingInto =
    found.pendingInto === null
      ? undefined
      : await seenReference(db, officer, found.pendingInto);
  const forms = await actForms(visit, officer, found, left);
  return {
    ...{ kind: 'page', view: 'complaint' },
    title: `Demande ${found.reference}`,
    status: left === undefined ? 200 : left.isOvertaken ? 409 : 422,
    values: {
      one: shownCase(found, house.texts, today),
      faults: left && atFields(left),
      isOvertaken: left?.isOvertaken,
      // What was written for an act that cannot be done any more is not lost either.
      written: forms.isLeftShown ? undefined : visit.form['note'],
      ...{ forms, pendingInto },
      events: events.map(shownEvent),
      questions: questions.map(shownQuestion),
      messages: messages.map(shownMessage),
      links: links.map((link) => ({
        ...shownRequest(link),
        how: link.kind === 'duplicate' ? 'la même demande' : 'liée',
      })),
      others: others.map(shownRequest),
      payments: payments.map(shownProof),
      ration: ration && shownRation(ration),
      mayOpenHousehold:
        householdId !== null && holds(staff.member, 'households.see'),
      seen: seenMarkWord(mark),
      at: `/console/demandes/${found.reference}`,
    },
  };
}

/** The faults by the ids of their fields, which several forms of one page have. */
function atFields({ act, faults }: LeftForm): Record<string, string> {
  return Object.fromEntries(
    Object.entries(faults).map(([field, fault]) => [
      field === act ? `agir-${act}` : `${act}-${field}`,
      fault,
    ]),
  );
}
