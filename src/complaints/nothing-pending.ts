/** Of a complaint of which no decision waits for a second person. */
export const nothingPending = {
  ...{ pendingKind: null, pendingBy: null, pendingAt: null },
  ...{ pendingStatus: null, pendingAnswer: null },
  ...{ pendingDecision: null, pendingAmountXof: null },
  ...{ pendingInto: null, pendingCategory: null },
} as const;
