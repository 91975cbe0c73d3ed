import type { Tx } from '../runtime/database';
import type { SqlTx } from '../runtime/sql-transaction';

/** What a day's message tells of a phone. */
export interface PhoneReach {
  msisdn: string;
  kind: 'reached' | 'failed';
  /** The day in Mali, YYYY-MM-DD. */
  on: string;
}

/** A phone that failed once more, and how long it has. */
export interface FailingPhone {
  msisdn: string;
  failedInRow: number;
  failedSince: string;
  on: string;
}

/** Numbers in one order, whoever writes: two that write the same phones do not wait for each other for ever. */
const reachedSql = `
  insert into phones as p (msisdn, failed_in_row, failed_since, reached_on)
  select msisdn, 0, null, max(on_day) from unnest($1::text[], $2::date[]) as r (msisdn, on_day)
    group by msisdn order by msisdn
  on conflict (msisdn) do update set failed_in_row = 0, failed_since = null,
    reached_on = greatest(p.reached_on, excluded.reached_on)
  where p.failed_in_row > 0 or p.reached_on is null or p.reached_on < excluded.reached_on`;

const failedSql = `
  insert into phones as p (msisdn, failed_in_row, failed_since)
  select msisdn, count(*), min(on_day) from unnest($1::text[], $2::date[]) as r (msisdn, on_day)
    group by msisdn order by msisdn
  on conflict (msisdn) do update set failed_in_row = p.failed_in_row + excluded.failed_in_row,
    failed_since = coalesce(p.failed_since, excluded.failed_since)
  returning msisdn, failed_in_row as "failedInRow", failed_since as "failedSince",
    (select max(on_day)::text from unnest($1::text[], $2::date[]) as r (msisdn, on_day)
      where r.msisdn = p.msisdn) as "on"`;

/**
 * Keeps on each phone since when messages fail, and when one last arrived. A phone that was reached among these
 * has nothing behind it, whatever else failed.
 * @returns the phones that failed once more
 */
export async function noteReach(
  tx: SqlTx,
  reaches: readonly PhoneReach[],
): Promise<FailingPhone[]> {
  const reached = reaches.filter(({ kind }) => kind === 'reached');
  const arrived = new Set(reached.map(({ msisdn }) => msisdn));
  const failed = reaches.filter(
    ({ kind, msisdn }) => kind === 'failed' && !arrived.has(msisdn),
  );
  if (reached.length > 0) await tx.query(reachedSql, columnsOf(reached));
  if (failed.length === 0) return [];
  const { rows } = await tx.query<FailingPhone>(failedSql, columnsOf(failed));
  return rows;
}

/** The same for a phone that was reached by somebody's word. */
export async function noteReached(
  tx: Tx,
  { msisdn, on }: Pick<PhoneReach, 'msisdn' | 'on'>,
): Promise<void> {
  await tx.$executeRawUnsafe(reachedSql, [msisdn], [on]);
}

function columnsOf(reaches: readonly PhoneReach[]): [string[], string[]] {
  return [reaches.map(({ msisdn }) => msisdn), reaches.map(({ on }) => on)];
}
