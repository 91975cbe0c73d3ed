import { inTransaction } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { holds } from '../staff/permissions';
import { addDays } from '../text/dates';
import type { CaseDesk } from './case-desk';
import type { Condition, Officer } from './visibility';

/** After so many calls that nobody took, a call-back is given up. */
export const mostTries = 3;

/**
 * Who waits for a call in an officer's territory, as SQL over `callbacks b`. A number says where it is by its
 * households; one that has none is the nation's.
 * @param from number of its first placeholder
 */
export function calledBy(officer: Officer, from = 1): Condition {
  if (!holds(officer, 'callbacks.work')) return { sql: 'false', values: [] };
  if (officer.communes === 'country') return { sql: 'true', values: [] };
  return {
    sql: `exists (select from phone_links l join households h on h.id = l.household_id
      where l.msisdn = b.msisdn and l.ended_at is null and h.commune_code = any($${from}::text[]))`,
    values: [officer.communes],
  };
}

/** Noted; `again`: nobody took the call, and it stands on tomorrow's list. */
export type Marked = { kind: 'done' | 'again' | 'notFound' | 'notNow' };

/** Notes what became of a call-back: done, or nobody took it, the third time for good. */
export function markCallback(
  { db, clock }: Pick<CaseDesk, 'db' | 'clock'>,
  officer: Officer,
  { callbackId, outcome }: { callbackId: number; outcome: 'done' | 'noAnswer' },
): Promise<Marked> {
  return inTransaction(db, async (tx) => {
    const hers = calledBy(officer, 2);
    const [row] = await tx.$queryRawUnsafe<
      { tries: number; closed: boolean }[]
    >(
      `select b.tries, b.closed_at is not null as closed from callbacks b
       where b.id = $1 and ${hers.sql} for update of b`,
      callbackId,
      ...hers.values,
    );
    if (row === undefined) return { kind: 'notFound' };
    if (row.closed) return { kind: 'notNow' };
    const tries = row.tries + (outcome === 'noAnswer' ? 1 : 0);
    const isOver = outcome === 'done' || tries >= mostTries;
    await tx.callback.update({
      where: { id: callbackId },
      data: isOver
        ? { tries, outcome, closedAt: clock.now(), closedBy: officer.id }
        : { tries, callOn: new Date(addDays(clock.today(), 1)) },
      select: { id: true },
    });
    await recordAudit(tx, {
      ...{ actor: `officer:${officer.id}`, action: 'callback.marked' },
      ...{ subject: `callback:${callbackId}`, details: { outcome, tries } },
    });
    return { kind: isOver ? 'done' : 'again' };
  });
}
