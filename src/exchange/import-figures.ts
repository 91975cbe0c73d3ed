import type { Database } from '../runtime/database';
import type { GaugeReader, Metrics } from '../runtime/metrics';

/** What is told of the last import of each kind, whoever ran it. */
const figures = {
  jigi_import_finished_seconds: {
    help: 'When the last import of a kind ended, in seconds since 1970',
    sql: 'extract(epoch from finished_at)',
  },
  jigi_import_rejected_rows: {
    help: 'Rows that the last import of a kind rejected',
    sql: 'rejected',
  },
} as const;

/** Tells of the imports, which run in processes of their own, whenever figures are read. */
export function tellImports(
  { pool }: Pick<Database, 'pool'>,
  metrics: Pick<Metrics, 'gauge'>,
): void {
  for (const [name, { help, sql }] of Object.entries(figures)) {
    const read: GaugeReader = async () => {
      const { rows } = await pool.query<{ kind: string; value: number }>(
        `select distinct on (kind) kind, ${sql}::float8 as value
         from import_runs order by kind, finished_at desc`,
      );
      return new Map(rows.map(({ kind, value }) => [kind, value]));
    };
    metrics.gauge(name, help, read);
  }
}
