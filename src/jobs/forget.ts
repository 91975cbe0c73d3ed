import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';

const hourMs = 3_600_000;

/** How long each short-lived trace of a call serves, in hours. Source: docs/data-dictionary.md. */
export const keptHours = {
  /** A keyed hash that makes an effect happen once. */
  effects: 24,
  /** Wrong tries, which count for a day and are looked at for abuse. */
  wrongTries: 30 * 24,
  /** How calls ended. */
  callEnds: 30 * 24,
} as const;

/** Removes the traces of calls that have served their time. @returns how many rows went or lost their key */
export async function forgetOldTraces(deps: {
  db: Database;
  clock: Clock;
}): Promise<number> {
  const { prisma } = deps.db;
  const before = (hours: number): Date =>
    new Date(deps.clock.now().getTime() - hours * hourMs);
  const [effects, keys, tries, ends] = await Promise.all([
    prisma.effectOnce.deleteMany({
      where: { happenedAt: { lt: before(keptHours.effects) } },
    }),
    prisma.wrongTry.updateMany({
      where: {
        effectKey: { not: null },
        triedAt: { lt: before(keptHours.effects) },
      },
      data: { effectKey: null },
    }),
    prisma.wrongTry.deleteMany({
      where: { triedAt: { lt: before(keptHours.wrongTries) } },
    }),
    prisma.callEnd.deleteMany({
      where: { endedAt: { lt: before(keptHours.callEnds) } },
    }),
  ]);
  return effects.count + keys.count + tries.count + ends.count;
}
