import type pg from 'pg';
import type { FileFormat } from './formats';
import { PHONE_MOVES } from './household-phones';
import { stagedColumns } from './row-reader';

const SQL_TYPES: readonly (readonly [RegExp, string])[] = [
  [/_id$|_xof$|^months_|_months$|^instalment|^days_/, 'integer'],
  [/^date$|_date$|_start$|_end$|^valid_|^paid_on$|_month$/, 'date'],
  [/^sms_consent$/, 'boolean'],
  [/^updated_at$/, 'timestamptz(3)'],
];

/** Makes the tables of a connection that the rows of a batch are staged in; they are empty after every commit. */
export async function makeStagingTable(
  client: pg.PoolClient,
  format: FileFormat,
): Promise<void> {
  const columns = stagedColumns(format);
  await client.query(`set temp_buffers = '64MB'`);
  const typed = columns.map((name) => `${name} ${sqlType(name)}`).join(', ');
  await client.query(`create temp table staged
    (line integer, round integer, ${typed}) on commit delete rows`);
  if (format.kind === 'households') await client.query(PHONE_MOVES);
}

function sqlType(column: string): string {
  return SQL_TYPES.find(([name]) => name.test(column))?.[1] ?? 'text';
}
