import type { Database } from '../runtime/database';

/** What may be told of the sealed line: cases that were closed, and what was noted of them. */
export interface SealedFigures {
  closed: number;
  linked: number;
  referred: number;
}

/**
 * Counts sealed cases that were closed in these days, the last out. Those that wait are known to their readers alone.
 * Whoever shows a count hides those under five.
 */
export async function closedSealedCases(
  { pool }: Pick<Database, 'pool'>,
  { from, to }: { from: string; to: string },
): Promise<SealedFigures> {
  const { rows } = await pool.query<SealedFigures>(
    `select coalesce(sum((detail->>'cases')::int), 0)::int as closed, coalesce(sum((detail->>'linked')::int), 0)::int as linked,
        coalesce(sum((detail->>'referred')::int), 0)::int as referred
      from audit_entries where action = 'sealed.forgotten' and happened_at >= $1::date and happened_at < $2::date`,
    [from, to],
  );
  return rows[0] ?? { closed: 0, linked: 0, referred: 0 };
}
