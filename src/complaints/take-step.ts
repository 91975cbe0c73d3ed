import { recordAudit } from '../staff/audit';
import type { AuditedAct } from '../staff/audit';
import { addDays, bamakoDay, daysBetween, type IsoDay } from '../text/dates';
import { appendEvents } from './append-events';
import { statusOf, type Acted, type CaseRow, type OpenCase } from './case-desk';
import type { Level } from './categories';
import type { EventKind } from './event-kinds';
import { isOpen, mayMove, type ComplaintStatus } from './lifecycle';
import { nothingPending } from './nothing-pending';
import { tellComplainant, type Notice } from './tell-complainant';

/** What changes of a complaint beside its status and level. */
export type CaseChange = Partial<
  Omit<CaseRow, 'id' | 'status' | 'level' | 'entryLevel' | 'version'>
>;

/** One act on a complaint. */
export interface Step {
  kind: EventKind;
  /** Absent: it stays where it is. */
  to?: ComplaintStatus | undefined;
  /** Absent: it stays with its level. */
  level?: Level | undefined;
  change?: CaseChange;
  /** What an officer wrote. */
  note?: string | undefined;
  /** What the complainant is told; absent: nothing. */
  notice?: Notice;
  /** For the audit chain: never what somebody wrote. */
  details?: AuditedAct['details'];
}

/**
 * Takes one step: the row, its history, the audit chain and the complainant, in the transaction of the case. The clock
 * stands still while the complainant is waited for, and what is due moves by those days.
 * @returns `notNow` where the table of moves does not allow it: nothing is written then
 */
export async function takeStep(open: OpenCase, step: Step): Promise<Acted> {
  const { tx, clock, complaint, actor } = open;
  const from = statusOf(complaint);
  const { kind, to = from, level } = step;
  if (to !== from && !mayMove(from, to)) return { kind: 'notNow' };
  const waited = to === from ? {} : leaving(complaint, clock.today());
  const changed = await tx.complaint.update({
    where: { id: complaint.id },
    data: {
      ...waited,
      ...(to === from ? {} : arriving(open, to)),
      ...(level === undefined ? {} : { level }),
      ...step.change,
      status: to,
    },
  });
  if (from === 'WAITING_COMPLAINANT' && to !== from) await dropQuestion(open);
  const event = await appendEvents(tx, complaint, [
    {
      ...{ kind, fromStatus: from, toStatus: to, actor },
      ...(level === undefined || level === complaint.level
        ? {}
        : // The column's CHECK holds the same list.
          { fromLevel: complaint.level as Level, toLevel: level }),
      ...(step.note === undefined ? {} : { note: step.note }),
      happenedAt: instantOf(open),
    },
  ]);
  await recordAudit(tx, {
    ...{
      actor,
      action: `complaint.${kind}`,
      subject: `complaint:${complaint.id}`,
    },
    details: { from, to, ...step.details },
  });
  open.complaint = changed;
  if (step.notice !== undefined)
    await tellComplainant(open, {
      ...{ complaintId: complaint.id, event: step.notice, eventId: event },
    });
  return { kind: 'done' };
}

/** Of a nameless complaint the day only is kept. */
export function instantOf({
  clock,
  complaint,
}: Pick<OpenCase, 'clock'> & { complaint: { anonymous: boolean } }): Date {
  return complaint.anonymous ? new Date(clock.today()) : clock.now();
}

/** A day of the store moved by some days. */
export function moved(day: Date | null, days: number): Date | null {
  return day === null ? null : new Date(addDays(bamakoDay(day), days));
}

function leaving(
  { waitingSince, dueOn, escalateOn }: OpenCase['complaint'],
  today: IsoDay,
): CaseChange {
  if (waitingSince === null) return {};
  const days = daysBetween(bamakoDay(waitingSince), today);
  return {
    ...{ waitingSince: null, remindedOn: null },
    ...{ dueOn: moved(dueOn, days), escalateOn: moved(escalateOn, days) },
  };
}

function arriving(open: OpenCase, to: ComplaintStatus): CaseChange {
  if (to === 'WAITING_COMPLAINANT')
    return { waitingSince: new Date(open.clock.today()) };
  return isOpen(to)
    ? { closedAt: null }
    : { ...nothingPending, closedAt: instantOf(open), escalateOn: null };
}

/** A question that nobody has answered is asked no more. */
async function dropQuestion({ tx, clock, complaint }: OpenCase): Promise<void> {
  await tx.complaintQuestion.updateMany({
    where: { complaintId: complaint.id, answeredAt: null },
    data: { answeredAt: clock.now(), answeredBy: 'dropped' },
  });
}
