import type { Database } from '../runtime/database';

/** How much the journal of callbacks may hold; what is older goes first, whatever its age. */
export interface JournalBounds {
  rows: number;
  bytes: number;
}

/** Some days of a country's messages, with a report or two for each. */
export const JOURNAL_BOUNDS: JournalBounds = {
  rows: 500_000,
  bytes: 256 * 1024 * 1024,
};

/** Counted from the newest back: the first entry with which a bound is passed, and all before it. */
const trimSql = `
  delete from callback_entries where id <= (
    select max(id) from (
      select id, row_number() over newest as nth, sum(octet_length(body)) over newest as bytes
        from callback_entries window newest as (order by id desc)
    ) as counted where nth > $1 or bytes > $2)`;

/** Keeps the journal within its bounds. @returns how many entries went */
export async function trimJournal(
  { pool }: Pick<Database, 'pool'>,
  { rows, bytes }: JournalBounds = JOURNAL_BOUNDS,
): Promise<number> {
  const { rowCount } = await pool.query(trimSql, [rows, bytes]);
  return rowCount ?? 0;
}
