import type { Database } from '../runtime/database';

/** What is counted of payments. */
export interface PaymentCounts {
  planned: number;
  paid: number;
  onTime: number;
  confirmed: number;
  mismatched: number;
  asked: number;
}

/** Payments of one region, agency, or commune with its agency; of `total`, all. */
export interface PaymentRow extends PaymentCounts {
  side: 'total' | 'region' | 'provider' | 'commune';
  region: string;
  commune: string;
  provider: string;
}

/** Which payments are counted: of waves whose window opened in these days, the last out. */
export interface PaymentChoice {
  from: string;
  to: string;
  region?: string | undefined;
  cercle?: string | undefined;
}

/** Communes are many: those where most say that money was asked for. */
const communesShown = 20;

/** Counts payments in all, by region, by agency, and by commune and agency where money was asked for. */
export async function countPayments(
  { pool }: Pick<Database, 'pool'>,
  { from, to, region, cercle }: PaymentChoice,
): Promise<PaymentRow[]> {
  const { rows } = await pool.query<PaymentRow>(
    `with told as (select case grouping(region_code, commune_code, provider) when 7 then 'total' when 3 then 'region' when 6 then 'provider' else 'commune' end as side,
        coalesce(region_code, '') as region, coalesce(commune_code, '') as commune, coalesce(provider, '') as provider,
        sum(planned)::int as planned, sum(paid)::int as paid, sum(on_time)::int as "onTime",
        sum(confirmed)::int as confirmed, sum(mismatched)::int as mismatched, sum(asked)::int as asked
      from payment_figures where month >= $1::date and month < $2::date
        and ($3::text is null or region_code = $3) and ($4::text is null or cercle_code = $4)
      group by grouping sets ((), (region_code), (provider), (commune_code, provider)) having sum(planned) > 0)
    (select * from told where side <> 'commune' order by side, planned desc)
    union all (select * from told where side = 'commune' and asked > 0 and planned > 0
      order by asked::float8 / planned desc, commune limit ${communesShown})`,
    [from, to, region ?? null, cercle ?? null],
  );
  return rows;
}
