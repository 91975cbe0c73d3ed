import type { SmsGateway } from '../channels/sms-contract';
import type { Database } from '../runtime/database';
import { inSqlTransaction, type SqlTx } from '../runtime/sql-transaction';
import type { Callback, CallbackDoor } from './callback';
import type { CallbackOutcome } from './journal';
import { namedReport } from './record-delivery';
import { settleReports, type NamedReport } from './settle-reports';
import { reportedAs } from './waiting-reports';

/** What it takes to read the journal again. */
export interface ReplayDeps {
  db: Pick<Database, 'pool'>;
  gateways: ReadonlyMap<string, SmsGateway>;
  /** Takes an SMS in as its door does; one that was taken in before changes nothing. */
  takeInbound: (callback: Callback) => Promise<CallbackOutcome>;
}

/** Which entries; all when nothing is said. */
export interface ReplayChoice {
  since?: Date | undefined;
  gateway?: string | undefined;
}

/** How many entries were read again, and what became of them; `noGateway`: of one that is not there any more. */
export type Replayed = Partial<
  Record<CallbackOutcome | 'noGateway', number>
> & {
  read: number;
};

interface EntryRow {
  id: number;
  key: string;
  gateway: string;
  door: CallbackDoor;
  body: string;
  type: string;
  at: Date;
  outcome: CallbackOutcome;
}

const PAGE = 500;

const pageSql = `select id, key, gateway, door, body, type, received_at as at, outcome from callback_entries
  where id > $1 and received_at >= coalesce($2::timestamptz, '-infinity') and ($3::text is null or gateway = $3)
  order by id limit ${PAGE}`;

/**
 * Takes the journal in again, oldest first: what was not understood then, or found no message, may be understood now.
 * Whatever was taken in before changes nothing, however often this is done.
 */
export async function replayJournal(
  deps: ReplayDeps,
  { since, gateway }: ReplayChoice = {},
): Promise<Replayed> {
  const done: Replayed = { read: 0 };
  for (let last = 0; ;) {
    const { rows } = await deps.db.pool.query<EntryRow>(pageSql, [
      ...[last, since ?? null, gateway ?? null],
    ]);
    const outcomes = await replayPage(deps, rows);
    done.read += rows.length;
    for (const outcome of outcomes) done[outcome] = (done[outcome] ?? 0) + 1;
    if (rows.length < PAGE) return done;
    last = rows[rows.length - 1]?.id ?? last;
  }
}

async function replayPage(
  deps: ReplayDeps,
  rows: readonly EntryRow[],
): Promise<(CallbackOutcome | 'noGateway')[]> {
  const known = rows.filter(({ gateway }) => deps.gateways.has(gateway));
  const reports = known.filter(({ door }) => door === 'delivery');
  const outcomes: (CallbackOutcome | 'noGateway')[] = [
    ...Array<'noGateway'>(rows.length - known.length).fill('noGateway'),
    ...(await inSqlTransaction(deps.db, (tx) =>
      replayReports(tx, deps.gateways, reports),
    )),
  ];
  for (const row of known) {
    const sms = deps.gateways.get(row.gateway);
    if (row.door !== 'inbound' || sms === undefined) continue;
    outcomes.push(await deps.takeInbound(callbackOf(row, sms)));
  }
  return outcomes;
}

async function replayReports(
  tx: SqlTx,
  gateways: ReplayDeps['gateways'],
  rows: readonly EntryRow[],
): Promise<CallbackOutcome[]> {
  const readings = rows.map((row) => readingOf(row, gateways));
  const settled = await settleReports(
    tx,
    readings.flatMap(({ report }) => report ?? []),
  );
  const outcomes = readings.map(({ report, fault }): CallbackOutcome =>
    report === undefined ? fault : (settled.shift() ?? 'unmatched'),
  );
  await noteOutcomes(
    tx,
    rows.map(({ id }, at) => ({
      id,
      outcome: outcomes[at] ?? 'unmatched',
      report: readings[at]?.report,
    })),
  );
  return outcomes;
}

interface Reading {
  report?: NamedReport | undefined;
  /** What the entry is when no report could be made of it. */
  fault: 'unreadable' | 'unknownStatus';
}

function readingOf(row: EntryRow, gateways: ReplayDeps['gateways']): Reading {
  const sms = gateways.get(row.gateway);
  if (sms === undefined) return { fault: 'unreadable' };
  const callback = callbackOf(row, sms);
  const read = sms.readDelivery(callback.request);
  return read.kind === 'unreadable'
    ? { fault: 'unreadable' }
    : { report: namedReport(callback, read.value), fault: 'unknownStatus' };
}

/** A gateway calls by one method: it tells whether the body or the query was kept. */
function callbackOf(row: EntryRow, sms: SmsGateway): Callback {
  const { key, gateway, door, body, type } = row;
  const request =
    sms.reads[door] === 'GET'
      ? { contentType: type, text: '', query: body }
      : { contentType: type, text: body, query: '' };
  return { key, gateway, door, request, receivedAt: row.at };
}

interface Noted {
  id: number;
  outcome: CallbackOutcome;
  report: NamedReport | undefined;
}

/** What had settled its message stays so: read again, it has nothing left to say. */
async function noteOutcomes(tx: SqlTx, noted: readonly Noted[]): Promise<void> {
  const waits = noted.map(({ outcome, report }) =>
    outcome === 'unmatched' ? report : undefined,
  );
  await tx.query(
    `update callback_entries c set outcome = n.outcome, provider_id = coalesce(c.provider_id, n.provider_id),
        msisdn = n.msisdn, reported_as = n.reported_as
      from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[])
        as n (id, outcome, provider_id, msisdn, reported_as)
      where c.id = n.id and c.outcome <> n.outcome and not (c.outcome = 'settled' and n.outcome = 'repeated')`,
    [
      noted.map(({ id }) => id),
      noted.map(({ outcome }) => outcome),
      noted.map(({ report }) => report?.providerId ?? null),
      waits.map((report) => report?.msisdn ?? null),
      waits.map((report) => report && reportedAs(report)),
    ],
  );
}
