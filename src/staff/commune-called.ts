import type { Database } from '../runtime/database';
import { foldName } from '../text/fold-name';

/** A commune with the cercle that tells it from others of its name. */
export interface CalledCommune {
  code: string;
  name: string;
  cercle: string;
}

/** The communes of a territory that have this code, or this name whatever its accents and hyphens. */
export async function communeCalled(
  { pool }: Pick<Database, 'pool'>,
  wanted: string,
  within: 'country' | readonly string[],
): Promise<CalledCommune[]> {
  const { rows } = await pool.query<CalledCommune>(
    `select unit.code, unit.name, coalesce(cercle.name, '') as cercle from territory_units unit
     left join territory_units cercle on cercle.code = unit.parent_code and cercle.valid_to is null
     where unit.level = 'commune' and unit.valid_to is null and ($1::text[] is null or unit.code = any($1))
     order by unit.code`,
    [within === 'country' ? null : within],
  );
  const name = foldName(wanted);
  return rows.filter(
    (unit) => unit.code === wanted || foldName(unit.name) === name,
  );
}
