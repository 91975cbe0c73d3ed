import type { Database } from '../../src/runtime/database';

/** A household of the crowd: the digits that prove it, and the amounts that nobody else has. */
export interface CrowdHousehold {
  card: string;
  check: string;
  amounts: readonly string[];
}

/** A phone and every household that it serves. */
export interface CrowdPhone {
  msisdn: string;
  kind: 'own' | 'neighbour' | 'relay';
  households: readonly CrowdHousehold[];
}

/** How many households share a phone, and how many such phones there are. */
const sizes = [
  { kind: 'own', households: 1, phones: 600 },
  // Five households, two of which share their last four digits.
  { kind: 'neighbour', households: 5, phones: 80 },
  // Sixty households, every digit shared by two of them.
  { kind: 'relay', households: 60, phones: 10 },
] as const;

/** Writes a crowd of phones: own ones, shared ones, and relays of sixty households that share digits. */
export async function aCrowd(db: Database): Promise<CrowdPhone[]> {
  const phones: CrowdPhone[] = [];
  let serial = 0;
  for (const { kind, households, phones: count } of sizes) {
    for (let at = 0; at < count; at += 1) {
      phones.push({
        kind,
        msisdn: `+${22_376_000_000 + phones.length}`,
        households: Array.from({ length: households }, (_, place) => {
          serial += 1;
          return householdOf(serial, lastFour(kind, place, phones.length));
        }),
      });
    }
  }
  await write(db, phones);
  return phones;
}

function lastFour(kind: string, place: number, phone: number): string {
  const shared = kind === 'relay' ? place % 30 : place % 4;
  return String(1000 + ((phone * 37 + shared * 211) % 9000));
}

/** Amounts end in 000, 250 or 500 nowhere: what callers type cannot be mistaken for one. */
function householdOf(serial: number, four: string): CrowdHousehold {
  return {
    card: `${1000 + serial}${four}`,
    check: String(10 + (serial % 90)),
    amounts: [grouped(100_000 + serial), grouped(200_000 + serial)],
  };
}

function grouped(xof: number): string {
  return `${Math.floor(xof / 1000)} ${String(xof % 1000).padStart(3, '0')}`;
}

async function write(db: Database, phones: CrowdPhone[]): Promise<void> {
  const rows = phones.flatMap(({ msisdn, kind, households }) =>
    households.map((household) => ({ msisdn, kind, ...household })),
  );
  await db.pool.query(`
    insert into benefit_rules (code, programme, financing, name_fr, monthly_amount_xof, months_per_instalment, duration_months, valid_from)
      values ('TM', 'TM', 'TEST', 'Transfert', 15000, 2, 36, '2020-01-01');
    insert into waves (code, benefit_rule_id, provider_code, provider_name, modality, window_start, window_end, status, zone_profile, updated_at, imported_at)
      values ('OPEN', 1, 'P1', 'Caisse rurale', 'cash', '2026-03-10', '2026-03-16', 'open', 'normal', now(), now()),
        ('PAST', 1, 'P1', 'Caisse rurale', 'cash', '2026-01-10', '2026-01-16', 'closed', 'normal', now(), now())`);
  await db.pool.query(
    `with crowd as (select row_number() over () as serial, * from json_to_recordset($1)
        as one (msisdn text, kind text, card text, "check" text, amounts text[])),
      homes as (insert into households (household_number, card_number, card_check, commune_code, village, village_key,
          recipient_first_name, recipient_last_name, status, updated_at, imported_at)
        select 'CROWD-' || serial, card, "check", 'TEST', 'Village', 'village', 'Canarie', 'Secrète', 'active', now(), now()
        from crowd returning id, card_number),
      links as (insert into phone_links (household_id, msisdn, kind, origin, started_at)
        select homes.id, msisdn, kind, 'register', now() from crowd join homes on card_number = card),
      speakers as (insert into phones (msisdn, locale)
        select distinct msisdn, case when right(msisdn, 1) in ('3', '6') then 'bm' else 'fr' end from crowd
        where right(msisdn, 1) <> '9')
    insert into payments (wave_id, household_id, benefit_rule_id, instalment_number, instalments_total, months_covered,
        amount_xof, pay_point, status, updated_at)
      select place, homes.id, 1, 3, 18, 2, replace(amounts[place], ' ', '')::int, 'Mairie', 'planned', now()
      from crowd join homes on card_number = card cross join generate_series(1, 2) place`,
    [JSON.stringify(rows)],
  );
}
