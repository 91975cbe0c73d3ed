import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import type { Level } from './categories';
import { mayMove } from './lifecycle';
import type { ComplaintStatus } from './lifecycle';

/** What a complainant may say of the handling of a complaint. */
export type Word = 'accept' | 'refuse' | 'appeal' | 'yes' | 'partly' | 'no';

/** Done, or the complaint is no longer where this can be said of it. */
export type Hearing = { kind: 'done' } | { kind: 'tooLate' };

interface Effect {
  kind: 'accepted' | 'refused' | 'appealed';
  to: ComplaintStatus;
}

const effects: Readonly<Partial<Record<Word, Effect>>> = {
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

/**
 * Takes down what the complainant says: acceptance, refusal or appeal (another
 * person decides, one level up), or how satisfied he is. The caller has made
 * sure that the complaint is of the proved household.
 */
export async function hearComplainant(
  deps: { tx: Tx; clock: Clock },
  complaintId: number,
  word: Word,
): Promise<Hearing> {
  const { tx, clock } = deps;
  const happenedAt = clock.now();
  await tx.$queryRaw`select id from complaints where id = ${complaintId} for update`;
  const complaint = await tx.complaint.findUnique({
    where: { id: complaintId },
  });
  if (complaint === null) {
    return { kind: 'tooLate' };
  }
  // The columns' CHECKs hold the same lists.
  const from = complaint.status as ComplaintStatus;
  const level = complaint.level as Level;
  const effect = effects[word];
  if (effect === undefined) {
    if (complaint.satisfaction !== null) {
      return { kind: 'tooLate' };
    }
    await tx.complaint.update({
      where: { id: complaintId },
      data: { satisfaction: word },
    });
    await tx.complaintEvent.create({
      data: {
        complaintId,
        kind: 'rated',
        fromStatus: from,
        toStatus: from,
        actor: 'complainant',
        note: word,
        happenedAt,
      },
    });
    return { kind: 'done' };
  }
  if (!mayMove(from, effect.to)) {
    return { kind: 'tooLate' };
  }
  const closes = effect.to === 'CLOSED_ACCEPTED';
  await tx.complaint.update({
    where: { id: complaintId },
    data: {
      status: effect.to,
      level: closes ? level : above[level],
      closedAt: closes ? happenedAt : null,
    },
  });
  await tx.complaintEvent.create({
    data: {
      complaintId,
      kind: effect.kind,
      fromStatus: from,
      toStatus: effect.to,
      actor: 'complainant',
      happenedAt,
    },
  });
  return { kind: 'done' };
}
