import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import type { AtVersion } from './case-desk';
import { seenBy, type Officer } from './visibility';

/** The complaints of these references that exist for an officer, each at the version at which she was shown it. */
export async function casesAt(
  { pool }: Pick<Database, 'pool'>,
  officer: Officer,
  shown: ReadonlyMap<string, number>,
): Promise<AtVersion[]> {
  const { bind, include, values } = boundValues();
  const { rows } = await pool.query<{ id: number; reference: string }>(
    `select c.id, c.reference from complaints c
     where c.reference = any(${bind([...shown.keys()])}) and ${include((from) => seenBy(officer, from))}
     order by c.reference`,
    values,
  );
  return rows.flatMap(({ id, reference }) => {
    const version = shown.get(reference);
    return version === undefined ? [] : [{ complaintId: id, version }];
  });
}
