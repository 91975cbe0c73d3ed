import type { Database } from '../runtime/database';
import type { Place } from './permissions';

/** In which units each commune lies today; one that nobody knows lies nowhere. */
export async function placesOfCommunes(
  { pool }: Pick<Database, 'pool'>,
  codes: readonly (string | null)[],
): Promise<(code: string | null) => Place> {
  const { rows } = await pool.query<{
    commune: string;
    cercle: string | null;
    region: string | null;
  }>(
    `select unit.code as commune, cercle.code as cercle, cercle.parent_code as region
     from territory_units unit
     left join territory_units cercle on cercle.code = unit.parent_code and cercle.valid_to is null
     where unit.level = 'commune' and unit.valid_to is null and unit.code = any($1)`,
    [[...new Set(codes.filter((code) => code !== null))]],
  );
  const places = new Map(
    rows.map(({ commune, cercle, region }): [string, Place] => [
      commune,
      { commune, cercle: cercle ?? undefined, region: region ?? undefined },
    ]),
  );
  return (code) => places.get(code ?? '') ?? {};
}
