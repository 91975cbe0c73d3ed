/** Classes of messages in the order in which they go: what was asked for overtakes what was not. */
export const messageClasses = [
  'reply',
  'complaint',
  'reminder',
  'campaign',
] as const;

/** What a message is for, as far as its turn goes. */
export type MessageClass = (typeof messageClasses)[number];

/** Whether somebody asked for it: then it goes at any hour and counts towards no daily limit. */
export const isAskedFor: Readonly<Record<MessageClass, boolean>> = {
  reply: true,
  complaint: true,
  reminder: false,
  campaign: false,
};
