import type { ComplaintFacts } from '../../flows/contract';
import type { ComplaintStatus } from '../complaints/lifecycle';

type Told = NonNullable<ComplaintFacts['detail']>['status'];

/** What a complainant hears of each status. */
export const complaintStatusTold: Readonly<Record<ComplaintStatus, Told>> = {
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
