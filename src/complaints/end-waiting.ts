import { inTransaction } from '../runtime/database';
import { addDays, bamakoDay } from '../text/dates';
import { caseByCase, casesAtOnce } from './case-by-case';
import { lockRow, type CaseDesk, type OpenCase } from './case-desk';
import { takeStep } from './take-step';

/** Days of silence after which a complainant is reminded of a question, once. */
export const remindedAfterDays = 7;

/** Days after which nobody waits any longer. Source: the programme's grievance brief, clock. */
export const waitsDays = 14;

/**
 * Reminds complainants who were asked something, once, and closes as "no contact" what nobody answered in two weeks
 * and one after the reminder.
 * @returns how many were reminded or closed
 * @throws AppError as `caseByCase`
 */
export function endWaiting(
  desk: CaseDesk,
  stopping?: AbortSignal,
): Promise<number> {
  return caseByCase(
    (from) => waitingIds(desk, from),
    async (id) => Number(await remindOrClose(desk, id)),
    stopping,
  );
}

async function waitingIds(
  { db, clock }: CaseDesk,
  from: number,
): Promise<number[]> {
  const longAgo = new Date(addDays(clock.today(), -remindedAfterDays));
  const waiting = await db.prisma.complaint.findMany({
    where: {
      id: { gte: from },
      ...{ status: 'WAITING_COMPLAINANT', waitingSince: { lte: longAgo } },
    },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: casesAtOnce,
  });
  return waiting.map(({ id }) => id);
}

function remindOrClose(
  { db, clock, wording }: CaseDesk,
  id: number,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const complaint = await lockRow(tx, id);
    if (complaint?.status !== 'WAITING_COMPLAINANT') return false;
    const open = { tx, clock, wording, actor: 'system', complaint };
    if (complaint.remindedOn === null) return remind(open);
    const isOver =
      hasPassed(open, complaint.waitingSince, waitsDays) &&
      hasPassed(open, complaint.remindedOn, waitsDays - remindedAfterDays);
    return isOver && close(open);
  });
}

async function remind(open: OpenCase): Promise<boolean> {
  const done = await takeStep(open, {
    ...{ kind: 'reminded', notice: 'asked' },
    change: { remindedOn: new Date(open.clock.today()) },
  });
  return done.kind === 'done';
}

async function close(open: OpenCase): Promise<boolean> {
  const done = await takeStep(open, {
    ...{ kind: 'closed', to: 'CLOSED_NO_CONTACT', notice: 'closed' },
    change: { decisionCode: 'noContact' },
  });
  return done.kind === 'done';
}

function hasPassed(
  { clock }: OpenCase,
  since: Date | null,
  days: number,
): boolean {
  return since !== null && addDays(bamakoDay(since), days) <= clock.today();
}
