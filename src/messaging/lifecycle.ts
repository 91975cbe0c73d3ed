/** Where a message stands. */
export type MessageState =
  /** Waits for its hour, or for what was switched off. */
  | 'held'
  /** Waits for a sender. */
  | 'queued'
  /** A sender holds it; once its request has begun, only the answer decides. */
  | 'sending'
  /** A gateway took it. */
  | 'sent'
  | 'delivered'
  | 'failed'
  /** A request that may have carried it had no answer: it is never sent again by itself. */
  | 'unknown'
  | 'cancelled'
  | 'expired';

/**
 * Every move that is allowed; all others are refused. A sender gives back only what no request has carried; from
 * there on a message goes forward.
 */
export const allowedMoves: Readonly<
  Record<MessageState, readonly MessageState[]>
> = {
  held: ['queued', 'cancelled', 'expired'],
  queued: ['held', 'sending', 'failed', 'cancelled', 'expired'],
  sending: ['queued', 'sent', 'delivered', 'failed', 'unknown', 'expired'],
  sent: ['delivered', 'failed'],
  unknown: ['sent', 'delivered', 'failed'],
  delivered: [],
  // Some networks give a phone up and reach it after all.
  failed: ['delivered'],
  cancelled: [],
  expired: [],
};

/** Whether a message may go from one state to another. */
export function mayMove(from: MessageState, to: MessageState): boolean {
  return allowedMoves[from].includes(to);
}

/** The states from which a message may come into one: what a statement that moves rows asks for. */
export function statesBefore(to: MessageState): MessageState[] {
  return messageStates.filter((from) => mayMove(from, to));
}

/** All states, in the order in which a message may pass through them. */
export const messageStates: readonly MessageState[] = [
  'held',
  'queued',
  'sending',
  'sent',
  'unknown',
  'delivered',
  'failed',
  'cancelled',
  'expired',
];

/** States in which nothing is waited for any more. */
export const settledStates: readonly MessageState[] = [
  'delivered',
  'failed',
  'cancelled',
  'expired',
];

/**
 * The states from which a message may come into one, as a statement's condition. Written out, not passed: only
 * so does the planner know the index of that state.
 */
export function mayBecome(to: MessageState, column = 'state'): string {
  const before = statesBefore(to).map((state) => `'${state}'`);
  return `${column} in (${before.join(', ')})`;
}
