import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { recordReceipt, type SaidReceipt } from './record-receipt';

/** An answer that came by SMS. */
export interface SmsAnswer {
  msisdn: string;
  answer: SaidReceipt['answer'];
  /** When it came. */
  at: Date;
}

/** Recorded; `unclear` where nothing was asked, or where it could mean more than one payment. */
export type SmsAnswered =
  { kind: 'recorded'; mismatch: boolean } | { kind: 'unclear' };

/** So many days an answer belongs to the question before it. */
const ANSWER_DAYS = 14;

/**
 * Keeps an SMS as the answer to the question whether a payment was received. Only a phone of a household's own speaks
 * for it so, only when it was asked, and only when one payment can be meant; for nobody types a card into an SMS. All
 * else is for a person to read.
 */
export async function answerBySms(
  deps: { tx: Tx; clock: Clock },
  { msisdn, answer, at }: SmsAnswer,
): Promise<SmsAnswered> {
  const since = new Date(at.getTime() - ANSWER_DAYS * 86_400_000);
  const [meant, ...others] = await deps.tx.$queryRaw<
    { householdId: number; paymentId: number }[]
  >`
    with asked as (
      select distinct subject_id as wave_id from messages
        where msisdn = ${msisdn} and purpose = 'payment.unconfirmed' and state in ('sent', 'delivered', 'unknown')
          and begun_at between ${since} and ${at}
    ), holder as (
      select min(household_id) as household_id from phone_links where msisdn = ${msisdn} and ended_at is null
        having count(*) = 1 and min(kind) = 'own'
    )
    select p.household_id as "householdId", p.id as "paymentId" from payments p
      join asked on asked.wave_id = p.wave_id and (select count(*) from asked) = 1
      join holder on holder.household_id = p.household_id
      where p.status <> 'removed'`;
  if (meant === undefined || others.length > 0) return { kind: 'unclear' };
  const recorded = await recordReceipt(deps, {
    ...{ ...meant, answer, at },
    ...{ askedForMoney: false, proofLevel: 'L0', channel: 'sms' },
  });
  return recorded.kind === 'recorded' ? recorded : { kind: 'unclear' };
}
