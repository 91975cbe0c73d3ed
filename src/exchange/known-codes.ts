import type { Database } from '../runtime/database';
import type { KnownCodes } from './row-reader';

/** The rules and waves that the store has: few enough to be known by heart while a file is read. */
export async function knownCodes(db: Database): Promise<KnownCodes> {
  return {
    rule_code: await idsByCode(db, 'benefit_rules'),
    wave_code: await idsByCode(db, 'waves'),
  };
}

async function idsByCode(
  { pool }: Database,
  table: 'benefit_rules' | 'waves',
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ code: string; id: number }>(
    `select code, id from ${table}`,
  );
  return new Map(rows.map(({ code, id }) => [code, id]));
}
