import { recountAlert } from './alerts';
import type { Acted, CaseRow, OfficersCase } from './case-desk';
import { takeStep } from './take-step';
import { maySee } from './visibility';

/** Whether a complaint may be merged into this other one by an officer: it is another that she sees, and no duplicate itself. */
export function maySwallow(
  { officer, complaint }: OfficersCase,
  into: CaseRow,
): boolean {
  return (
    into.id !== complaint.id &&
    maySee(officer, into) &&
    // A duplicate of a duplicate would lead nowhere.
    into.status !== 'DUPLICATE'
  );
}

/** Closes a complaint as a duplicate of another. */
export async function mergeInto(
  open: OfficersCase,
  intoId: number,
  by: { decidedBy: number | null; approvedBy: number | null },
): Promise<Acted> {
  const merged = await takeStep(open, {
    ...{ kind: 'merged', to: 'DUPLICATE', notice: 'closed' },
    change: { duplicateOf: intoId, ...by },
    details: { into: intoId },
  });
  if (merged.kind !== 'done') return merged;
  await keepLink(open, intoId, 'duplicate');
  await recountAlert(open, open.complaint.namedKey);
  return merged;
}

/** Notes that two complaints have to do with each other. */
export async function keepLink(
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
