import type { SqlTx } from '../runtime/sql-transaction';
import { waveWindowSql } from '../register/wave-window';

/** Waves whose window opened in a month that began longer ago than this are counted no more: nobody may answer for them, and what was counted stays. */
const countedDays = 150;

/**
 * Counts the payments of waves, and those of waves that began by month, place and provider; only what changed is written.
 * @returns how many rows of the latter were made
 */
export async function refreshPaymentFigures(
  tx: SqlTx,
  today: string,
): Promise<number> {
  // A day of our own clock, and so no text of anybody's.
  const day = `date '${new Date(today).toISOString().slice(0, 10)}'`;
  const first = `date_trunc('month', ${day} - interval '${countedDays} days')`;
  await tx.query(freshWaveSql(day, first));
  await keepWaveFigures(tx, first);
  const made = await tx.query(freshSql);
  await tx.query(`delete from payment_figures f where f.month >= (select min(month) from fresh_payment_figures)
    and not exists (select from fresh_payment_figures n
      where (n.month, n.region_code, n.cercle_code, n.commune_code, n.provider)
        = (f.month, f.region_code, f.cercle_code, f.commune_code, f.provider))`);
  await tx.query(`insert into payment_figures select * from fresh_payment_figures
    on conflict (month, region_code, cercle_code, commune_code, provider) do update set
      planned = excluded.planned, paid = excluded.paid, on_time = excluded.on_time, confirmed = excluded.confirmed,
      mismatched = excluded.mismatched, asked = excluded.asked
    where (payment_figures.*) is distinct from (excluded.*)`);
  return made.rowCount ?? 0;
}

const waveColumns = [
  ...['planned', 'planned_xof', 'paid', 'partial', 'absent', 'turned_down'],
  ...['said_received', 'said_not', 'said_otherwise', 'asked', 'mismatched'],
] as const;

async function keepWaveFigures(tx: SqlTx, first: string): Promise<void> {
  await tx.query(`delete from wave_figures f using waves w
    where w.id = f.wave_id and ${waveWindowSql('w').from} >= ${first}
      and not exists (select from fresh_wave_figures n where (n.wave_id, n.commune_code) = (f.wave_id, f.commune_code))`);
  await tx.query(`insert into wave_figures (wave_id, commune_code, ${waveColumns.join(', ')})
    select wave_id, commune_code, ${waveColumns.join(', ')} from fresh_wave_figures
    on conflict (wave_id, commune_code) do update set
      ${waveColumns.map((name) => `${name} = excluded.${name}`).join(', ')}
    where (wave_figures.*) is distinct from (excluded.*)`);
}

/** Months are counted whole, from the first whose waves are all young enough. The newest result and the newest receipt hold. */
const freshWaveSql = (
  day: string,
  first: string,
) => `create temp table fresh_wave_figures on commit drop as
  with dated as (select id, provider_code, ${waveWindowSql('waves').from} as opens,
      ${waveWindowSql('waves').to} as closes, status from waves where status <> 'cancelled'),
  counted as (select *, status <> 'planned' and opens <= ${day} as begun from dated where opens >= ${first}),
  results as (select distinct on (r.payment_id) r.payment_id, r.result, r.paid_on from payment_results r
    join payments p on p.id = r.payment_id join counted b on b.id = p.wave_id order by r.payment_id, r.updated_at desc),
  answers as (select distinct on (a.payment_id) a.payment_id, a.answer, a.asked_for_money from receipts a
    join payments p on p.id = a.payment_id join counted b on b.id = p.wave_id order by a.payment_id, a.answered_at desc, a.id desc)
  select b.id as wave_id, h.commune_code, b.provider_code, b.opens, b.begun, count(*)::int as planned,
    sum(p.amount_xof)::bigint as planned_xof,
    (count(*) filter (where r.result = 'paid'))::int as paid,
    (count(*) filter (where r.result = 'partial'))::int as partial,
    (count(*) filter (where r.result = 'absent'))::int as absent,
    (count(*) filter (where r.result in ('rejected', 'returned')))::int as turned_down,
    (count(*) filter (where r.result = 'paid' and r.paid_on between b.opens and b.closes))::int as on_time,
    (count(*) filter (where r.result = 'paid' and a.answer = 'RECEIVED'))::int as confirmed,
    (count(*) filter (where r.result = 'paid' and a.answer in ('NOT_RECEIVED', 'RECEIVED_WITH_ISSUES')))::int as contradicted,
    (count(*) filter (where a.answer = 'RECEIVED'))::int as said_received,
    (count(*) filter (where a.answer = 'NOT_RECEIVED'))::int as said_not,
    (count(*) filter (where a.answer = 'RECEIVED_WITH_ISSUES'))::int as said_otherwise,
    (count(*) filter (where a.asked_for_money))::int as asked,
    (count(*) filter (where (r.result = 'paid' and a.answer <> 'RECEIVED') or (r.result = 'partial' and a.answer <> 'RECEIVED_WITH_ISSUES')
      or (r.result in ('absent', 'rejected', 'returned') and a.answer <> 'NOT_RECEIVED')))::int as mismatched
  from payments p join counted b on b.id = p.wave_id join households h on h.id = p.household_id
    left join results r on r.payment_id = p.id left join answers a on a.payment_id = p.id
  where p.status = 'planned' group by b.id, h.commune_code, b.provider_code, b.opens, b.begun`;

/** Where each commune lay on the day on which the window opened. */
const freshSql = `create temp table fresh_payment_figures on commit drop as
  select date_trunc('month', b.opens)::date as month, coalesce(ce.parent_code, '') as region_code,
    coalesce(co.parent_code, '') as cercle_code, b.commune_code, b.provider_code as provider,
    sum(b.planned)::int as planned, sum(b.paid)::int as paid, sum(b.on_time)::int as on_time,
    sum(b.confirmed)::int as confirmed, sum(b.contradicted)::int as mismatched, sum(b.asked)::int as asked
  from fresh_wave_figures b
    left join territory_units co on co.code = b.commune_code
      and co.valid_from <= b.opens and (co.valid_to is null or co.valid_to >= b.opens)
    left join territory_units ce on ce.code = co.parent_code
      and ce.valid_from <= b.opens and (ce.valid_to is null or ce.valid_to >= b.opens)
  where b.begun group by 1, 2, 3, 4, 5`;
