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
    // It goes up by itself, and waits to be taken there.
    'TRIAGED',
    'IN_PROGRESS',
    'WAITING_COMPLAINANT',
    'ANSWER_PROPOSED',
    'REFERRED',
    'OUT_OF_SCOPE',
    'DUPLICATE',
    'WITHDRAWN',
  ],
  IN_PROGRESS: [
    'TRIAGED',
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
    'WITHDRAWN',
  ],
  CLOSED_ACCEPTED: ['APPEALED'],
  CLOSED_NO_CONTACT: ['APPEALED', 'IN_PROGRESS'],
  APPEALED: ['TRIAGED', 'ASSIGNED', 'IN_PROGRESS', 'ANSWER_PROPOSED'],
  REFERRED: ['IN_PROGRESS', 'ANSWER_PROPOSED', 'CLOSED_ACCEPTED', 'WITHDRAWN'],
  OUT_OF_SCOPE: ['APPEALED'],
  DUPLICATE: ['APPEALED', 'IN_PROGRESS'],
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

/** What staff read of each state. */
export const statusTitles: Readonly<Record<ComplaintStatus, string>> = {
  RECEIVED: 'Reçue',
  ACKNOWLEDGED: 'Enregistrée',
  TRIAGED: 'Prise en compte',
  ASSIGNED: 'Attribuée',
  IN_PROGRESS: 'En cours',
  WAITING_COMPLAINANT: 'Attend la personne',
  ANSWER_PROPOSED: 'Réponse proposée',
  CLOSED_ACCEPTED: 'Close, acceptée',
  CLOSED_NO_CONTACT: 'Close, sans contact',
  APPEALED: 'En recours',
  REFERRED: 'Orientée ailleurs',
  OUT_OF_SCOPE: 'Hors du programme',
  DUPLICATE: 'Doublon',
  WITHDRAWN: 'Retirée',
};

/** Days after closing within which a complainant may appeal. */
export const appealDays = 30;
