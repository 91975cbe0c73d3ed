import { inTransaction, type Database } from '../runtime/database';
import { recordAudit } from './audit';
import { auditTrimmed } from './verify-audit';

/** The oldest rows that are over, never the last of all; $1 is when they had to be written. */
const lastOverSql = `select id, hash, to_char(happened_at at time zone 'UTC', 'YYYY-MM-DD') as day from audit_entries
  where id = least(
    (select coalesce(min(id), 2147483647) from audit_entries where happened_at >= $1) - 1,
    (select max(id) from audit_entries) - 1,
    (select min(id) from audit_entries) + $2 - 1)`;

/** @returns how many entries are over */
export async function countOverAudit(
  { pool }: Pick<Database, 'pool'>,
  before: Date,
): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from audit_entries
     where id <= (select id from (${lastOverSql}) over)`,
    [before, 1_000_000_000],
  );
  return rows[0]?.n ?? 0;
}

/**
 * Takes one batch off the beginning of the audit chain, and tells the chain itself
 * up to where, so that it can be verified from there on. A batch that is not full was the last.
 * @returns how many entries went
 */
export function trimAudit(
  db: Database,
  request: { before: Date; batch: number; actor: string },
): Promise<number> {
  const { before, batch, actor } = request;
  return inTransaction(
    db,
    async (tx) => {
      const [last] = await tx.$queryRawUnsafe<
        { id: number; hash: string; day: string }[]
      >(lastOverSql, before, batch);
      if (last === undefined) return 0;
      await tx.$executeRaw`select set_config('jigi.retention', 'on', true)`;
      const rows =
        await tx.$executeRaw`delete from audit_entries where id <= ${last.id}`;
      await recordAudit(tx, {
        ...{ actor, action: auditTrimmed, subject: 'retention:audit' },
        details: {
          ...{ throughId: last.id, throughHash: last.hash },
          ...{ throughDay: last.day, rows },
        },
      });
      return rows;
    },
    { timeoutMs: 60_000 },
  );
}
