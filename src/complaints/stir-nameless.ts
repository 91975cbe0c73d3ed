import type { Clock } from '../runtime/clock';
import { inTransaction, type Database, type Tx } from '../runtime/database';
import { addDays, bamakoDay } from '../text/dates';
import type { IsoDay } from '../text/dates';
import { seizeNamelessRows } from './nameless-rows';

/** A request is dated as its transaction begins: an hour after midnight none of the day before is still to be committed. */
const settlesMs = 3_600_000;

/**
 * Writes the nameless complaints of the days that are not over anew, in no order,
 * with the counts and keys of their limits; each day a last time when it has ended. PostgreSQL
 * keeps rows as they came in, and tells their transactions: between two rows with
 * a minute, or beside one with a number, a row without them has them as well.
 * @returns how many complaints were written anew for the last time: how many came
 * since the run before would tell their minute to whoever reads the log
 */
export async function stirNameless(deps: {
  db: Database;
  clock: Clock;
}): Promise<number> {
  const settled = new Date(deps.clock.now().getTime() - settlesMs);
  const through = addDays(bamakoDay(settled), -1);
  return inTransaction(
    deps.db,
    async (tx) => {
      await seizeNamelessRows(tx);
      const before = await stirredThrough(tx);
      await stirComplaints(tx, before);
      await stirLimits(tx);
      return before !== undefined && before >= through
        ? 0
        : settle(tx, before, through);
    },
    { timeoutMs: 30_000 },
  );
}

async function stirLimits(tx: Tx): Promise<void> {
  // One statement sees one state: no count that is committed meanwhile goes without coming back.
  await tx.$executeRaw`
    with gone as (delete from nameless_limits returning *)
    insert into nameless_limits select * from gone order by random()`;
  // The first request of a week makes its key: the row would tell when that was.
  await tx.$executeRaw`update nameless_keys set salt = salt`;
}

/** Notes that days need no stirring any more. @returns how many complaints they had */
async function settle(
  tx: Tx,
  before: IsoDay | undefined,
  through: IsoDay,
): Promise<number> {
  await tx.$executeRaw`
    insert into nameless_stirrings (id, through) values (1, ${through}::date)
    on conflict (id) do update set through = excluded.through`;
  return (await namelessBetween(tx, before, through)).length;
}

async function stirredThrough(tx: Tx): Promise<IsoDay | undefined> {
  const last = await tx.namelessStirring.findUnique({ where: { id: 1 } });
  return last === null ? undefined : bamakoDay(last.through);
}

/** The nameless complaints to which something happened on the days after one and up to another. */
async function namelessBetween(
  tx: Tx,
  after: IsoDay = '-infinity',
  upTo: IsoDay = 'infinity',
): Promise<number[]> {
  const found = await tx.$queryRaw<{ id: number }[]>`
    select id from complaints c where anonymous and exists (
      select from complaint_events e where e.complaint_id = c.id
        and e.happened_at >= (${after}::date + 1)::timestamp at time zone 'UTC'
        and e.happened_at < (${upTo}::date + 1)::timestamp at time zone 'UTC')
    for update`;
  return found.map(({ id }) => id);
}

async function stirComplaints(
  tx: Tx,
  before: IsoDay | undefined,
): Promise<void> {
  const ids = await namelessBetween(tx, before);
  if (ids.length === 0) return;
  // Deleting from a history is refused otherwise; nothing of it is lost here.
  await tx.$executeRaw`select set_config('jigi.retention', 'on', true)`;
  await tx.$executeRaw`create temporary table stirred_complaints on commit drop as
    select * from complaints where id = any(${ids})`;
  await tx.$executeRaw`create temporary table stirred_events on commit drop as
    select * from complaint_events where complaint_id = any(${ids})`;
  await tx.$executeRaw`delete from complaint_events where complaint_id = any(${ids})`;
  await tx.$executeRaw`delete from complaints where id = any(${ids})`;
  await tx.$executeRaw`insert into complaints select * from stirred_complaints order by random()`;
  await tx.$executeRaw`insert into complaint_events select * from stirred_events order by random()`;
}
