import type { OfficersCase, Refusal } from './case-desk';
import { categoryOf } from './categories';
import { nothingPending } from './nothing-pending';
import { takeStep, type CaseChange, type Step } from './take-step';
import type { ComplaintStatus } from './lifecycle';

/** Kept, and waiting for a second person, who must be another. */
export type Kept = { kind: 'waits' } | Refusal;

/** What is proposed of a complaint. */
export interface Proposal extends Pick<Step, 'note' | 'details'> {
  kind: 'answer' | 'closing' | 'merging' | 'category';
  /** Where it comes to when it is approved. */
  to: ComplaintStatus;
  change: CaseChange;
}

/** Whether the category asks that two persons decide. */
export function asksForTwo({ complaint }: OfficersCase): boolean {
  return categoryOf(complaint.category).closesByTwo === true;
}

/** Keeps a proposal until a second person approves it; one that waited before is dropped for it. */
export async function keepProposal(
  open: OfficersCase,
  { kind, to, change, ...told }: Proposal,
): Promise<Kept> {
  const waits = await takeStep(open, {
    ...{ kind: 'proposed', ...told },
    change: {
      ...nothingPending,
      ...{ pendingKind: kind, pendingBy: open.officer.id },
      ...{ pendingAt: open.clock.now(), pendingStatus: to },
      ...change,
    },
  });
  return waits.kind === 'done' ? { kind: 'waits' } : waits;
}
