import { inTransaction } from '../runtime/database';
import type { Database, Tx } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { isOverdue } from './scene';
import type { Scene } from './scene';
import type { UssdHouse } from './ussd-house';

const dayMs = 86_400_000;

/**
 * The end of the day. With an hour, who counts the effects of that hour and the
 * rows that tell their time would find the nameless request by what is left over.
 */
function endOfDay(now: Date): Date {
  return new Date((Math.floor(now.getTime() / dayMs) + 1) * dayMs);
}

const answerStep = 256;

/** The answer as JSON, of a length that tells nothing of its kind. */
function written(answer: unknown): string {
  const text = JSON.stringify(answer);
  return text.padEnd(Math.ceil(text.length / answerStep) * answerStep);
}

const contextOf = (key: string): string => `effect ${key}`;

/** What was answered under a key. @throws AppError `unavailable` when it was sealed with another secret */
function opened(
  { sealing }: Pick<UssdHouse, 'sealing'>,
  { key, answer }: { key: string; answer: unknown },
): unknown {
  const text =
    typeof answer === 'string'
      ? sealing.decrypt(contextOf(key), answer)
      : undefined;
  if (text === undefined) {
    throw new AppError('unavailable', 'an earlier answer cannot be opened');
  }
  return JSON.parse(text);
}

/**
 * Does something once under a key: repeated, at the same moment or later, it
 * answers what was answered then and does nothing. Key and effect commit
 * together, and not at all once the caller has been told to try again. What was
 * answered is sealed: it may hold the reference of a nameless request.
 * @param work its answer is plain JSON
 * @throws AppError `unavailable` when the work came too late
 */
export async function once<T>(
  scene: Pick<Scene, 'house' | 'deadlineMs'>,
  key: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { db, clock, sealing } = scene.house;
  return inTransaction(db, async (tx) => {
    // Waits for a twin that is under way, then finds its row.
    const inserted = await tx.effectOnce.createMany({
      data: [{ key, answer: '', happenedAt: endOfDay(clock.now()) }],
      skipDuplicates: true,
    });
    if (inserted.count === 0) {
      const earlier = await tx.effectOnce.findUniqueOrThrow({ where: { key } });
      // Written below by this very function, under the same key and so the same T.
      return opened(scene.house, earlier) as T;
    }
    const answer = await work(tx);
    await tx.effectOnce.update({
      where: { key },
      data: { answer: sealing.encrypt(contextOf(key), written(answer)) },
    });
    if (isOverdue(scene)) {
      throw new AppError('unavailable', 'the effect came too late');
    }
    return answer;
  });
}

/** What was answered under those of the keys whose effects have happened. */
export async function answersGiven(
  house: Pick<UssdHouse, 'db' | 'sealing'>,
  keys: readonly string[],
): Promise<Map<string, unknown>> {
  const rows = await house.db.prisma.effectOnce.findMany({
    where: { key: { in: [...keys] } },
    select: { key: true, answer: true },
  });
  return new Map(rows.map((row) => [row.key, opened(house, row)]));
}

/** Whether the effect of a key has happened. */
export async function hasHappened(db: Database, key: string): Promise<boolean> {
  return (await db.prisma.effectOnce.count({ where: { key } })) > 0;
}
