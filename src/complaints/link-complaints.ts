import {
  actOn,
  statusOf,
  type Acted,
  type AtVersion,
  type CaseDesk,
  type CaseRow,
  type OfficersCase,
} from './case-desk';
import { asksForTwo, keepProposal } from './keep-proposal';
import { mayMove } from './lifecycle';
import { keepLink, maySwallow, mergeInto } from './merge-step';
import { isReference } from './reference';
import { takeStep } from './take-step';
import { maySee, type Officer } from './visibility';

/** Joined; or the other complaint does not exist for this officer, or is this one. */
export type Linked = Acted | { kind: 'noSuchOther' };

/** As `Linked`; or it waits for a second person. */
export type Merged = Linked | { kind: 'waits' };

/** Notes that two complaints have to do with each other. */
export function linkComplaints(
  desk: CaseDesk,
  officer: Officer,
  { otherReference, ...at }: AtVersion & { otherReference: string },
): Promise<Linked> {
  return actOn(desk, officer, at, 'complaints.work', async (open) => {
    const other = await otherOf(open, otherReference);
    if (other === undefined) return { kind: 'noSuchOther' };
    await keepLink(open, other.id, 'related');
    return takeStep(open, { kind: 'linked', details: { other: other.id } });
  });
}

/**
 * Merges a complaint into another that tells of the same wrong: this one is closed as a duplicate of it. Where closing
 * asks for two persons, a second one approves first.
 */
export function mergeComplaint(
  desk: CaseDesk,
  officer: Officer,
  { intoReference, ...at }: AtVersion & { intoReference: string },
): Promise<Merged> {
  return actOn(desk, officer, at, 'complaints.work', async (open) => {
    const into = await otherOf(open, intoReference);
    if (into === undefined || !maySwallow(open, into))
      return { kind: 'noSuchOther' };
    if (!mayMove(statusOf(open.complaint), 'DUPLICATE'))
      return { kind: 'notNow' };
    return asksForTwo(open)
      ? keepProposal(open, {
          ...{ kind: 'merging', to: 'DUPLICATE' },
          change: { pendingInto: into.id },
          details: { proposes: 'DUPLICATE', into: into.id },
        })
      : mergeInto(open, into.id, {
          ...{ decidedBy: officer.id, approvedBy: null },
        });
  });
}

async function otherOf(
  { tx, officer, complaint }: OfficersCase,
  reference: string,
): Promise<CaseRow | undefined> {
  const digits = reference.replace(/\D/g, '');
  if (!isReference(digits)) return undefined;
  const other = await tx.complaint.findUnique({ where: { reference: digits } });
  return other !== null && other.id !== complaint.id && maySee(officer, other)
    ? other
    : undefined;
}
