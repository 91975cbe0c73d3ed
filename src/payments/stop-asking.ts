import { cancelSql } from '../messaging/cancel-messages';
import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';

/** The phones of household $1 on which no other household of wave $2 is still to say what it received. */
const askedForNobodyElse = `m.purpose = 'payment.unconfirmed' and m.subject_id = $2::integer
  and m.msisdn in (select link.msisdn from phone_links link
    where link.household_id = $1::integer and link.ended_at is null)
  and not exists (select from phone_links link
    join payments pay on pay.household_id = link.household_id and pay.wave_id = m.subject_id and pay.status = 'planned'
    where link.msisdn = m.msisdn and link.ended_at is null and link.household_id <> $1::integer
      and not exists (select from receipts said where said.payment_id = pay.id))`;

/** Takes back the question that a household has just answered; what is not written yet asks only who is silent. */
export async function stopAsking(
  { tx, clock }: { tx: Tx; clock: Clock },
  householdId: number,
  waveId: number,
): Promise<void> {
  await tx.$executeRawUnsafe(
    cancelSql(askedForNobodyElse, `'confirmed'`, '$3::timestamptz'),
    householdId,
    waveId,
    clock.now(),
  );
}
