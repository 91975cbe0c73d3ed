import type { Database } from '../runtime/database';
import { inSqlTransaction, type SqlTx } from '../runtime/sql-transaction';
import { settleReports, type NamedReport } from './settle-reports';

/** What a report says, as it waits in the journal: `delivered`, `failed:absent`. */
export function reportedAs({ state, reason }: NamedReport): string {
  return reason === null ? state : `${state}:${reason}`;
}

interface WaitingRow {
  id: number;
  gateway: string;
  providerId: string | null;
  msisdn: string | null;
  reportedAs: string;
  at: Date;
}

const columns = `c.id, c.gateway, c.provider_id as "providerId", c.msisdn, c.reported_as as "reportedAs",
  c.received_at as at`;

/** Those whose message now has the id that they name. Two who settle them do not settle the same. */
const namedSql = `select ${columns} from callback_entries c
  where c.outcome = 'unmatched' and c.gateway = $1 and c.provider_id = any($2)
  order by c.id for update skip locked`;

// Told apart first: mostly nothing waits at all, and a thousand ids need not be looked for.
const anySql = `select from callback_entries c
  where exists (select from callback_entries w where w.outcome = 'unmatched' and w.gateway = $1)
    and c.outcome = 'unmatched' and c.gateway = $1 and c.provider_id = any($2) limit 1`;

const allSql = `select ${columns} from callback_entries c
  where c.outcome = 'unmatched' and c.reported_as is not null and (
    exists (select from message_provider_ids p join messages m on m.id = p.message_id
      where p.provider_id = c.provider_id and m.gateway = c.gateway)
    or exists (select from messages m where m.state = 'unknown' and m.provider_id is null
      and m.msisdn = c.msisdn and m.gateway = c.gateway))
  order by c.id limit 5000 for update of c skip locked`;

/**
 * Settles what came before the gateway's own ids were stored. For whoever stores them, once that is committed.
 * @returns how many reports found their message
 */
export async function settleWaitingReports(
  db: Pick<Database, 'pool'>,
  gateway: string,
  providerIds: readonly string[],
): Promise<number> {
  if (providerIds.length === 0) return 0;
  // Nearly always there is none, and no transaction is needed to see that.
  const { rowCount } = await db.pool.query(anySql, [gateway, providerIds]);
  if (rowCount === 0) return 0;
  return inSqlTransaction(db, (tx) =>
    settleThose(tx, namedSql, [gateway, providerIds]),
  );
}

/**
 * Settles all that wait and now find their message: by an id that was stored at the same moment, or by number and
 * time once a message is known to be without one. @returns how many
 */
export async function settleAllWaiting(
  db: Pick<Database, 'pool'>,
): Promise<number> {
  return inSqlTransaction(db, (tx) => settleThose(tx, allSql, []));
}

async function settleThose(
  tx: SqlTx,
  sql: string,
  values: unknown[],
): Promise<number> {
  const { rows } = await tx.query<WaitingRow>(sql, values);
  const outcomes = await settleReports(tx, rows.map(reportOf));
  const found = rows.filter((_row, at) => outcomes[at] !== 'unmatched');
  if (found.length === 0) return 0;
  await tx.query(
    `update callback_entries c set outcome = f.outcome, msisdn = null, reported_as = null
      from unnest($1::int[], $2::text[]) as f (id, outcome) where c.id = f.id`,
    [
      found.map(({ id }) => id),
      outcomes.filter((outcome) => outcome !== 'unmatched'),
    ],
  );
  return found.length;
}

function reportOf({ reportedAs: said, ...row }: WaitingRow): NamedReport {
  const [state, reason = null] = said.split(':');
  // The journal holds only what reportedAs wrote.
  const words = { state, reason } as Pick<NamedReport, 'state' | 'reason'>;
  return { ...row, ourId: null, ...words };
}
