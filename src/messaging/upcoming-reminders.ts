import { type Clock } from '../runtime/clock';
import { inTransaction, type Database } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import type { IsoDay } from '../text/dates';
import { cancelSql } from './cancel-messages';
import { reminderRule } from './reminder-rules';
import { countReach, type ReminderDesk } from './write-reminders';

/** A reminder that is to go, as staff see it. */
export interface UpcomingReminder {
  id: number;
  rule: string;
  /** Name by which staff know its subject. */
  subject: string;
  from: IsoDay | null;
  to: IsoDay | null;
  dueAt: Date;
  /** Phones that it would reach if it went now. */
  phones: number;
}

type PlanRow = Omit<UpcomingReminder, 'subject' | 'phones'> & {
  subjectId: number;
};

/** What is to go until a moment, the next first, and to how many phones. */
export async function upcomingReminders(
  desk: ReminderDesk,
  until: Date,
): Promise<UpcomingReminder[]> {
  const { rows } = await desk.db.pool.query<PlanRow>(
    `select id, rule, subject_id as "subjectId", from_day as "from", to_day as "to", due_at as "dueAt"
     from reminder_plans where status = 'planned' and due_at <= $1 order by due_at, rule, id`,
    [until],
  );
  const upcoming: UpcomingReminder[] = [];
  for (const { subjectId, ...plan } of rows) {
    const subject = await nameOf(desk, plan.rule, subjectId);
    const phones = await countReach(desk, { ...plan, ids: [plan.id] });
    upcoming.push({ ...plan, subject, phones });
  }
  return upcoming;
}

async function nameOf(
  { db, sources }: ReminderDesk,
  rule: string,
  subjectId: number,
): Promise<string> {
  const kind = reminderRule(rule)?.kind;
  const source = sources.find((one) => one.kind === kind);
  if (source === undefined) return String(subjectId);
  const { rows } = await db.pool.query<{ name: string }>(source.namesSql, [
    [subjectId],
  ]);
  return rows[0]?.name ?? String(subjectId);
}

/** Taken back, with the messages that had been written and had not gone; or there is no such reminder. */
export type Cancelled =
  { kind: 'cancelled'; messages: number } | { kind: 'notFound' };

/** Takes back a reminder on a person's word. Planning does not bring it again. */
export function cancelReminder(
  { db, clock, actor }: { db: Database; clock: Clock; actor: string },
  id: number,
): Promise<Cancelled> {
  return inTransaction(db, async (tx) => {
    const plan = await tx.reminderPlan.findUnique({ where: { id } });
    if (plan === null) return { kind: 'notFound' };
    const now = clock.now();
    await tx.reminderPlan.updateMany({
      where: { id, status: 'planned' },
      data: { status: 'cancelled', reason: 'byOfficer', settledAt: now },
    });
    const messages = await tx.$executeRawUnsafe(
      cancelSql(
        `m.purpose = $1::text and m.subject_id = $2::integer and m.round = $3::integer`,
        `'byOfficer'`,
        '$4::timestamptz',
      ),
      ...[plan.rule, plan.subjectId, plan.round, now],
    );
    await recordAudit(tx, {
      ...{ actor, action: 'reminder.cancel', subject: `reminder:${id}` },
      details: { messages },
    });
    return { kind: 'cancelled', messages };
  });
}
