import type { Clock } from '../runtime/clock';
import { inTransaction, type Database, type Tx } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { withLock, type Locked } from '../runtime/lock';
import { recordAudit } from './audit';
import {
  auditKept,
  endedBefore,
  retentionRules,
  type RetentionRule,
  type RetentionStep,
} from './retention-rules';
import { countOverAudit, trimAudit } from './trim-audit';

/** What one line of the retention table does, or would do. */
export interface RetentionCount {
  what: string;
  table: string;
  does: 'delete' | 'blank';
  rows: number;
}

/** What retention works with. The database must wait for long statements. */
export interface RetentionDesk {
  db: Database;
  clock: Clock;
  /** Who runs it, for the audit chain. */
  actor: string;
  /** Ids that are dealt with in one transaction. */
  batch?: number;
}

const usualBatch = 1000;

const audit = { what: "Journal d'audit", table: 'audit_entries' };

/** Counts what is over, line by line, and changes nothing. */
export async function countOver(
  { db, clock }: Pick<RetentionDesk, 'db' | 'clock'>,
  rules: readonly RetentionRule[] = retentionRules,
): Promise<RetentionCount[]> {
  const counts: RetentionCount[] = [];
  for (const rule of rules) {
    for (const step of rule.steps) {
      const { rows } = await db.pool.query<{ n: number }>(
        countSql(rule, step),
        [endedBefore(clock.now(), rule.after)],
      );
      counts.push({ ...lineOf(rule, step), rows: rows[0]?.n ?? 0 });
    }
  }
  const before = endedBefore(clock.now(), auditKept);
  const rows = await countOverAudit(db, before);
  return [...counts, { ...audit, does: 'delete', rows }];
}

/**
 * Ends the keeping of everything whose delay is over, batch by batch: what was
 * done stays done when it is stopped, and the next run goes on. One program at a time.
 * @throws AppError `unavailable` at the end when a line failed: the others are done
 */
export function retain(desk: RetentionDesk): Promise<Locked<RetentionCount[]>> {
  return withLock(desk.db, 'keeping', () =>
    carryOutAll([
      ...retentionRules.map((rule) => ruleTask(desk, rule)),
      { what: audit.what, run: async () => [await carryOutAudit(desk)] },
    ]),
  );
}

/**
 * Ends the keeping of these lines' rows. @returns a count for each of their steps
 * @throws AppError `unavailable` at the end when a line failed: the others are done
 */
export function carryOutRules(
  desk: RetentionDesk,
  rules: readonly RetentionRule[],
): Promise<RetentionCount[]> {
  return carryOutAll(rules.map((rule) => ruleTask(desk, rule)));
}

/** One line of the table, ready to be carried out. */
interface RetentionTask {
  what: string;
  run: () => Promise<RetentionCount[]>;
}

function ruleTask(desk: RetentionDesk, rule: RetentionRule): RetentionTask {
  return { what: rule.what, run: () => carryOutRule(desk, rule) };
}

/** Each line by itself: one row that cannot go must not keep everybody else's. */
async function carryOutAll(
  tasks: readonly RetentionTask[],
): Promise<RetentionCount[]> {
  const counts: RetentionCount[] = [];
  const failed: { what: string; error: unknown }[] = [];
  for (const { what, run } of tasks) {
    try {
      counts.push(...(await run()));
    } catch (error) {
      failed.push({ what, error });
    }
  }
  if (failed.length === 0) return counts;
  throw new AppError(
    'unavailable',
    `Conservation inachevée pour: ${failed.map(({ what }) => what).join(', ')}. Le reste est fait.`,
    // The first cause is enough to begin with; the next run tells the next.
    failed[0]?.error,
  );
}

async function carryOutRule(
  desk: RetentionDesk,
  rule: RetentionRule,
): Promise<RetentionCount[]> {
  const counts = rule.steps.map((step) => ({ ...lineOf(rule, step), rows: 0 }));
  for (;;) {
    const done = await inTransaction(
      desk.db,
      (tx) => carryOutBatch(tx, desk, rule),
      { timeoutMs: 60_000 },
    );
    if (done === undefined) return counts;
    counts.forEach((count, at) => (count.rows += done[at] ?? 0));
  }
}

/** @returns rows changed by each step; undefined when nothing was due */
async function carryOutBatch(
  tx: Tx,
  { clock, actor, batch = usualBatch }: RetentionDesk,
  rule: RetentionRule,
): Promise<number[] | undefined> {
  const due = await tx.$queryRawUnsafe<{ id: unknown }[]>(
    `${rule.due} limit ${batch}`,
    endedBefore(clock.now(), rule.after),
  );
  if (due.length === 0) return undefined;
  const ids = due.map(({ id }) => id);
  await tx.$executeRaw`select set_config('jigi.retention', 'on', true)`;
  const rows: number[] = [];
  for (const { sql } of rule.steps)
    rows.push(await tx.$executeRawUnsafe(sql, ids));
  if (rule.isTrace !== true)
    await recordAudit(tx, {
      ...{
        actor,
        action: 'retention.done',
        subject: `retention:${rule.keptUntil}`,
      },
      details: Object.fromEntries(
        rule.steps.map(({ table }, at) => [table, rows[at] ?? 0]),
      ),
    });
  return rows;
}

async function carryOutAudit(desk: RetentionDesk): Promise<RetentionCount> {
  const { db, clock, actor, batch = usualBatch } = desk;
  const before = endedBefore(clock.now(), auditKept);
  let rows = 0;
  for (;;) {
    const done = await trimAudit(db, { before, batch, actor });
    rows += done;
    // Each batch leaves an entry of its own: until none is left would be for ever.
    if (done < batch) return { ...audit, does: 'delete', rows };
  }
}

function lineOf(
  { what }: RetentionRule,
  { table, fields }: RetentionStep,
): Omit<RetentionCount, 'rows'> {
  return { what, table, does: fields === undefined ? 'delete' : 'blank' };
}

/** The rows that a step's own statement would touch. */
function countSql({ due }: RetentionRule, { sql }: RetentionStep): string {
  return sql
    .replace(
      /^(?:delete from|update) (\w+)(?: set [^]*?)? where /,
      (_all, table) => `select count(*)::int as n from ${String(table)} where `,
    )
    .replaceAll('= any($1)', `in (${due})`);
}
