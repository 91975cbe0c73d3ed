import { memberColumns, staffMember } from '../staff/staff-member';
import {
  actOn,
  statusOf,
  type Acted,
  type AtVersion,
  type CaseDesk,
  type OfficersCase,
} from './case-desk';
import { isOpen, mayMove } from './lifecycle';
import { officerOf } from './officer';
import { takeStep } from './take-step';
import { mayAct, type GuardedComplaint, type Officer } from './visibility';

/** Given to somebody, or why not: `cannotTake` where the complaint does not exist for that account, or not to be worked. */
export type Assigned = Acted | { kind: 'cannotTake' };

/** Gives a complaint to an account; to herself an officer needs no other permission than to work it. */
export function assignComplaint(
  desk: CaseDesk,
  officer: Officer,
  { to, ...at }: AtVersion & { to: number },
): Promise<Assigned> {
  const permission =
    to === officer.id ? 'complaints.work' : 'complaints.assign';
  return actOn(desk, officer, at, permission, async (open) => {
    const taker = to === officer.id ? officer : await officerById(open, to);
    if (taker === undefined || !mayTake(taker, open.complaint))
      return { kind: 'cannotTake' };
    return giveTo(open, to);
  });
}

/** Gives several complaints to an account, each for itself. @returns what became of each, in their order */
export async function assignMany(
  desk: CaseDesk,
  officer: Officer,
  { to, complaints }: { to: number; complaints: readonly AtVersion[] },
): Promise<{ complaintId: number; kind: Assigned['kind'] }[]> {
  const became: { complaintId: number; kind: Assigned['kind'] }[] = [];
  for (const at of complaints) {
    const { kind } = await assignComplaint(desk, officer, { ...at, to });
    became.push({ complaintId: at.complaintId, kind });
  }
  return became;
}

/** Notes that an open complaint is somebody's; where it stands it stays, unless that says otherwise. */
export function giveTo(open: OfficersCase, to: number): Promise<Acted> {
  const status = statusOf(open.complaint);
  if (!isOpen(status)) return Promise.resolve({ kind: 'notNow' });
  return takeStep(open, {
    kind: 'assigned',
    to: mayMove(status, 'ASSIGNED') ? 'ASSIGNED' : status,
    ...{ change: { assignedTo: to }, details: { assignedTo: to } },
  });
}

/** Whoever begins to work a complaint that nobody has takes it. */
export async function takeUp(open: OfficersCase): Promise<Acted> {
  const isUntaken = ['ACKNOWLEDGED', 'TRIAGED', 'APPEALED'].includes(
    open.complaint.status,
  );
  return isUntaken ? giveTo(open, open.officer.id) : { kind: 'done' };
}

function mayTake(taker: Officer, complaint: GuardedComplaint): boolean {
  const given = { ...complaint, assignedTo: taker.id };
  return mayAct(taker, 'complaints.work', given);
}

async function officerById(
  { tx }: OfficersCase,
  id: number,
): Promise<Officer | undefined> {
  const row = await tx.staffAccount.findUnique({
    where: { id },
    select: memberColumns,
  });
  return row === null ? undefined : officerOf({ prisma: tx }, staffMember(row));
}
