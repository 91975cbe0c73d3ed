import { randomUUID } from 'node:crypto';
import type { FailingPhone } from '../register/note-reach';
import type { SqlTx } from '../runtime/sql-transaction';
import { daysBetween } from '../text/dates';

/** So many deliveries fail in a row before a number counts as lost. */
export const FAILED_IN_ROW = 3;

/**
 * And the first and the last of them are so many days apart. The notices of one payment go within nine days, and
 * payments come every two months: what lies thirty days apart belongs to two of them. A phone that lay broken for
 * one payment is not lost.
 */
export const FAILED_OVER_DAYS = 30;

const listSql = `
  insert into unreachable_phones (event_id, msisdn, reason, since, listed_at)
  select event_id, msisdn, $4, since, $5 from unnest($1::text[], $2::text[], $3::date[]) as l (event_id, msisdn, since)
    where exists (select from phone_links k where k.msisdn = l.msisdn and k.ended_at is null)
    order by msisdn
  on conflict (msisdn) where settled_at is null do nothing`;

/** Numbers to list, each since a day. */
export interface Unreachable {
  msisdn: string;
  since: string;
}

/**
 * Puts numbers that a household is told through on the list of those that nobody reaches.
 * @returns how many came onto it
 */
export async function listUnreachable(
  tx: SqlTx,
  reason: 'failed' | 'silent',
  numbers: readonly Unreachable[],
  at: Date,
): Promise<number> {
  if (numbers.length === 0) return 0;
  const { rowCount } = await tx.query(listSql, [
    numbers.map(() => randomUUID()),
    numbers.map(({ msisdn }) => msisdn),
    numbers.map(({ since }) => since),
    reason,
    at,
  ]);
  return rowCount ?? 0;
}

/** Of phones that failed once more, those that count as lost. */
export function lostOf(failing: readonly FailingPhone[]): Unreachable[] {
  return failing
    .filter(
      ({ failedInRow, failedSince, on }) =>
        failedInRow >= FAILED_IN_ROW &&
        daysBetween(failedSince, on) >= FAILED_OVER_DAYS,
    )
    .map(({ msisdn, failedSince }) => ({ msisdn, since: failedSince }));
}

/** Takes numbers off the list: they were reached. @returns how many */
export async function takeOffUnreachable(
  tx: SqlTx,
  msisdns: readonly string[],
  at: Date,
): Promise<number> {
  if (msisdns.length === 0) return 0;
  const { rowCount } = await tx.query(
    'update unreachable_phones set settled_at = $2 where settled_at is null and msisdn = any($1)',
    [msisdns, at],
  );
  return rowCount ?? 0;
}
