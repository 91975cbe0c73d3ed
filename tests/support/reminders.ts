import { openSmsWording } from '../../src/messaging/compose';
import { planReminders } from '../../src/messaging/plan-reminders';
import type { ReminderSource } from '../../src/messaging/reminder-source';
import {
  writeReminders,
  type ReminderDesk,
} from '../../src/messaging/write-reminders';
import type { FixedClock } from '../../src/runtime/clock';
import type { Database } from '../../src/runtime/database';
import { packageRoot } from '../../src/runtime/package-root';
import { openTexts } from '../../src/text/texts';

/** The words of messages, Bambara too. */
export const smsWording = openSmsWording({
  texts: openTexts({ root: packageRoot }),
  shortCode: '*384*55#',
  allowUnreviewed: true,
});

/** One message as its phone shows it. */
export interface SeenSms {
  msisdn: string;
  purpose: string;
  template: string;
  text: string;
  at: Date;
}

/** A programme whose clock a test moves: what is due is planned and written, and a sender that never fails takes it. */
export interface ReminderProgramme {
  desk: ReminderDesk;
  plan(): ReturnType<typeof planReminders>;
  write(): ReturnType<typeof writeReminders>;
  /** Plans, writes, sends what may go now. @returns what arrived */
  tick(): Promise<SeenSms[]>;
}

/** Opens a programme over some sources. */
export function reminderProgramme(
  db: Database,
  clock: FixedClock,
  sources: readonly ReminderSource[],
): ReminderProgramme {
  const desk = { db, clock, wording: smsWording, sources };
  const plan = () => planReminders({ db, clock }, sources);
  const write = () => writeReminders(desk);
  return {
    ...{ desk, plan, write },
    async tick() {
      await plan();
      await write();
      return sendDue(db, clock);
    },
  };
}

/** Sends every message that is due, as a sender without faults would: what is too late expires. */
export async function sendDue(
  db: Database,
  clock: FixedClock,
): Promise<SeenSms[]> {
  const now = clock.now();
  await db.pool.query(
    `update messages set state = 'expired', reason = 'tooLate', settled_at = $1
     where state in ('held', 'queued') and expires_at <= $1`,
    [now],
  );
  const { rows } = await db.pool.query<Omit<SeenSms, 'at'>>(
    `update messages set state = 'delivered', reason = null, begun_at = $1, sent_at = $1, settled_at = $1, attempts = 1
     where state in ('held', 'queued') and due_at <= $1
     returning msisdn, purpose, template, text`,
    [now],
  );
  return rows
    .map((row) => ({ ...row, at: now }))
    .sort((a, b) =>
      `${a.msisdn} ${a.purpose}`.localeCompare(`${b.msisdn} ${b.purpose}`),
    );
}
