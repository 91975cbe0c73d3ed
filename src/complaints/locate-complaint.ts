import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { bamakoDay } from '../text/dates';
import { appendEvents } from './append-events';
import { categoryOf, type Level } from './categories';
import type { ComplaintStatus } from './lifecycle';
import { holdNamelessRows } from './nameless-rows';
import { entryLevelOf, escalationDay } from './route-complaint';

/**
 * Keeps the commune of a complaint that was filed without a place, as its
 * complainant tells it. Said again, the newest word holds. While nobody has it
 * yet, it goes from the national inbox to where that place's complaints go.
 */
export async function locateComplaint(
  { tx, clock }: { tx: Tx; clock: Clock },
  reference: string,
  communeCode: string,
): Promise<void> {
  // A nameless one may be written anew just now, and would not be found.
  await holdNamelessRows(tx);
  // Nor may somebody take it between what is read and what is written.
  await tx.$queryRaw`select id from complaints where reference = ${reference} for update`;
  const filed = await tx.complaint.findUniqueOrThrow({ where: { reference } });
  const { id, anonymous } = filed;
  const route = routeOf(filed, communeCode);
  await tx.complaint.update({
    where: { id },
    data: { communeCode, ...route },
    select: { id: true },
  });
  // The columns' CHECKs hold the same lists.
  const stays = filed.status as ComplaintStatus;
  const fromLevel = filed.level as Level;
  await appendEvents(tx, { id, anonymous }, [
    {
      ...{ kind: 'located', fromStatus: stays, toStatus: stays },
      ...(route === undefined ? {} : { fromLevel, toLevel: route.level }),
      actor: 'complainant',
      happenedAt: anonymous ? new Date(clock.today()) : clock.now(),
    },
  ]);
}

/** Where it goes now; undefined where somebody has it already. */
function routeOf(
  filed: {
    category: string;
    status: string;
    assignedTo: number | null;
    namedLevel: string | null;
    filedAt: Date;
  },
  communeCode: string,
): { level: Level; escalateOn: Date | null } | undefined {
  if (filed.status !== 'ACKNOWLEDGED' || filed.assignedTo !== null)
    return undefined;
  const category = categoryOf(filed.category);
  const namedLevel = (filed.namedLevel ?? undefined) as Level | undefined;
  const level = entryLevelOf({ category, communeCode, namedLevel });
  const day = escalationDay(bamakoDay(filed.filedAt), level, category);
  return { level, escalateOn: day === undefined ? null : new Date(day) };
}
