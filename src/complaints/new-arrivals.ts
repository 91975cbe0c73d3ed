import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import { addDays, type IsoDay } from '../text/dates';
import { seenBy, type Officer } from './visibility';

/**
 * Up to where an inbox has been seen: how many complaints of its last days there were. Made of what its officer sees
 * and of nothing else: a count of transactions would move with a call at the sealed line.
 */
export interface SeenMark {
  /** Day of Bamako from which they were counted. */
  from: IsoDay;
  filed: number;
}

/** They are counted over these days: nameless ones tell no hour, and a mark is kept while a form is filled in. */
const countedDays = 2;

/** Where the inbox of an account stands now. */
export async function seenMark(
  db: Pick<Database, 'pool'>,
  officer: Officer,
  today: IsoDay,
): Promise<SeenMark> {
  const from = addDays(today, -countedDays);
  return { from, filed: await countFiled(db, officer, from) };
}

/**
 * How many complaints of an account were filed since a mark, however late their transactions ended. One that left its
 * sight meanwhile hides one that came.
 */
export async function countArrivals(
  db: Pick<Database, 'pool'>,
  officer: Officer,
  { from, filed }: SeenMark,
): Promise<number> {
  return Math.max(0, (await countFiled(db, officer, from)) - filed);
}

/** Thanks, which wait for nothing, are no arrivals. */
async function countFiled(
  { pool }: Pick<Database, 'pool'>,
  officer: Officer,
  from: IsoDay,
): Promise<number> {
  const { bind, include, values } = boundValues();
  const { rows } = await pool.query<{ filed: number }>(
    `select count(*)::int as filed from complaints c
      where c.filed_at >= ${bind(from)}::date and c.due_on is not null
        and ${include((at) => seenBy(officer, at))}`,
    values,
  );
  return rows[0]?.filed ?? 0;
}
