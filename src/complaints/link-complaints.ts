import { recountAlert } from './alerts';
import {
  actOn,
  type Acted,
  type AtVersion,
  type CaseDesk,
  type OfficersCase,
} from './case-desk';
import { isReference } from './reference';
import { takeStep } from './take-step';
import { maySee, type Officer } from './visibility';

/** Joined; or the other complaint does not exist for this officer, or is this one. */
export type Linked = Acted | { kind: 'noSuchOther' };

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

/** Merges a complaint into another that tells of the same wrong: this one is closed as a duplicate of it. */
export function mergeComplaint(
  desk: CaseDesk,
  officer: Officer,
  { intoReference, ...at }: AtVersion & { intoReference: string },
): Promise<Linked> {
  return actOn(desk, officer, at, 'complaints.work', async (open) => {
    const into = await otherOf(open, intoReference);
    // A duplicate of a duplicate would lead nowhere.
    if (into === undefined || into.status === 'DUPLICATE')
      return { kind: 'noSuchOther' };
    const merged = await takeStep(open, {
      ...{ kind: 'merged', to: 'DUPLICATE', notice: 'closed' },
      change: {
        ...{ duplicateOf: into.id, decidedBy: officer.id, approvedBy: null },
      },
      details: { into: into.id },
    });
    if (merged.kind !== 'done') return merged;
    await keepLink(open, into.id, 'duplicate');
    await recountAlert(open, open.complaint.namedKey);
    return merged;
  });
}

async function otherOf(
  { tx, officer, complaint }: OfficersCase,
  reference: string,
): Promise<{ id: number; status: string } | undefined> {
  const digits = reference.replace(/\D/g, '');
  if (!isReference(digits)) return undefined;
  const other = await tx.complaint.findUnique({ where: { reference: digits } });
  if (other === null || other.id === complaint.id) return undefined;
  return maySee(officer, other) ? other : undefined;
}

async function keepLink(
  { tx, clock, officer, complaint }: OfficersCase,
  otherId: number,
  kind: 'related' | 'duplicate',
): Promise<void> {
  const [firstId = 0, secondId = 0] = [complaint.id, otherId].sort(
    (a, b) => a - b,
  );
  await tx.complaintLink.upsert({
    where: { firstId_secondId: { firstId, secondId } },
    create: {
      ...{ firstId, secondId, kind },
      ...{ linkedBy: officer.id, linkedAt: clock.now() },
    },
    update: { kind },
  });
}
