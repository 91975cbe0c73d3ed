import type { Database } from '../../src/runtime/database';

/** Somebody with a phone, a card and an amount that nobody else has. */
export interface Villager {
  serial: number;
  msisdn: string;
  card: string;
  check: string;
  /** The last four digits of the card. */
  digits: string;
  /** As a screen writes it. */
  amount: string;
}

/** The villager of a number, from 1. */
export function villager(serial: number): Villager {
  const card = String(10_000_000 + serial * 7);
  return {
    serial,
    card,
    msisdn: `+${22_370_000_000 + serial}`,
    check: String(10 + (serial % 90)),
    digits: card.slice(-4),
    amount: `${100 + Math.floor(serial / 1000)} ${String(serial % 1000).padStart(3, '0')} F CFA`,
  };
}

/**
 * Writes a village: everybody has a phone of her own, speaks French, and has a payment that is open today.
 * @param from the first of them, when others are there already
 */
export async function aVillage(
  { pool }: Pick<Database, 'pool'>,
  size: number,
  from = 1,
): Promise<readonly Villager[]> {
  if (from === 1)
    await pool.query(`
      insert into benefit_rules (code, programme, financing, name_fr, monthly_amount_xof, months_per_instalment, duration_months, valid_from)
        values ('TM', 'TM', 'TEST', 'Transfert', 15000, 2, 36, '2020-01-01');
      insert into waves (code, benefit_rule_id, provider_code, provider_name, modality, window_start, window_end, status, zone_profile, updated_at, imported_at)
        values ('OPEN', 1, 'P1', 'Caisse rurale', 'cash', current_date - 2, current_date + 5, 'open', 'normal', now(), now())`);
  const people = Array.from({ length: size }, (_, at) => villager(from + at));
  await pool.query({ text: settle, values: [JSON.stringify(people)] });
  return people;
}

const settle = `
  with crowd as (select * from json_to_recordset($1)
      as one (serial int, msisdn text, card text, "check" text)),
    homes as (insert into households (household_number, card_number, card_check, commune_code, village, village_key,
        recipient_first_name, recipient_last_name, status, updated_at, imported_at)
      select 'V-' || serial, card, "check", 'TEST', 'Village', 'village', 'Canarie', 'Secrète', 'active', now(), now()
      from crowd returning id, card_number),
    links as (insert into phone_links (household_id, msisdn, kind, origin, started_at)
      select homes.id, msisdn, 'own', 'register', now() from crowd join homes on card_number = card),
    speakers as (insert into phones (msisdn, locale) select msisdn, 'fr' from crowd)
  insert into payments (wave_id, household_id, benefit_rule_id, instalment_number, instalments_total, months_covered,
      amount_xof, pay_point, status, updated_at)
    select 1, homes.id, 1, 3, 18, 2, 100000 + serial, 'Mairie', 'planned', now()
    from crowd join homes on card_number = card`;
