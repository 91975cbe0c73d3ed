import { randomUUID } from 'node:crypto';

import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';

/** The number in force when another is asked for. */
export interface OldPhone {
  msisdn: string;
  /** Somebody else's too: a relay's, a family's, or tied to another household. */
  isShared: boolean;
  /** The language in which it is written to, where one is known. */
  locale: string | null;
}

/** What was taken down. */
export interface RequestedChange {
  changeId: number;
  old: OldPhone | undefined;
}

/**
 * Takes down that a household asks for a new number. Nothing changes until
 * staff have approved it.
 */
export async function requestPhoneChange(
  deps: { tx: Tx; clock: Clock },
  request: { householdId: number; newMsisdn: string },
): Promise<RequestedChange> {
  const { tx, clock } = deps;
  const [old] = await tx.$queryRaw<OldPhone[]>`
    select link.msisdn, coalesce(phone.locale, home.locale) as locale,
      link.kind <> 'own' or exists (select from phone_links other where other.msisdn = link.msisdn
        and other.ended_at is null and other.household_id <> link.household_id) as "isShared"
    from phone_links link
    join households home on home.id = link.household_id
    left join phones phone on phone.msisdn = link.msisdn
    where link.household_id = ${request.householdId} and link.ended_at is null
    order by link.started_at desc, link.id desc limit 1`;
  const { id: changeId } = await tx.phoneChange.create({
    data: {
      eventId: randomUUID(),
      householdId: request.householdId,
      oldMsisdn: old?.msisdn ?? null,
      newMsisdn: request.newMsisdn,
      requestedAt: clock.now(),
      status: 'requested',
    },
    select: { id: true },
  });
  return { changeId, old };
}
