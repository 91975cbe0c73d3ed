import type { Clock } from '../runtime/clock';
import { type Database, inTransaction } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import type { MessageClass } from './message-class';

/** What pausing a class needs. */
export interface PauseClassDeps {
  db: Pick<Database, 'prisma'>;
  clock: Pick<Clock, 'now'>;
}

/** Lets a class of messages wait; told to the audit chain. @returns false when it waited already */
export async function pauseClass(
  { db, clock }: PauseClassDeps,
  messageClass: MessageClass,
  actor: string,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { count } = await tx.classPause.createMany({
      data: { class: messageClass, pausedAt: clock.now(), pausedBy: actor },
      skipDuplicates: true,
    });
    if (count === 0) return false;
    const subject = `class:${messageClass}`;
    await recordAudit(tx, { actor, action: 'messages.paused', subject });
    return true;
  });
}

/** Lets a class of messages go on; told to the audit chain. @returns false when it did not wait */
export async function resumeClass(
  { db }: Pick<PauseClassDeps, 'db'>,
  messageClass: MessageClass,
  actor: string,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { count } = await tx.classPause.deleteMany({
      where: { class: messageClass },
    });
    if (count === 0) return false;
    const subject = `class:${messageClass}`;
    await recordAudit(tx, { actor, action: 'messages.resumed', subject });
    return true;
  });
}

/** The classes that wait. */
export async function pausedClasses({
  pool,
}: Pick<Database, 'pool'>): Promise<Set<MessageClass>> {
  const { rows } = await pool.query<{ class: MessageClass }>(
    `select class from class_pauses`,
  );
  return new Set(rows.map((row) => row.class));
}
