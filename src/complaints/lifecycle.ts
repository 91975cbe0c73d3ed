/** Where a complaint stands. Source: the programme's grievance brief, "Life of a ticket". */
export type ComplaintStatus =
  | 'RECEIVED'
  | 'ACKNOWLEDGED'
  | 'TRIAGED'
  | 'ASSIGNED'
  | 'IN_PROGRESS'
  | 'WAITING_COMPLAINANT'
  | 'ANSWER_PROPOSED'
  | 'CLOSED_ACCEPTED'
  | 'CLOSED_NO_CONTACT'
  | 'APPEALED'
  | 'REFERRED'
  | 'OUT_OF_SCOPE'
  | 'DUPLICATE'
  | 'WITHDRAWN';

/** Every move that is allowed; all others are refused. */
export const allowedMoves: Readonly<
  Record<ComplaintStatus, readonly ComplaintStatus[]>
> = {
  RECEIVED: [
    'ACKNOWLEDGED',
    'CLOSED_ACCEPTED',
    'OUT_OF_SCOPE',
    'DUPLICATE',
    'WITHDRAWN',
  ],
  ACKNOWLEDGED: [
    'TRIAGED',
    'ASSIGNED',
    'ANSWER_PROPOSED',
    'REFERRED',
    'OUT_OF_SCOPE',
    'DUPLICATE',
    'WITHDRAWN',
  ],
  TRIAGED: [
    'ASSIGNED',
    'ANSWER_PROPOSED',
    'REFERRED',
    'OUT_OF_SCOPE',
    'DUPLICATE',
    'WITHDRAWN',
  ],
  ASSIGNED: [
    'IN_PROGRESS',
    'WAITING_COMPLAINANT',
    'ANSWER_PROPOSED',
    'REFERRED',
    'OUT_OF_SCOPE',
    'DUPLICATE',
    'WITHDRAWN',
  ],
  IN_PROGRESS: [
    'ASSIGNED',
    'WAITING_COMPLAINANT',
    'ANSWER_PROPOSED',
    'REFERRED',
    'OUT_OF_SCOPE',
    'DUPLICATE',
    'WITHDRAWN',
  ],
  WAITING_COMPLAINANT: [
    'IN_PROGRESS',
    'ANSWER_PROPOSED',
    'CLOSED_NO_CONTACT',
    'WITHDRAWN',
  ],
  ANSWER_PROPOSED: [
    'CLOSED_ACCEPTED',
    'CLOSED_NO_CONTACT',
    'APPEALED',
    'IN_PROGRESS',
  ],
  CLOSED_ACCEPTED: ['APPEALED'],
  CLOSED_NO_CONTACT: ['APPEALED', 'IN_PROGRESS'],
  APPEALED: ['TRIAGED', 'ASSIGNED', 'IN_PROGRESS', 'ANSWER_PROPOSED'],
  REFERRED: ['IN_PROGRESS', 'ANSWER_PROPOSED', 'CLOSED_ACCEPTED'],
  OUT_OF_SCOPE: ['APPEALED'],
  DUPLICATE: ['IN_PROGRESS'],
  WITHDRAWN: ['IN_PROGRESS'],
};

/** States in which nobody has anything left to do. */
export const closedStatuses: readonly ComplaintStatus[] = [
  'CLOSED_ACCEPTED',
  'CLOSED_NO_CONTACT',
  'OUT_OF_SCOPE',
  'DUPLICATE',
  'WITHDRAWN',
];

/** Whether a complaint may go from one state to another. */
export function mayMove(from: ComplaintStatus, to: ComplaintStatus): boolean {
  return allowedMoves[from].includes(to);
}

/** Whether a complaint is still being worked on, as its complainant is told. */
export function isOpen(status: ComplaintStatus): boolean {
  return !closedStatuses.includes(status);
}

/** Days after closing within which a complainant may appeal. */
export const appealDays = 30;
