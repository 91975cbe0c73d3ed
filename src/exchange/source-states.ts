import type { Database } from '../runtime/database';

/** The last import of a kind of file. */
export interface SourceState {
  kind: string;
  finishedAt: Date;
  rowsRead: number;
  rejected: number;
  stale: number;
}

/** The last import of each kind, whoever ran it. */
export async function sourceStates({
  pool,
}: Pick<Database, 'pool'>): Promise<SourceState[]> {
  const { rows } = await pool.query<SourceState>(
    `select distinct on (kind) kind, finished_at as "finishedAt", rows_read as "rowsRead", rejected, stale
      from import_runs order by kind, finished_at desc`,
  );
  return rows;
}
