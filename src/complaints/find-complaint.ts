import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { bamakoDay } from '../text/dates';
import type { IsoDay } from '../text/dates';
import { mayAppeal } from './appeal-change';
import { isOpen } from './lifecycle';
import type { ComplaintStatus } from './lifecycle';
import type { QuestionKind } from './questions';
import { isReference } from './reference';

/** What is told of a complaint found by its reference. */
export interface FoundComplaint {
  complaintId: number;
  householdId: number | undefined;
  reference: string;
  open: boolean;
  status: ComplaintStatus;
  dueOn: IsoDay | undefined;
  closedOn: IsoDay | undefined;
  /** Key of the sentence that an officer proposed. */
  answer: string | undefined;
  /** What an officer asked and nobody has answered yet, by its key. */
  question: { kind: 'yesNo' | 'digit' | 'date'; text: string } | undefined;
  mayAppeal: boolean;
  mayRate: boolean;
}

/** Found, or why not; `exhausted` after ten unknown references in a day from one phone. */
export type Search =
  | { kind: 'found'; complaint: FoundComplaint }
  | { kind: 'mistyped' }
  | { kind: 'unknown' }
  | { kind: 'exhausted' };

/** Unknown references that one phone may type in a day. */
const unknownPerDay = 10;

/**
 * Looks a complaint up by the reference that its complainant was given. A
 * mistyped one is told apart by its check digit and costs nothing.
 * @param phoneKey keyed hash of the calling number
 */
export async function findComplaint(
  deps: { tx: Tx; clock: Clock },
  reference: string,
  phoneKey: string,
): Promise<Search> {
  const { tx, clock } = deps;
  if (!isReference(reference)) {
    return { kind: 'mistyped' };
  }
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('reference ' || ${phoneKey}, 0))`;
  if (await isExhausted(deps, phoneKey)) {
    return { kind: 'exhausted' };
  }
  const row = await lookUp(tx, reference);
  if (row === null) {
    await tx.wrongTry.create({
      data: { kind: 'reference', phoneKey, triedAt: clock.now() },
    });
    return { kind: 'unknown' };
  }
  return { kind: 'found', complaint: toldOf(row, clock) };
}

function lookUp(tx: Tx, reference: string) {
  return tx.complaint.findUnique({
    where: { reference },
    include: { questions: { where: { answeredAt: null } } },
  });
}

type Row = NonNullable<Awaited<ReturnType<typeof lookUp>>>;

async function isExhausted(
  { tx, clock }: { tx: Tx; clock: Clock },
  phoneKey: string,
): Promise<boolean> {
  const triedAt = { gte: new Date(clock.today()) };
  const unknownToday = await tx.wrongTry.count({
    where: { phoneKey, kind: 'reference', triedAt },
  });
  return unknownToday >= unknownPerDay;
}

function toldOf(row: Row, clock: Clock): FoundComplaint {
  // The column's CHECK holds the same list.
  const status = row.status as ComplaintStatus;
  const open = isOpen(status);
  return {
    complaintId: row.id,
    householdId: row.householdId ?? undefined,
    reference: row.reference,
    open,
    status,
    dueOn: row.dueOn === null ? undefined : bamakoDay(row.dueOn),
    closedOn: row.closedAt === null ? undefined : bamakoDay(row.closedAt),
    answer: row.proposedAnswer ?? undefined,
    question: questionOf(row),
    mayAppeal: mayAppeal(row, clock.now()),
    mayRate: !open && row.satisfaction === null && row.category !== 'C10',
  };
}

function questionOf({ questions: [open] }: Row): FoundComplaint['question'] {
  if (open === undefined) return undefined;
  // The column's CHECK holds the same list.
  return { kind: open.kind as QuestionKind, text: open.code };
}
