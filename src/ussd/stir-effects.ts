import type { Database } from '../runtime/database';

/**
 * Writes anew, together and in no order, the keys of effects that still stand
 * alone in their transaction. Each lies beside what it did (a receipt, a request,
 * a language chosen); one that lies beside nothing any more would be that of a
 * nameless request, which was written anew, and tell when it came.
 * @returns how many there were
 */
export async function stirEffects({
  pool,
}: Pick<Database, 'pool'>): Promise<number> {
  const { rowCount } = await pool.query(`
    with alone as (
      select xmin::text as writer from effects_once group by 1 having count(*) = 1
    ), gone as (
      delete from effects_once where xmin::text in (select writer from alone) returning *
    )
    insert into effects_once select * from gone order by random()`);
  return rowCount ?? 0;
}
