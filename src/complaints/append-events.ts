import { randomInt } from 'node:crypto';
import type { Tx } from '../runtime/database';
import type { Level } from './categories';
import type { EventKind } from './event-kinds';
import type { ComplaintStatus } from './lifecycle';

/** The least that a row number may be; what is below 0 is drawn, what is above is counted. */
export const leastId = -(2 ** 31);

/**
 * Draws the row number of a nameless complaint: a counted one would stand between
 * two rows that tell their minute.
 */
export function drawNamelessId(): number {
  return randomInt(leastId, 0);
}

/** Row numbers of one nameless complaint grow by less than this from act to act. */
const widestStep = 2 ** 20;

/** One act of a complaint's history. */
export interface NewEvent {
  kind: EventKind;
  fromStatus?: ComplaintStatus;
  toStatus: ComplaintStatus;
  /** Both where the level changed. */
  fromLevel?: Level;
  toLevel?: Level;
  /** complainant, system, or officer:<id>. */
  actor: string;
  /** What staff wrote, at least; blanked 24 months after closing. */
  note?: string;
  happenedAt: Date;
}

/**
 * Appends what happened to a complaint, in order. The history of a nameless one
 * has drawn numbers, which keep its order and tell nothing of others'.
 * @returns row number of the last
 */
export async function appendEvents(
  tx: Tx,
  complaint: { id: number; anonymous: boolean },
  events: readonly NewEvent[],
): Promise<number> {
  const { id: complaintId, anonymous } = complaint;
  const ids = anonymous ? await drawIds(tx, complaintId, events.length) : [];
  const made = await tx.complaintEvent.createManyAndReturn({
    select: { id: true },
    data: events.map((event, at) => {
      const id = ids[at];
      return id === undefined
        ? { ...event, complaintId }
        : { ...event, complaintId, id };
    }),
  });
  return Math.max(...made.map(({ id }) => id));
}

async function drawIds(
  tx: Tx,
  complaintId: number,
  count: number,
): Promise<number[]> {
  const { _max: last } = await tx.complaintEvent.aggregate({
    where: { complaintId },
    _max: { id: true },
  });
  for (;;) {
    const ids: number[] = [];
    let id = last.id ?? randomInt(leastId, leastId / 2);
    while (ids.length < count) {
      id += 1 + randomInt(widestStep);
      ids.push(id);
    }
    const taken = await tx.complaintEvent.count({ where: { id: { in: ids } } });
    if (taken === 0) return ids;
  }
}
