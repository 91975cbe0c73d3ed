import { inTransaction } from '../runtime/database';
import { bamakoDay } from '../text/dates';
import { lockRow, statusOf, type CaseDesk, type OpenCase } from './case-desk';
import { caseByCase, casesAtOnce } from './case-by-case';
import { categoryOf, type Level } from './categories';
import { mayMove } from './lifecycle';
import { holdNamelessRows } from './nameless-rows';
import { escalationDay, levelAfter } from './route-complaint';
import { takeStep } from './take-step';

/** Nobody of the staff has to act in these: the complainant has. */
const restsWithComplainant = ['WAITING_COMPLAINANT', 'ANSWER_PROPOSED'];

/**
 * Sends up every complaint whose delay at its level has passed, as often as it takes: past levels that never see it,
 * with the day on which an answer is due unchanged. The level below goes on reading it. The complainant hears of it
 * once a run.
 * @returns how many steps up there were
 * @throws AppError as `caseByCase`
 */
export function escalateComplaints(
  desk: CaseDesk,
  stopping?: AbortSignal,
): Promise<number> {
  return caseByCase(
    (from) => dueIds(desk, from),
    async (id) => {
      let steps = 0;
      while (await goUp(desk, id)) steps += 1;
      return steps;
    },
    stopping,
  );
}

async function dueIds(
  { db, clock }: CaseDesk,
  from: number,
): Promise<number[]> {
  const due = await db.prisma.complaint.findMany({
    where: {
      id: { gte: from },
      escalateOn: { lte: new Date(clock.today()) },
      status: { notIn: restsWithComplainant },
      closedAt: null,
    },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: casesAtOnce,
  });
  return due.map(({ id }) => id);
}

/** One level up. @returns whether it went */
function goUp({ db, clock, wording }: CaseDesk, id: number): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await holdNamelessRows(tx);
    const complaint = await lockRow(tx, id);
    const isDue =
      complaint?.escalateOn &&
      complaint.closedAt === null &&
      bamakoDay(complaint.escalateOn) <= clock.today() &&
      !restsWithComplainant.includes(complaint.status);
    if (!complaint || isDue !== true) return false;
    const open = { tx, clock, wording, actor: 'system', complaint };
    return (await stepUp(open)).kind === 'done';
  });
}

function stepUp(open: OpenCase) {
  const { complaint } = open;
  const category = categoryOf(complaint.category);
  // The columns' CHECKs hold the same list.
  const from = complaint.level as Level;
  const namedLevel = (complaint.namedLevel ?? undefined) as Level | undefined;
  const level = levelAfter(from, { category, namedLevel });
  const day =
    complaint.escalateOn === null
      ? undefined
      : escalationDay(bamakoDay(complaint.escalateOn), level, category);
  const status = statusOf(complaint);
  return takeStep(open, {
    ...{ kind: 'escalated', level },
    ...(day !== undefined && day <= open.clock.today()
      ? {}
      : { notice: 'moved' }),
    to: mayMove(status, 'TRIAGED') ? 'TRIAGED' : status,
    change: {
      assignedTo: null,
      escalateOn: day === undefined ? null : new Date(day),
    },
    details: { fromLevel: from, toLevel: level },
  });
}
