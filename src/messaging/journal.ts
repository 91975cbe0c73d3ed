import type { Tx } from '../runtime/database';
import type { SqlTx } from '../runtime/sql-transaction';
import type { Callback } from './callback';

/** What became of a callback. */
export type CallbackOutcome =
  /** Its message moved. */
  | 'settled'
  /** Nothing left to learn from it. */
  | 'repeated'
  /** Nobody knows its message, or not yet. */
  | 'unmatched'
  | 'unknownStatus'
  | 'unreadable'
  /** An SMS or a wish that was taken in. */
  | 'taken';

/** A callback, and what became of it. */
export interface JournalEntry {
  callback: Callback;
  outcome: CallbackOutcome;
  providerId?: string | undefined;
  /** Of a report that waits only. */
  waiting?: { msisdn: string | null; reportedAs: string } | undefined;
}

/** No body is larger at the door; in the store neither. */
const MOST_BYTES = 16 * 1024;

const writeSql = `
  insert into callback_entries
    (key, gateway, door, body, type, received_at, outcome, provider_id, msisdn, reported_as)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
    $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[])
  on conflict (key) do nothing`;

/** Keeps callbacks as they came, each once. */
export async function writeJournal(
  tx: SqlTx,
  entries: readonly JournalEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const of = <T>(read: (entry: JournalEntry) => T): T[] => entries.map(read);
  await tx.query(writeSql, [
    of(({ callback }) => callback.key),
    of(({ callback }) => callback.gateway),
    of(({ callback }) => callback.door),
    of(({ callback }) =>
      storable(callback.request.text || callback.request.query),
    ),
    of(({ callback }) => storable(callback.request.contentType)),
    of(({ callback }) => callback.receivedAt),
    of(({ outcome }) => outcome),
    of(({ providerId }) => providerId ?? null),
    of(({ waiting }) => waiting?.msisdn ?? null),
    of(({ waiting }) => waiting?.reportedAs ?? null),
  ]);
}

/** Keeps one callback in the transaction of what it brought about. */
export async function noteCallback(
  tx: Tx,
  { callback, outcome, providerId }: JournalEntry,
): Promise<void> {
  const { key, gateway, door, request, receivedAt } = callback;
  await tx.callbackEntry.createMany({
    data: {
      ...{ key, gateway, door, receivedAt, outcome },
      body: storable(request.text || request.query),
      type: storable(request.contentType),
      providerId: providerId ?? null,
    },
    skipDuplicates: true,
  });
}

/** PostgreSQL keeps no NUL; and three bytes stand for each that was no UTF-8, so that a body may have grown. */
function storable(text: string): string {
  const clean = text.replaceAll('\0', '\u{fffd}');
  const bytes = Buffer.from(clean);
  if (bytes.length <= MOST_BYTES) return clean;
  return bytes.subarray(0, MOST_BYTES - 3).toString('utf8');
}
