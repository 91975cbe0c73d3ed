/** The ready-made cuts of an inbox, in the order in which they are shown. */
export const inboxViews = [
  'open',
  'mine',
  'unassigned',
  'late',
  'atRisk',
  'calls',
  'approvals',
  'closed',
] as const;

export type InboxView = (typeof inboxViews)[number];

/** Whether a word is the name of a view. */
export function isInboxView(word: string): word is InboxView {
  return (inboxViews as readonly string[]).includes(word);
}

/** Days before the day due from which a complaint is at risk. */
export const atRiskDays = 3;
