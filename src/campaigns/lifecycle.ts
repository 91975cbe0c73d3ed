/** Where a campaign stands. */
export type CampaignState =
  | 'draft'
  | 'submitted'
  | 'rejected'
  | 'approved'
  | 'scheduled'
  | 'sending'
  | 'paused'
  | 'halted'
  | 'done'
  | 'cancelled';

/** Every move that is allowed; all others are refused. Back to `draft` is a change: whatever was approved is void. */
export const campaignMoves: Readonly<
  Record<CampaignState, readonly CampaignState[]>
> = {
  draft: ['submitted', 'cancelled'],
  submitted: ['draft', 'approved', 'rejected', 'cancelled'],
  rejected: ['draft', 'cancelled'],
  approved: ['draft', 'scheduled', 'sending', 'cancelled'],
  scheduled: ['draft', 'sending', 'cancelled'],
  sending: ['paused', 'halted', 'done', 'cancelled'],
  paused: ['sending', 'done', 'cancelled'],
  halted: ['sending', 'done', 'cancelled'],
  done: [],
  cancelled: [],
};

/** All states, in the order of the table. */
// Object.keys forgets that the keys of the table are states.
export const campaignStates = Object.keys(campaignMoves) as CampaignState[];

/** Whether a campaign may go from one state to another. */
export function mayMoveTo(from: CampaignState, to: CampaignState): boolean {
  return campaignMoves[from].includes(to);
}

/** The states from which a campaign may come into one. */
export function statesBefore(to: CampaignState): CampaignState[] {
  return campaignStates.filter((from) => mayMoveTo(from, to));
}

/** What staff read of a state. */
export const stateTitles: Readonly<Record<CampaignState, string>> = {
  draft: 'brouillon',
  submitted: 'à approuver',
  rejected: 'refusée',
  approved: 'approuvée',
  scheduled: 'programmée',
  sending: 'en cours',
  paused: 'suspendue',
  halted: 'arrêtée par une alarme',
  done: 'terminée',
  cancelled: 'annulée',
};
