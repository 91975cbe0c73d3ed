import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { addDays } from '../text/dates';
import { categoryOf } from './categories';
import type { Level } from './categories';
import { appealDays, isOpen, mayMove } from './lifecycle';
import type { ComplaintStatus } from './lifecycle';

/** What a complainant may say of the handling of a complaint. */
export type Word = 'accept' | 'refuse' | 'appeal' | 'yes' | 'partly' | 'no';

/** A word on a complaint of the household that was proved. */
export interface SaidWord {
  complaintId: number;
  householdId: number;
  word: Word;
}

/** Done, or the complaint is not theirs, or no longer where this can be said of it. */
export type Hearing = { kind: 'done' } | { kind: 'tooLate' };

interface Move {
  kind: 'accepted' | 'refused' | 'appealed';
  to: ComplaintStatus;
}

const moves: Readonly<Record<'accept' | 'refuse' | 'appeal', Move>> = {
  accept: { kind: 'accepted', to: 'CLOSED_ACCEPTED' },
  refuse: { kind: 'refused', to: 'APPEALED' },
  appeal: { kind: 'appealed', to: 'APPEALED' },
};

const above: Readonly<Record<Level, Level>> = {
  N1: 'N2',
  N2: 'N3',
  N3: 'N4',
  N4: 'N5',
  N5: 'N5',
};

const dayMs = 86_400_000;

interface Deps {
  tx: Tx;
  clock: Clock;
}

type Row = NonNullable<Awaited<ReturnType<typeof lockTheirs>>>;

/** The complaint, if it is of this household; nobody else moves it meanwhile. */
async function lockTheirs(
  tx: Tx,
  { complaintId, householdId }: Pick<SaidWord, 'complaintId' | 'householdId'>,
) {
  await tx.$queryRaw`select id from complaints where id = ${complaintId} for update`;
  return tx.complaint.findFirst({ where: { id: complaintId, householdId } });
}

/**
 * Takes down what the complainant says: acceptance, refusal or appeal, or how
 * satisfied he is.
 */
export async function hearComplainant(
  deps: Deps,
  said: SaidWord,
): Promise<Hearing> {
  const complaint = await lockTheirs(deps.tx, said);
  if (complaint === null) {
    return { kind: 'tooLate' };
  }
  const { word } = said;
  return word === 'accept' || word === 'refuse' || word === 'appeal'
    ? moveOn(deps, complaint, moves[word])
    : rate(deps, complaint, word);
}

/** Satisfaction is asked once. */
async function rate(
  { tx, clock }: Deps,
  { id, status, satisfaction }: Row,
  word: 'yes' | 'partly' | 'no',
): Promise<Hearing> {
  if (satisfaction !== null) {
    return { kind: 'tooLate' };
  }
  await tx.complaint.update({ where: { id }, data: { satisfaction: word } });
  await tx.complaintEvent.create({
    data: {
      complaintId: id,
      kind: 'rated',
      fromStatus: status,
      toStatus: status,
      actor: 'complainant',
      note: word,
      happenedAt: clock.now(),
    },
  });
  return { kind: 'done' };
}

function isTooOldToAppeal(complaint: Row, now: Date): boolean {
  return (
    complaint.closedAt !== null &&
    now.getTime() - complaint.closedAt.getTime() > appealDays * dayMs
  );
}

/** Where an appeal goes, and by when: one level up with a new delay; a second one to the nation. */
async function appealTo({ tx, clock }: Deps, complaint: Row) {
  const earlier = await tx.complaintEvent.count({
    where: { complaintId: complaint.id, toStatus: 'APPEALED' },
  });
  // The column's CHECK holds the same list.
  const level = complaint.level as Level;
  const { resolveDays = 0 } = categoryOf(complaint.category);
  return {
    level: earlier > 0 ? 'N5' : above[level],
    dueOn: new Date(addDays(clock.today(), resolveDays)),
    closedAt: null,
  };
}

async function moveOn(
  deps: Deps,
  complaint: Row,
  { kind, to }: Move,
): Promise<Hearing> {
  const { tx, clock } = deps;
  const now = clock.now();
  // The column's CHECK holds the same list.
  const from = complaint.status as ComplaintStatus;
  if (!mayMove(from, to) || isTooOldToAppeal(complaint, now)) {
    return { kind: 'tooLate' };
  }
  const change = isOpen(to)
    ? await appealTo(deps, complaint)
    : { closedAt: now };
  await tx.complaint.update({
    where: { id: complaint.id },
    data: { status: to, ...change },
  });
  await tx.complaintEvent.create({
    data: {
      complaintId: complaint.id,
      kind,
      fromStatus: from,
      toStatus: to,
      actor: 'complainant',
      happenedAt: now,
    },
  });
  return { kind: 'done' };
}
