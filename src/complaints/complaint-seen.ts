import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import { seenBy, type Officer } from './visibility';

/** The row number of a complaint that exists for an account; undefined for all others, there or not. */
export async function complaintSeen(
  { pool }: Pick<Database, 'pool'>,
  officer: Officer,
  reference: string,
): Promise<number | undefined> {
  const { bind, include, values } = boundValues();
  const { rows } = await pool.query<{ id: number }>(
    `select c.id from complaints c where c.reference = ${bind(reference)} and ${include((from) => seenBy(officer, from))}`,
    values,
  );
  return rows[0]?.id;
}
