import type { ComplaintFacts } from '../../flows/contract';
import type { FoundComplaint } from '../complaints/find-complaint';
import type { ComplaintStatus } from '../complaints/lifecycle';
import { withoutAbsent } from '../register/disclosure';
import type { Texts } from '../text/texts';
import type { Conversation } from './conversation';
import { firstLocale } from './show-screen';

type Told = NonNullable<ComplaintFacts['detail']>['status'];

/** What a complainant hears of each status. */
const complaintStatusTold: Readonly<Record<ComplaintStatus, Told>> = {
  RECEIVED: 'received',
  ACKNOWLEDGED: 'received',
  TRIAGED: 'inProgress',
  ASSIGNED: 'inProgress',
  IN_PROGRESS: 'inProgress',
  WAITING_COMPLAINANT: 'waiting',
  ANSWER_PROPOSED: 'answered',
  CLOSED_ACCEPTED: 'closed',
  CLOSED_NO_CONTACT: 'closed',
  APPEALED: 'appealed',
  REFERRED: 'referred',
  OUT_OF_SCOPE: 'closed',
  DUPLICATE: 'closed',
  WITHDRAWN: 'closed',
};

/** More than open or closed is told only of a complaint of the household just proved. */
export function complaintTold(
  texts: Texts,
  { proof, locale = firstLocale }: Conversation,
  found: FoundComplaint,
): ComplaintFacts {
  const { complaintId, reference, open, answer, question } = found;
  const theirs = proof !== undefined && found.householdId === proof.householdId;
  // An answer whose sentence this release does not have is left out, not shown as a key.
  const isKnown = answer !== undefined && texts.has(locale, 'common', answer);
  return withoutAbsent({
    complaintId,
    reference,
    open,
    detail: theirs
      ? withoutAbsent({
          status: complaintStatusTold[found.status],
          dueOn: found.dueOn,
          closedOn: found.closedOn,
          answer: isKnown ? answer : undefined,
          question:
            question !== undefined && texts.has(locale, 'common', question.text)
              ? question
              : undefined,
          mayAppeal: found.mayAppeal,
          mayRate: found.mayRate,
        })
      : undefined,
  });
}
