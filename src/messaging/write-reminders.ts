import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import type { IsoDay } from '../text/dates';
import type { SmsWording } from './compose';
import { purposeRule } from './purposes';
import { nextDecent } from './quiet-hours';
import { reminderRule, type ReminderRule } from './reminder-rules';
import type { ReminderSource } from './reminder-source';
import { reachSql, writeSql } from './reminder-sql';
import { reminderTexts } from './reminder-texts';

/** What writing needs; `db` waits for long statements. */
export interface ReminderDesk {
  db: Pick<Database, 'pool'>;
  clock: Clock;
  wording: SmsWording;
  sources: readonly ReminderSource[];
}

/** What was written. */
export interface WrittenReminders {
  plans: number;
  messages: number;
  callEntries: number;
}

/** Plans that tell the same days by the same rule: one statement writes them all. */
export interface PlanGroup {
  rule: string;
  from: IsoDay | null;
  to: IsoDay | null;
  ids: number[];
}

/** Whether there is anything to write, or to give up. */
export async function isAnythingDue({
  db,
  clock,
}: Pick<ReminderDesk, 'db' | 'clock'>): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `select from reminder_plans where status = 'planned' and due_at <= $1 limit 1`,
    [clock.now()],
  );
  return rowCount === 1;
}

/**
 * Writes the messages of every plan that is due. Plan and messages change in one statement: whoever comes second
 * finds nothing left to do, and the unique key of messages lets nothing through twice.
 */
export async function writeReminders(
  desk: ReminderDesk,
): Promise<WrittenReminders> {
  const { db, clock } = desk;
  await db.pool.query(
    `update reminder_plans set status = 'expired', settled_at = $1 where status = 'planned' and expires_at <= $1`,
    [clock.now()],
  );
  const { rows: groups } = await db.pool.query<PlanGroup>(
    `select rule, from_day as "from", to_day as "to", array_agg(id order by id) as ids from reminder_plans
     where status = 'planned' and due_at <= $1
     group by rule, from_day, to_day order by min(due_at), rule, from_day`,
    [clock.now()],
  );
  const total = { plans: 0, messages: 0, callEntries: 0 };
  for (const group of byTurn(groups)) {
    const written = await writeGroup(desk, group);
    total.plans += written.plans;
    total.messages += written.messages;
    total.callEntries += written.callEntries;
  }
  return total;
}

/** Who is told that a date was moved is known before the new one is announced. */
function byTurn(groups: readonly PlanGroup[]): PlanGroup[] {
  const turn = ({ rule }: PlanGroup) =>
    reminderRule(rule)?.to === 'told' ? 0 : 1;
  return [...groups].sort((one, other) => turn(one) - turn(other));
}

/** The rule and the source of a group; undefined when this release knows neither. */
function knownGroup(
  { sources }: ReminderDesk,
  group: PlanGroup,
): { rule: ReminderRule; source: ReminderSource } | undefined {
  const rule = reminderRule(group.rule);
  const source = sources.find(({ kind }) => kind === rule?.kind);
  return rule === undefined || source === undefined
    ? undefined
    : { rule, source };
}

function reachValues(
  { wording, clock }: ReminderDesk,
  group: PlanGroup,
  rule: ReminderRule,
): unknown[] {
  const texts = reminderTexts(wording, rule, group, clock.today());
  const [first] = wording.locales;
  return [
    ...[group.ids, JSON.stringify(texts), clock.now(), first, rule.tellsDays],
  ];
}

async function writeGroup(
  desk: ReminderDesk,
  group: PlanGroup,
): Promise<WrittenReminders> {
  const known = knownGroup(desk, group);
  if (known === undefined) return { plans: 0, messages: 0, callEntries: 0 };
  const { rule, source } = known;
  const now = desk.clock.now();
  const due = nextDecent(now);
  const { rows } = await desk.db.pool.query<{
    messages: number;
    callEntries: number;
  }>(writeSql(rule, source), [
    ...reachValues(desk, group, rule),
    ...[due, due > now, purposeRule(rule.purpose).class, rule.visits],
  ]);
  return {
    plans: rows.length,
    messages: rows.reduce((sum, row) => sum + row.messages, 0),
    callEntries: rows.reduce((sum, row) => sum + row.callEntries, 0),
  };
}

/** How many phones a plan would reach if it were due now. */
export async function countReach(
  desk: ReminderDesk,
  group: PlanGroup,
): Promise<number> {
  const known = knownGroup(desk, group);
  if (known === undefined) return 0;
  const { rule, source } = known;
  const { rows } = await desk.db.pool.query<{ phones: number }>(
    `${reachSql(rule, source)} select count(*)::integer as phones from chosen`,
    reachValues(desk, group, rule),
  );
  return rows[0]?.phones ?? 0;
}
