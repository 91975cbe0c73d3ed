import type { Database } from '../../src/runtime/database';
import { chainHash, type ChainMark } from '../../src/staff/audit-chain';

/** Writes an audit chain with an entry at each of these instants: the store itself dates entries by its own clock. */
export async function writeAudit(
  { pool }: Pick<Database, 'pool'>,
  instants: readonly string[],
): Promise<void> {
  let last: ChainMark = { id: 0, hash: '' };
  for (const happenedAt of instants) {
    const row = {
      ...{ id: last.id + 1, happenedAt, actor: 'cli', action: 'test.done' },
      ...{ subject: '', detail: '{}', previous: last.hash },
    };
    last = { id: row.id, hash: chainHash(row) };
    await pool.query(
      `insert into audit_entries (id, happened_at, actor, action, subject, detail, previous, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[row.id, row.happenedAt, row.actor, row.action, row.subject],
        ...[row.detail, row.previous, last.hash],
      ],
    );
  }
  await pool.query(
    `insert into audit_heads (id, entry_id, hash) values (1, $1, $2)`,
    [last.id, last.hash],
  );
}
