import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import { inTerritory } from '../staff/in-territory';
import type { Territory } from '../staff/permissions';
import type { IsoDay } from '../text/dates';

/** A session or a distribution, as a partner sees it: where and when, never what it is about nor for whom. */
export interface ListedGathering {
  kind: 'session' | 'distribution';
  id: number;
  /** The day that holds; null where it was moved without one. */
  day: IsoDay | null;
  startTime: string | null;
  place: string;
  village: string;
  commune: string;
  status: 'planned' | 'postponed' | 'cancelled';
  /** Households of the village that the register knows. */
  households: number;
}

/** Which gatherings are wanted. */
export interface GatheringWish {
  territory: Territory | undefined;
  from: IsoDay;
  kind?: ListedGathering['kind'] | undefined;
  /** How many to leave out: pages before. */
  skip: number;
}

/** Gatherings on a page. */
export const gatheringsAtOnce = 50;

const columns = (
  kind: ListedGathering['kind'],
) => `select '${kind}' as kind, g.id, g.commune_code, g.village_code, g.village_key,
  case when g.status = 'postponed' then g.new_date else coalesce(g.new_date, g.date) end as day,
  coalesce(g.new_date, g.date) as "sortedBy", g.start_time as "startTime", g.place, g.village, g.status`;

/** Lists the sessions and distributions of a territory from a day on, by day; one more than a page tells of more. */
export async function listGatherings(
  { pool }: Pick<Database, 'pool'>,
  { territory, from, kind, skip }: GatheringWish,
): Promise<{ gatherings: ListedGathering[]; hasMore: boolean }> {
  const { bind, values } = boundValues();
  const part = (table: string, its: ListedGathering['kind']): string =>
    `${columns(its)} from ${table} g where coalesce(g.new_date, g.date) >= ${bind(from)}::date
      and ${inTerritory(bind, territory, 'g.commune_code')}`;
  const parts = [
    ...(kind === 'distribution' ? [] : [part('support_sessions', 'session')]),
    ...(kind === 'session' ? [] : [part('distributions', 'distribution')]),
  ];
  const { rows } = await pool.query<ListedGathering>(
    `with page as materialized (select * from (${parts.join(' union all ')}) g
       order by "sortedBy", kind, id limit ${gatheringsAtOnce + 1} offset ${bind(skip)}),
     villages as (select distinct commune_code, village_key from page),
     counted as (select h.commune_code, h.village_key, count(*)::int as households
       from households h join villages v on v.commune_code = h.commune_code and v.village_key = h.village_key
       where h.status = 'active' group by 1, 2)
     select page.kind, page.id, page.day, page."startTime", page.place, page.village, page.status,
       coalesce(unit.name, page.commune_code) as commune, coalesce(counted.households, 0) as households
     from page
       left join counted on counted.commune_code = page.commune_code and counted.village_key = page.village_key
       left join territory_units unit on unit.code = page.commune_code and unit.valid_to is null
     order by page."sortedBy", page.kind, page.id`,
    values,
  );
  return {
    gatherings: rows.slice(0, gatheringsAtOnce),
    hasMore: rows.length > gatheringsAtOnce,
  };
}
