import type { Database } from '../runtime/database';
import type { Territory } from './permissions';

/** A unit by which a list may be narrowed. */
export interface NamedUnit extends Territory {
  name: string;
}

/** The units that lie below an account's own: of the country regions and cercles, of a region also communes. */
export async function unitsBelow(
  { pool }: Pick<Database, 'pool'>,
  territory: Territory | undefined,
): Promise<NamedUnit[]> {
  if (territory?.level === 'commune') return [];
  const below =
    territory === undefined
      ? `unit.level in ('region', 'cercle')`
      : `unit.parent_code = $1 or exists (select from territory_units cercle
          where cercle.code = unit.parent_code and cercle.parent_code = $1 and cercle.valid_to is null)`;
  const { rows } = await pool.query<NamedUnit>(
    `select unit.level, unit.code, unit.name from territory_units unit
     where unit.valid_to is null and (${below})
     order by unit.level = 'region' desc, unit.level = 'cercle' desc, unit.name, unit.code`,
    territory === undefined ? [] : [territory.code],
  );
  return rows;
}
