import type pg from 'pg';
import type { Database } from '../runtime/database';
import {
  walkChain,
  type Breach,
  type ChainMark,
  type ChainRow,
  type ChainWalk,
} from './audit-chain';
import { auditKept } from './retention-rules';

/** What a walk along the whole chain found. */
export interface AuditVerdict {
  /** Rows that were found right, before the breach if there is one. */
  checked: number;
  breach: Breach | undefined;
  /** Hash of the last row that is right; empty for an empty chain. */
  lastHash: string;
  /** What retention has taken away: up to which row, as the chain itself tells. */
  cutAfter: ChainMark | undefined;
  /** Whether an expected hash was met; true when none was asked for. */
  isExpectedMet: boolean;
}

/** The act by which retention tells up to where it has taken rows away: `throughId`, `throughHash`, `throughDay`. */
export const auditTrimmed = 'audit.trimmed';

const rowsSql = `declare chain no scroll cursor for
  select id, to_char(happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "happenedAt",
    actor, action, subject, detail::text as detail, previous, hash
  from audit_entries order by id`;

const cutSql = `select (detail->>'throughId')::int as id, detail->>'throughHash' as hash
  from audit_entries where action = '${auditTrimmed}' order by id desc limit 1`;

/**
 * Any act of retention that took what it had to keep: the instant of the act is the store's own. A day more, for
 * the clocks of the store and of the service may stand on two sides of midnight.
 */
const earlySql = `select (detail->>'throughId')::int as id, detail->>'throughHash' as hash
  from audit_entries where action = '${auditTrimmed}' and not coalesce(
    detail->>'throughDay' ~ '^\\d{4}-\\d\\d-\\d\\d$' and detail->>'throughDay' <= to_char(
      happened_at at time zone 'UTC' - interval '${auditKept.years} years' + interval '1 day', 'YYYY-MM-DD'), false)
  order by id limit 1`;

const headSql = `select entry_id as id, hash from audit_heads`;

const pageRows = 5000;

/**
 * Walks the audit chain in one snapshot, page by page, and tells where it is
 * broken first. The database must wait for long statements.
 * @param expected a hash noted earlier: a chain that was written anew as a whole no longer holds it
 */
export async function verifyAudit(
  { pool }: Pick<Database, 'pool'>,
  expected?: string,
): Promise<AuditVerdict> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const cutAfter = await markOf(client, cutSql);
    const early = await markOf(client, earlySql);
    const head = await markOf(client, headSql);
    const walk = walkChain(cutAfter);
    const met = { expected: [undefined, cutAfter?.hash].includes(expected) };
    await client.query(rowsSql);
    const breach: Breach | undefined =
      (await walkPages(client, walk, ({ hash }) => {
        met.expected ||= hash === expected;
      })) ??
      walk.end(head) ??
      (early && { kind: 'takenEarly', id: early.id });
    await client.query('commit');
    client.release();
    return {
      ...{ checked: walk.checked(), breach, lastHash: walk.lastHash() },
      ...{ cutAfter, isExpectedMet: met.expected },
    };
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function markOf(
  client: pg.PoolClient,
  sql: string,
): Promise<ChainMark | undefined> {
  const { rows } = await client.query<ChainMark>(sql);
  return rows[0];
}

async function walkPages(
  client: pg.PoolClient,
  walk: ChainWalk,
  seen: (row: ChainRow) => void,
): Promise<Breach | undefined> {
  for (;;) {
    const { rows } = await client.query<ChainRow>(
      `fetch ${pageRows} from chain`,
    );
    if (rows.length === 0) return undefined;
    for (const row of rows) {
      const breach = walk.take(row);
      if (breach !== undefined) return breach;
      seen(row);
    }
  }
}
