import type { Pool } from 'pg';

import type { PhoneKind } from '../../flows/contract';
import {
  distributionsOfHouseholdSql,
  grantsOfHouseholdSql,
  rationToConfirmSql,
  sessionsOfHouseholdSql,
  worksOfHouseholdSql,
} from '../activities/queries';
import {
  enrolmentsOfHouseholdSql,
  paymentsOfHouseholdSql,
} from '../payments/queries';
import type { IsoDay } from '../text/dates';
import type { HouseholdRow } from './household-dossier';

/** What was typed to prove a household, and from where. Keys are keyed hashes. */
export interface CardTry {
  msisdn: string;
  phoneKey: string;
  /** Four or ten digits; they go no further than this statement. */
  digits: string;
  cardKey: string;
  effectKey: string;
  now: Date;
  today: IsoDay;
}

/** What the store answers to a card. */
export type CardOutcome =
  | {
      kind: 'proved';
      householdId: number;
      /** Whose phone this is to the proved household; `unlinked` for a card from any other phone. */
      phoneKind: PhoneKind;
      household: HouseholdRow;
    }
  | { kind: 'wrong' }
  | { kind: 'fullCardNeeded' }
  | { kind: 'locked'; until: 'soon' | 'tomorrow' };

interface Row {
  outcome: string;
  household_id: number | null;
  phone_kind: PhoneKind | null;
  household: HouseholdRow | null;
}

/** JSON of a whole household for a caller. */
function householdSql(id: string, today: string): string {
  return `(select json_build_object(
      'status', h.status,
      'hasAlternate', h.alternate_last_name is not null,
      'payments', ${paymentsOfHouseholdSql('h.id')},
      'enrolments', ${enrolmentsOfHouseholdSql('h.id')},
      'sessions', ${sessionsOfHouseholdSql('h', today)},
      'distributions', ${distributionsOfHouseholdSql('h', today)},
      'ration', ${rationToConfirmSql('h', today)},
      'works', ${worksOfHouseholdSql('h', today)},
      'grants', ${grantsOfHouseholdSql('h')},
      'takenInAt', (select max(finished_at) from import_runs where kind in ('waves', 'payments', 'payment-results')))
    from households h where h.id = ${id})`;
}

const proveStatement = {
  name: 'prove-household',
  text: `select proof.outcome, proof.household_id, proof.phone_kind,
      case when proof.outcome = 'proved' then ${householdSql('proof.household_id', '$7::date')} end as household
    from prove_card($1, $2, $3, $4, $5, $6) proof`,
};

const rereadStatement = {
  name: 'reread-household',
  text: `select ${householdSql('$1::integer', '$2::date')} as household`,
};

/**
 * Proves a household and reads all that its caller may be told, in one round
 * trip. A wrong card is counted by the same statement; a right one writes nothing.
 */
export async function proveHousehold(
  pool: Pool,
  card: CardTry,
): Promise<CardOutcome> {
  const { rows } = await pool.query<Row>({
    ...proveStatement,
    values: [
      card.msisdn,
      card.phoneKey,
      card.digits,
      card.cardKey,
      card.effectKey,
      card.now,
      card.today,
    ],
  });
  const row = rows[0];
  switch (row?.outcome) {
    case 'proved':
      return row.household_id === null || row.household === null
        ? { kind: 'wrong' }
        : {
            kind: 'proved',
            householdId: row.household_id,
            phoneKind: row.phone_kind ?? 'unlinked',
            household: row.household,
          };
    case 'fullCardNeeded':
      return { kind: 'fullCardNeeded' };
    case 'lockedSoon':
      return { kind: 'locked', until: 'soon' };
    case 'lockedUntilTomorrow':
      return { kind: 'locked', until: 'tomorrow' };
    default:
      return { kind: 'wrong' };
  }
}

/** Reads a household again that was proved in this call, after something it said was recorded. */
export async function rereadHousehold(
  pool: Pool,
  householdId: number,
  today: IsoDay,
): Promise<HouseholdRow | undefined> {
  const { rows } = await pool.query<{ household: HouseholdRow | null }>({
    ...rereadStatement,
    values: [householdId, today],
  });
  return rows[0]?.household ?? undefined;
}
