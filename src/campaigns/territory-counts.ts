import type { Database } from '../runtime/database';
import type { IsoDay } from '../text/dates';

/** A commune with its households that take part, and those of them with a phone. */
export interface CommuneCount {
  code: string;
  name: string;
  cercle: string;
  cercleName: string;
  region: string;
  regionName: string;
  households: number;
  withPhone: number;
}

/** The leaves of the tree from which an audience is chosen; cercles and regions are their sums. */
export async function communeCounts(
  { pool }: Pick<Database, 'pool'>,
  today: IsoDay,
): Promise<CommuneCount[]> {
  const { rows } = await pool.query<CommuneCount>(
    `with units as (select code, level, name, parent_code from territory_units
       where valid_from <= $1::date and (valid_to is null or valid_to >= $1::date)),
     counted as (select h.commune_code, count(*)::integer as households,
         (count(*) filter (where h.id in (select household_id from phone_links where ended_at is null)))::integer as "withPhone"
       from households h where h.status = 'active' group by h.commune_code)
     select commune.code, commune.name, cercle.code as cercle, cercle.name as "cercleName",
       region.code as region, region.name as "regionName", counted.households, counted."withPhone"
     from counted join units commune on commune.level = 'commune' and commune.code = counted.commune_code
       join units cercle on cercle.level = 'cercle' and cercle.code = commune.parent_code
       join units region on region.level = 'region' and region.code = cercle.parent_code
     order by region.name, cercle.name, commune.name`,
    [today],
  );
  return rows;
}

/** The villages of a commune, by the key that an audience names. */
export async function villageCounts(
  { pool }: Pick<Database, 'pool'>,
  communeCode: string,
): Promise<{ village: string; name: string; households: number }[]> {
  const { rows } = await pool.query<{
    village: string;
    name: string;
    households: number;
  }>(
    `select village_key as village, min(village) as name, count(*)::integer as households
     from households where commune_code = $1 and status = 'active' group by village_key order by 2`,
    [communeCode],
  );
  return rows;
}
