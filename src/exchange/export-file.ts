import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { inTransaction, type Database } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { csvLine } from './csv-cells';
import {
  EXPORT_KINDS,
  type ExportKind,
  type ExportKindName,
} from './export-kinds';

/** What was exported; printed as one line of JSON. */
export interface ExportSummary {
  readonly file: string;
  readonly kind: ExportKindName;
  readonly rows: number;
  readonly seconds: number;
}

/** What is exported, and who asks. */
export interface ExportRequest {
  readonly kind: ExportKindName;
  readonly since: Date;
  readonly file: string;
  /** For the audit chain; the service itself when absent. */
  readonly actor?: string;
}

const FETCH = 5000;

/**
 * Writes what the channel knows since an instant, read through a cursor. The file appears under its
 * name only when it is whole and the audit chain tells of it; an export that fails leaves none. The database must wait for long statements.
 */
export async function exportFile(
  { db }: { db: Database },
  request: ExportRequest,
): Promise<ExportSummary> {
  const { kind, since, file } = request;
  const began = performance.now();
  const unfinished = `${file}.part`;
  const client = await db.pool.connect();
  const counted = { rows: 0 };
  try {
    // One snapshot for all pages: what is answered meanwhile comes with the next export.
    await client.query('begin isolation level repeatable read read only');
    await pipeline(
      Readable.from(pagesOf(client, EXPORT_KINDS[kind], since, counted)),
      createWriteStream(unfinished, { mode: 0o600 }),
    );
    await client.query('commit');
    await tellAudit(db, request, counted.rows);
    await rename(unfinished, file);
    client.release();
  } catch (error) {
    client.release(true);
    await rm(unfinished, { force: true });
    throw error;
  }
  const seconds = Math.round(performance.now() - began) / 1000;
  return { file, kind, rows: counted.rows, seconds };
}

function tellAudit(
  db: Database,
  { kind, since, actor = 'system' }: ExportRequest,
  rows: number,
): Promise<void> {
  return inTransaction(db, (tx) =>
    recordAudit(tx, {
      ...{ actor, action: 'export.done', subject: `export:${kind}` },
      details: { since: since.toISOString(), rows },
    }),
  );
}

async function* pagesOf(
  client: pg.PoolClient,
  { columns, sql }: ExportKind,
  since: Date,
  counted: { rows: number },
): AsyncGenerator<string> {
  yield csvLine(columns);
  await client.query(`declare exported no scroll cursor for ${sql}`, [since]);
  for (;;) {
    const { rows } = await client.query<(string | null)[]>({
      text: `fetch ${FETCH} from exported`,
      rowMode: 'array',
    });
    if (rows.length === 0) return;
    counted.rows += rows.length;
    yield rows.map((row) => csvLine(row.map((cell) => cell ?? ''))).join('');
  }
}
