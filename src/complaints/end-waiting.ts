import { inTransaction } from '../runtime/database';
import { addDays, bamakoDay } from '../text/dates';
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
 */
export async function endWaiting(desk: CaseDesk): Promise<number> {
  const { db, clock } = desk;
  const waiting = await db.prisma.complaint.findMany({
    where: {
      status: 'WAITING_COMPLAINANT',
      waitingSince: {
        lte: new Date(addDays(clock.today(), -remindedAfterDays)),
      },
    },
    select: { id: true },
  });
  let done = 0;
  for (const { id } of waiting) if (await remindOrClose(desk, id)) done += 1;
  return done;
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
