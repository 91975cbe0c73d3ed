import { refreshPaymentFigures } from '../payments/refresh-payment-figures';
import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { inSqlTransaction, type SqlTx } from '../runtime/sql-transaction';
import { freshComplaintFigures } from './fresh-complaint-figures';

/** Figures are made anew when they are as old as this, in milliseconds. */
export const figuresAgeMs = 10 * 60_000;

/** What making figures works with. The database must wait for long statements. */
export interface FiguresDeps {
  db: Database;
  clock: Pick<Clock, 'now' | 'today'>;
}

/** When the figures were last made; undefined: not yet. */
export async function figuresMadeAt({
  prisma,
}: Pick<Database, 'prisma'>): Promise<Date | undefined> {
  const kept = await prisma.figureState.findFirst({
    ...{ where: { kind: 'figures' }, select: { madeAt: true } },
  });
  return kept?.madeAt;
}

/**
 * Makes all figures anew from the rows that they count, in one snapshot: only what changed is written.
 * @returns how many rows of figures there are; 0 when those that are there are young enough
 */
export async function refreshFigures({
  db,
  clock,
}: FiguresDeps): Promise<number> {
  const madeAt = await figuresMadeAt(db);
  const now = clock.now();
  if (madeAt && Math.abs(now.getTime() - madeAt.getTime()) < figuresAgeMs)
    return 0;
  return inSqlTransaction(db, async (tx) => {
    await tx.query('set transaction isolation level repeatable read');
    await tx.query('set local jit = off');
    const complaints = await refreshComplaints(tx, clock.today());
    await tx.query(householdSql);
    const payments = await refreshPaymentFigures(tx, clock.today());
    await tx.query(
      `insert into figure_states (kind, made_at) values ('figures', $1)
       on conflict (kind) do update set made_at = excluded.made_at`,
      [now],
    );
    return complaints + payments;
  });
}

async function refreshComplaints(tx: SqlTx, today: string): Promise<number> {
  const made = await tx.query(
    `create temp table fresh_complaint_figures on commit drop as ${freshComplaintFigures(today)}`,
  );
  await tx.query(`delete from complaint_figures f where not exists (select from fresh_complaint_figures n
    where (n.month, n.region_code, n.cercle_code, n.category, n.level, n.channel, n.sex, n.beneficiary)
      = (f.month, f.region_code, f.cercle_code, f.category, f.level, f.channel, f.sex, f.beneficiary))`);
  await tx.query(`insert into complaint_figures select * from fresh_complaint_figures
    on conflict (month, region_code, cercle_code, category, level, channel, sex, beneficiary) do update set
      received = excluded.received, acknowledged = excluded.acknowledged, answered = excluded.answered,
      due = excluded.due, kept = excluded.kept, late = excluded.late, closed = excluded.closed,
      appealed = excluded.appealed, upheld = excluded.upheld, rated = excluded.rated,
      satisfied = excluded.satisfied, restored = excluded.restored, restored_xof = excluded.restored_xof,
      days = excluded.days
    where (complaint_figures.*) is distinct from (excluded.*)`);
  return made.rowCount ?? 0;
}

/** Some tens of rows: written whole. */
const householdSql = `with gone as (delete from household_figures)
  insert into household_figures (region_code, cercle_code, sex, households)
  select coalesce(ce.parent_code, ''), coalesce(co.parent_code, ''), coalesce(h.sex, ''), sum(h.households)
  from (select commune_code, recipient_sex as sex, count(*)::int as households from households
      where status = 'active' group by 1, 2) h
    left join territory_units co on co.code = h.commune_code and co.valid_to is null
    left join territory_units ce on ce.code = co.parent_code and ce.valid_to is null
  group by 1, 2, 3
  on conflict (region_code, cercle_code, sex) do update set households = excluded.households`;
