import type { SmsWording } from '../messaging/compose';
import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { recountAlert } from './alerts';
import { appealChange, isTooOldToAppeal } from './appeal-change';
import { isOpen, mayMove } from './lifecycle';
import type { ComplaintStatus } from './lifecycle';
import { nothingPending } from './nothing-pending';
import { tellComplainant, type Notice } from './tell-complainant';

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
  /** Told to the number that was left, which may be another than the one that speaks now. */
  notice: Notice;
}

const moves: Readonly<Record<'accept' | 'refuse' | 'appeal', Move>> = {
  accept: { kind: 'accepted', to: 'CLOSED_ACCEPTED', notice: 'closed' },
  refuse: { kind: 'refused', to: 'APPEALED', notice: 'moved' },
  appeal: { kind: 'appealed', to: 'APPEALED', notice: 'moved' },
};

interface Deps {
  tx: Tx;
  clock: Clock;
  wording: SmsWording;
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

async function moveOn(
  deps: Deps,
  complaint: Row,
  { kind, to, notice }: Move,
): Promise<Hearing> {
  const { tx, clock } = deps;
  const now = clock.now();
  // The column's CHECK holds the same list.
  const from = complaint.status as ComplaintStatus;
  if (!mayMove(from, to) || isTooOldToAppeal(complaint, now)) {
    return { kind: 'tooLate' };
  }
  const { level, change } = isOpen(to)
    ? appealChange(complaint, clock.today())
    : { level: undefined, change: { closedAt: now, escalateOn: null } };
  await tx.complaint.update({
    where: { id: complaint.id },
    data: {
      ...nothingPending,
      ...change,
      level: level ?? complaint.level,
      status: to,
    },
  });
  const { id: eventId } = await tx.complaintEvent.create({
    data: {
      complaintId: complaint.id,
      ...{ kind, fromStatus: from, toStatus: to, actor: 'complainant' },
      ...(level === undefined || level === complaint.level
        ? {}
        : { fromLevel: complaint.level, toLevel: level }),
      happenedAt: now,
    },
    select: { id: true },
  });
  // One that was a duplicate counts again against whom it names.
  await recountAlert(deps, complaint.namedKey);
  await tellComplainant(deps, {
    complaintId: complaint.id,
    event: notice,
    eventId,
  });
  return { kind: 'done' };
}
