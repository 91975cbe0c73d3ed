import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import type { IsoDay } from '../text/dates';
import { seenBy, type Officer } from './visibility';
import type { ComplaintStatus } from './lifecycle';

/** A complaint of a household, in one line. */
export interface HouseholdRequest {
  reference: string;
  category: string;
  subject: string;
  status: ComplaintStatus;
  filedOn: IsoDay;
}

const most = 20;

/** The last complaints of a household that exist for an account; but not the one that is looked at. */
export async function householdRequests(
  { pool }: Pick<Database, 'pool'>,
  officer: Officer,
  householdId: number,
  exceptId?: number,
): Promise<HouseholdRequest[]> {
  const { bind, include, values } = boundValues();
  const { rows } = await pool.query<HouseholdRequest>(
    `select c.reference, c.category, c.subject, c.status, (c.filed_at at time zone 'UTC')::date as "filedOn"
     from complaints c
     where c.household_id = ${bind(householdId)} and c.id is distinct from ${bind(exceptId ?? null)}::int
       and ${include((from) => seenBy(officer, from))}
     order by c.filed_at desc, c.reference limit ${most}`,
    values,
  );
  return rows;
}
