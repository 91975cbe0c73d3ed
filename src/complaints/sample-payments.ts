import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import { inTerritory } from '../staff/in-territory';
import type { Territory } from '../staff/permissions';
import type { IsoDay } from '../text/dates';
import type { ComplaintStatus } from './lifecycle';
import { seenBy, type Officer } from './visibility';
import { waveWindowSql } from '../register/wave-window';

/** One payment followed from the list to the request: each by its newest word. */
export interface TracedPayment {
  wave: string;
  provider: string;
  commune: string;
  /** The last four digits of the card; null where there is none. */
  cardEnd: string | null;
  amountXof: number;
  opens: IsoDay;
  closes: IsoDay;
  result: string | null;
  paidXof: number | null;
  paidOn: IsoDay | null;
  answer: string | null;
  declaredXof: number | null;
  askedForMoney: boolean | null;
  answeredAt: Date | null;
  /** The newest request about it that exists for whoever asks. */
  reference: string | null;
  status: ComplaintStatus | null;
}

/** What is drawn: the same word draws the same payments as long as the lists stand. */
export interface SampleWish {
  officer: Officer;
  territory: Territory | undefined;
  seed: string;
  /** Only payments of waves that opened by this day. */
  today: IsoDay;
}

/** Payments of an audit's sample. Source: the programme's stories, internal audit. */
export const sampleSize = 50;

/** Numbers that are drawn: some fall between lists, or out of the territory. */
const draws = 4000;

/** Draws payments by chance and traces each: list, agency, confirmation, request. */
export async function samplePayments(
  { pool }: Pick<Database, 'pool'>,
  { officer, territory, seed, today }: SampleWish,
): Promise<TracedPayment[]> {
  const { bind, include, values } = boundValues();
  const word = bind(seed);
  const { rows } = await pool.query<TracedPayment>(
    `with drawn as (select 1 + ('x' || substr(md5(${word}::text || ':' || n), 1, 8))::bit(32)::bigint % (select coalesce(max(id), 1) from payments) as id,
         min(n) as turn from generate_series(1, ${draws}) n group by 1),
     sample as materialized (select pay.*, drawn.turn from drawn join payments pay on pay.id = drawn.id and pay.status = 'planned'
       join waves wave on wave.id = pay.wave_id and wave.status not in ('planned', 'cancelled')
         and ${waveWindowSql('wave').from} <= ${bind(today)}::date
       join households home on home.id = pay.household_id
       where ${inTerritory(bind, territory, 'home.commune_code')}
       order by drawn.turn limit ${sampleSize})
     select wave.code as wave, wave.provider_name as provider, coalesce(unit.name, home.commune_code) as commune,
       right(home.card_number, 4) as "cardEnd", pay.amount_xof as "amountXof",
       ${waveWindowSql('wave').from} as opens, ${waveWindowSql('wave').to} as closes,
       said.result, said.amount_xof as "paidXof", said.paid_on as "paidOn",
       answer.answer, answer.declared_amount_xof as "declaredXof", answer.asked_for_money as "askedForMoney",
       answer.answered_at as "answeredAt", asked.reference, asked.status
     from sample pay join waves wave on wave.id = pay.wave_id join households home on home.id = pay.household_id
       left join territory_units unit on unit.code = home.commune_code and unit.valid_to is null
       left join lateral (select * from payment_results where payment_id = pay.id order by updated_at desc limit 1) said on true
       left join lateral (select * from receipts where payment_id = pay.id order by answered_at desc, id desc limit 1) answer on true
       left join lateral (select c.reference, c.status from complaints c
         where c.payment_id = pay.id and ${include((from) => seenBy(officer, from))} order by c.id desc limit 1) asked on true
     order by pay.turn`,
    values,
  );
  return rows;
}
