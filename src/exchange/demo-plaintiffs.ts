import { type Clock, fixedClock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { addDays } from '../text/dates';
import type { DemoComplaint } from './demo-complaints';

/** A household that an invented complaint is about. */
export interface Plaintiff {
  /** Null: nobody of the register. */
  householdId: number | null;
  communeCode: string;
  msisdn: string | null;
  paymentId: number | null;
  place: DemoComplaint['place'];
}

/** Nine in the morning of a day; now, for today. */
export function dayClock(clock: Clock, days: number): Clock {
  if (days >= 0) return fixedClock(clock.now());
  return fixedClock(`${addDays(clock.today(), days)}T09:00:00Z`);
}

/** Somebody who lives where no household of the demo does. */
export function stranger(place: DemoComplaint['place']): Plaintiff {
  const communeCode = place === 'kita' ? 'ML010501' : KITA_OUEST;
  const nobody = { householdId: null, msisdn: null, paymentId: null };
  return { ...nobody, communeCode, place };
}

const KITA_OUEST = 'ML010515';

/** Households of the demo, those of Kita first, with their last payment. The demo's own people are left to those who dial. */
export async function plaintiffs(
  { pool }: Database,
  today: string,
): Promise<Plaintiff[]> {
  const { rows } = await pool.query<Plaintiff>(
    `select h.id as "householdId", h.commune_code as "communeCode",
      (select msisdn from phone_links where household_id = h.id and ended_at is null order by id limit 1) as msisdn,
      (select p.id from payments p join waves w on w.id = p.wave_id
        where p.household_id = h.id and p.status = 'planned' and w.window_start < $1::date
        order by w.window_start desc, p.id limit 1) as "paymentId",
      case when h.commune_code = '${KITA_OUEST}' then 'kitaOuest'
        when unit.parent_code = 'C-kita' then 'kita' else 'country' end as place
     from households h
     join territory_units unit on unit.code = h.commune_code and unit.valid_to is null
     where h.card_number is null or h.card_number not like '9%'
     order by h.id limit 4000`,
    [today],
  );
  return rows;
}
