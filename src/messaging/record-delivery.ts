import type {
  DeliveryReport,
  ReadSms,
  UndeliveredReason,
} from '../channels/sms-contract';
import type { Database } from '../runtime/database';
import { inSqlTransaction } from '../runtime/sql-transaction';
import type { Callback } from './callback';
import {
  writeJournal,
  type CallbackOutcome,
  type JournalEntry,
} from './journal';
import type { Reason } from './reasons';
import { settleReports, type NamedReport } from './settle-reports';
import { reportedAs } from './waiting-reports';

/** A callback at the delivery door, and what its gateway read in it. */
export interface ReceivedReport {
  callback: Callback;
  read: ReadSms<DeliveryReport>;
}

/** A gateway's reason in the words of the queue. */
const REASONS: Readonly<Record<UndeliveredReason, Reason>> = {
  absent: 'absent',
  // Its time ran out before the phone was seen.
  expired: 'absent',
  noSuchNumber: 'badNumber',
  barred: 'blacklisted',
  noBalance: 'noBalance',
  refused: 'rejected',
  unspecified: 'undelivered',
};

/** `buffered` waits for the phone: for us it has gone. */
const STATES = {
  sent: 'sent',
  buffered: 'sent',
  delivered: 'delivered',
  failed: 'failed',
  unknown: undefined,
} as const satisfies Record<
  DeliveryReport['status'],
  NamedReport['state'] | undefined
>;

/** Ids of ours are row numbers: whatever else comes back is not. */
const ROW_NUMBER = /^[1-9]\d{0,8}$/;

/** A report in our words; undefined when its status is in no table. */
export function namedReport(
  { gateway, receivedAt }: Pick<Callback, 'gateway' | 'receivedAt'>,
  report: DeliveryReport,
): NamedReport | undefined {
  const state = STATES[report.status];
  if (state === undefined) return undefined;
  const { providerId = null, ourId = '', msisdn = null } = report;
  return {
    ...{ gateway, providerId, msisdn, state, at: receivedAt },
    ourId: ROW_NUMBER.test(ourId) ? Number(ourId) : null,
    reason: state === 'failed' ? REASONS[report.reason ?? 'unspecified'] : null,
  };
}

/**
 * Takes delivery reports in: their messages move forward, never back, and each report is kept as it came. Reports
 * may come late, doubled, in any order, and before the store knows the id that they name: those wait in the journal.
 * @returns what became of each, in their order
 */
export async function recordDeliveries(
  db: Pick<Database, 'pool'>,
  received: readonly ReceivedReport[],
): Promise<CallbackOutcome[]> {
  const named = received.map(({ callback, read }) =>
    read.kind === 'read' ? namedReport(callback, read.value) : undefined,
  );
  return inSqlTransaction(db, async (tx) => {
    const settled = await settleReports(
      tx,
      named.filter((report) => report !== undefined),
    );
    const entries = received.map((one, at): JournalEntry => {
      const report = named[at];
      const outcome = report && settled.shift();
      return entryOf(one, report, outcome);
    });
    await writeJournal(tx, entries);
    return entries.map(({ outcome }) => outcome);
  });
}

function entryOf(
  { callback, read }: ReceivedReport,
  report: NamedReport | undefined,
  settled: CallbackOutcome | undefined,
): JournalEntry {
  if (read.kind === 'unreadable') return { callback, outcome: 'unreadable' };
  const { providerId } = read.value;
  const outcome = settled ?? 'unknownStatus';
  const waiting =
    outcome === 'unmatched' && report !== undefined
      ? { msisdn: report.msisdn, reportedAs: reportedAs(report) }
      : undefined;
  return { callback, outcome, providerId, waiting };
}
