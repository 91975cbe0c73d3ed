import type { SmsWording } from '../messaging/compose';
import type { Clock } from '../runtime/clock';
import { type Database, inTransaction, type Tx } from '../runtime/database';
import type { Permission } from '../staff/roles';
import type { ComplaintStatus } from './lifecycle';
import { holdNamelessRows } from './nameless-rows';
import { mayAct, maySee, type Officer } from './visibility';

/** What officers' acts work with. */
export interface CaseDesk {
  db: Pick<Database, 'prisma'>;
  clock: Clock;
  /** In which complainants are told. */
  wording: SmsWording;
}

/** A complaint as a page showed it: an act on it holds only while it is still so. */
export interface AtVersion {
  complaintId: number;
  version: number;
}

/**
 * Why nothing was done: it does not exist for this officer; she may see it and not do this; somebody else acted since
 * the page was shown; or it is no longer, or not yet, where this can be done.
 */
export interface Refusal {
  kind: 'notFound' | 'forbidden' | 'changed' | 'notNow';
}

/** Done, or why not. */
export type Acted = { kind: 'done' } | Refusal;

/** A complaint as its row stands. */
export type CaseRow = NonNullable<Awaited<ReturnType<typeof lockRow>>>;

/** A complaint that nobody else changes until the transaction ends. */
export interface OpenCase extends Pick<CaseDesk, 'clock' | 'wording'> {
  tx: Tx;
  /** officer:<id> or system. */
  actor: string;
  complaint: CaseRow;
}

/** An open case in an officer's hands. */
export interface OfficersCase extends OpenCase {
  officer: Officer;
}

/** Locks a complaint's row. Call it after `holdNamelessRows`. */
export async function lockRow(tx: Tx, id: number) {
  await tx.$queryRaw`select id from complaints where id = ${id} for update`;
  return tx.complaint.findUnique({ where: { id } });
}

/**
 * Opens a complaint for one act of an officer, in one transaction: if it exists for her, if she may do this to it, and
 * if it is still as she was shown it.
 * @param rule who may do it of those who see it
 */
export function actOn<Result>(
  desk: CaseDesk,
  officer: Officer,
  at: AtVersion,
  permission: Permission,
  work: (open: OfficersCase) => Promise<Result>,
  rule = mayAct,
): Promise<Result | Refusal> {
  return inTransaction(desk.db, async (tx) => {
    await holdNamelessRows(tx);
    const complaint = await lockRow(tx, at.complaintId);
    if (complaint === null || !maySee(officer, complaint))
      return { kind: 'notFound' };
    if (!rule(officer, permission, complaint)) return { kind: 'forbidden' };
    if (complaint.version !== at.version) return { kind: 'changed' };
    const { clock, wording } = desk;
    const actor = `officer:${officer.id}`;
    return work({ tx, clock, wording, actor, officer, complaint });
  });
}

/** Where a complaint stands. */
export function statusOf({ status }: { status: string }): ComplaintStatus {
  // The column's CHECK holds the same list.
  return status as ComplaintStatus;
}
