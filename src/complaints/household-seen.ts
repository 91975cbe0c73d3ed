import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import { seenBy, type Officer } from './visibility';

/** The row number of a household of which a complaint exists for an account: of others nothing is told. */
export async function householdSeen(
  { pool }: Pick<Database, 'pool'>,
  officer: Officer,
  householdNumber: string,
): Promise<number | undefined> {
  const { bind, include, values } = boundValues();
  const { rows } = await pool.query<{ id: number }>(
    `select home.id from households home
     where home.household_number = ${bind(householdNumber)}
       and exists (select from complaints c where c.household_id = home.id and ${include((from) => seenBy(officer, from))})`,
    values,
  );
  return rows[0]?.id;
}
