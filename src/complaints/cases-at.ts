import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import type { AtVersion } from './case-desk';
import { seenBy, type Officer } from './visibility';

/** The complaints of these references that exist for an officer, as they stand now. */
export async function casesAt(
  { pool }: Pick<Database, 'pool'>,
  officer: Officer,
  references: readonly string[],
): Promise<AtVersion[]> {
  const { bind, include, values } = boundValues();
  const { rows } = await pool.query<AtVersion>(
    `select c.id as "complaintId", c.version from complaints c
     where c.reference = any(${bind(references)}) and ${include((from) => seenBy(officer, from))}
     order by c.reference`,
    values,
  );
  return rows;
}
