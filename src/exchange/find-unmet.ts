import type pg from 'pg';
import type { FileKind } from './formats';

/**
 * The lines of staged sessions and distributions to which nobody would come. A gathering meets households by
 * village code, or by commune and village name where one of them has no code.
 */
export async function findUnmet(
  client: pg.PoolClient,
  kind: FileKind,
): Promise<readonly number[]> {
  if (kind !== 'sessions' && kind !== 'distributions') return [];
  const { rows } = await client.query<{ line: number }>(
    `select line from staged s where not exists (
       select from households h where h.village_code = s.village_code)
     and not exists (
       select from households h where h.commune_code = s.commune_code
         and h.village_key = s.village_key
         and (s.village_code is null or h.village_code is null))
     order by line`,
  );
  return rows.map(({ line }) => line);
}
