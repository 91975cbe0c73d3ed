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
import type { Asked } from '../runtime/shared-lines';
import type { IsoDay } from '../text/dates';
import type { ActivitiesRow, HouseholdRow } from './household-dossier';

/** What was typed to prove a household, and from where. Keys are keyed hashes. */
export interface CardTry {
  msisdn: string;
  phoneKey: string;
  /** Four or ten digits; they go no further than this statement. */
  digits: string;
  cardKey: string;
  effectKey: string;
  now: Date;
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

/** JSON of a household and its payments for a caller. */
function householdSql(id: string): string {
  return `(select json_build_object(
      'status', h.status,
      'hasAlternate', h.alternate_last_name is not null,
      'payments', ${paymentsOfHouseholdSql('h.id')},
      'enrolments', ${enrolmentsOfHouseholdSql('h.id')},
      'takenInAt', (select max(finished_at) from import_runs where kind in ('waves', 'payments', 'payment-results')))
    from households h where h.id = ${id})`;
}

/** JSON of what there is for a household besides money. */
function activitiesSql(id: string, today: string): string {
  return `(select json_build_object(
      'sessions', ${sessionsOfHouseholdSql('h', today)},
      'distributions', ${distributionsOfHouseholdSql('h', today)},
      'ration', ${rationToConfirmSql('h', today)},
      'works', ${worksOfHouseholdSql('h', today)},
      'grants', ${grantsOfHouseholdSql('h')})
    from households h where h.id = ${id})`;
}

const proveStatement = {
  name: 'prove-household',
  text: `select proof.outcome, proof.household_id, proof.phone_kind,
      case when proof.outcome = 'proved' then ${householdSql('proof.household_id')} end as household
    from prove_card($1, $2, $3, $4, $5, $6) proof`,
};

const activitiesStatement = {
  name: 'read-activities',
  text: `select ${activitiesSql('$1::integer', '$2::date')} as activities`,
};

const rereadStatement = {
  name: 'reread-household',
  text: `select ${householdSql('$1::integer')} as household,
    ${activitiesSql('$1::integer', '$2::date')} as activities`,
};

/**
 * Proves a household and reads what its caller may be told of its payments, in
 * one round trip. A wrong card is counted by the same statement; a right one writes nothing.
 */
export async function proveHousehold(
  store: Asked,
  card: CardTry,
): Promise<CardOutcome> {
  const { rows } = await store.query<Row>({
    ...proveStatement,
    values: [
      card.msisdn,
      card.phoneKey,
      card.digits,
      card.cardKey,
      card.effectKey,
      card.now,
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

const lockStatement = {
  name: 'did-lock',
  text: `select from wrong_tries where effect_key = $1`,
};

/** Whether the step of a locked card is the one that began the lock: it was counted, what comes after it is not. */
export async function didLock(
  store: Asked,
  effectKey: string,
): Promise<boolean> {
  const { rows } = await store.query({ ...lockStatement, values: [effectKey] });
  return rows.length === 1;
}

/** Reads what there is besides money for a household that was proved in this call. */
export async function readActivities(
  store: Asked,
  householdId: number,
  today: IsoDay,
): Promise<ActivitiesRow | undefined> {
  const { rows } = await store.query<{ activities: ActivitiesRow | null }>({
    ...activitiesStatement,
    values: [householdId, today],
  });
  return rows[0]?.activities ?? undefined;
}

/** All that is told of a household. */
interface WholeHousehold {
  household: HouseholdRow;
  activities: ActivitiesRow;
}

/** Reads a household again that was proved in this call, after something it said was recorded. */
export async function rereadHousehold(
  store: Asked,
  householdId: number,
  today: IsoDay,
): Promise<WholeHousehold | undefined> {
  const { rows } = await store.query<{
    [Part in keyof WholeHousehold]: WholeHousehold[Part] | null;
  }>({ ...rereadStatement, values: [householdId, today] });
  const { household = null, activities = null } = rows[0] ?? {};
  return household === null || activities === null
    ? undefined
    : { household, activities };
}
