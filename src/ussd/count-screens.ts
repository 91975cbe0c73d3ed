import type { Database } from '../runtime/database';
import { allCalls } from './screen-tally';

/** What callers did in these days, the last out. */
export interface MenuFigures {
  /** By day and language. */
  calls: readonly { day: string; locale: string; calls: number }[];
  /** By screen: those most shown first. */
  screens: readonly {
    screen: string;
    shown: number;
    answered: number;
    ended: number;
  }[];
  /** As gateways told it, of the last thirty days. */
  lengths: readonly {
    day: string;
    calls: number;
    meanMs: number;
    meanHops: number;
  }[];
}

const SCREENS_SHOWN = 80;

/** Reads the counts of the menu. */
export async function menuFigures(
  { pool }: Pick<Database, 'pool'>,
  { from, to }: { from: string; to: string },
): Promise<MenuFigures> {
  const days = [from, to];
  const calls = await pool.query<MenuFigures['calls'][number]>(
    `select to_char(day, 'YYYY-MM-DD') as day, locale, sum(shown)::int as calls from menu_figures
      where screen = '${allCalls}' and day >= $1::date and day < $2::date group by 1, 2 order by 1, 2`,
    days,
  );
  const screens = await pool.query<MenuFigures['screens'][number]>(
    `select screen, sum(shown)::int as shown, sum(answered)::int as answered, sum(ended)::int as ended from menu_figures
      where screen <> '${allCalls}' and day >= $1::date and day < $2::date group by 1 order by 2 desc, 1 limit ${SCREENS_SHOWN}`,
    days,
  );
  const lengths = await pool.query<MenuFigures['lengths'][number]>(
    `select to_char(ended_at, 'YYYY-MM-DD') as day, count(*)::int as calls, coalesce(avg(duration_ms), 0)::int as "meanMs",
        coalesce(avg(hops), 0)::float8 as "meanHops" from call_ends where ended_at >= $1::date and ended_at < $2::date group by 1 order by 1`,
    days,
  );
  return { calls: calls.rows, screens: screens.rows, lengths: lengths.rows };
}
