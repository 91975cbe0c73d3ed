import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import type { HouseholdRequest } from './household-requests';
import { seenBy, type Officer } from './visibility';

/** A complaint that has to do with another. */
export interface LinkedCase extends HouseholdRequest {
  kind: 'related' | 'duplicate';
}

const most = 50;

/** The reference of a complaint, where it exists for the account. */
export async function seenReference(
  { pool }: Pick<Database, 'pool'>,
  officer: Officer,
  complaintId: number,
): Promise<string | undefined> {
  const { bind, include, values } = boundValues();
  const { rows } = await pool.query<{ reference: string }>(
    `select c.reference from complaints c
     where c.id = ${bind(complaintId)} and ${include((from) => seenBy(officer, from))}`,
    values,
  );
  return rows[0]?.reference;
}

/** The complaints that somebody linked to one, as far as they exist for the account. */
export async function linkedCases(
  { pool }: Pick<Database, 'pool'>,
  officer: Officer,
  complaintId: number,
): Promise<LinkedCase[]> {
  const { bind, include, values } = boundValues();
  const id = bind(complaintId);
  const { rows } = await pool.query<LinkedCase>(
    `select link.kind, c.reference, c.category, c.subject, c.status, (c.filed_at at time zone 'UTC')::date as "filedOn"
     from complaint_links link
     join complaints c on c.id = case when link.first_id = ${id} then link.second_id else link.first_id end
     where (link.first_id = ${id} or link.second_id = ${id}) and ${include((from) => seenBy(officer, from))}
     order by link.id desc limit ${most}`,
    values,
  );
  return rows;
}
