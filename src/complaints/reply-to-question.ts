import type { SmsWording } from '../messaging/compose';
import type { ReplyBySms } from '../messaging/take-inbound';
import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { answerQuestion } from './answer-question';

/** So many days an SMS belongs to the question before it. */
const answerDays = 14;

/** Keys stand for yes and no where those were asked. */
const meant: Readonly<
  Record<string, Partial<Record<ReplyBySms['said'], string>>>
> = {
  yesNo: { yes: 'yes', no: 'no', '1': 'yes', '2': 'no' },
  digit: { '1': '1', '2': '2', '3': '3' },
};

/**
 * Keeps an SMS as the answer to what an officer asked its sender: only where one question was put to that number, and
 * nothing of a payment has been asked of it since. A day is no answer by SMS: it is for a person to read.
 */
export async function replyToQuestion(
  deps: { tx: Tx; clock: Clock; wording: SmsWording },
  { msisdn, said, at }: ReplyBySms,
): Promise<boolean> {
  const since = new Date(at.getTime() - answerDays * 86_400_000);
  const [asked, ...others] = await deps.tx.$queryRaw<
    { complaintId: number; kind: string }[]
  >`
    select q.complaint_id as "complaintId", q.kind from complaint_questions q
      join complaints c on c.id = q.complaint_id
    where c.contact_msisdn = ${msisdn} and c.respond_by = 'sms' and q.answered_at is null and q.asked_at >= ${since}
      and c.waiting_since is not null
      and not exists (select from messages m where m.msisdn = ${msisdn} and m.purpose = 'payment.unconfirmed'
        and m.state in ('sent', 'delivered', 'unknown') and m.begun_at between q.asked_at and ${at})`;
  const answer = asked && meant[asked.kind]?.[said];
  if (asked === undefined || answer === undefined || others.length > 0)
    return false;
  const { complaintId } = asked;
  const kept = await answerQuestion(deps, {
    ...{ complaintId, householdId: undefined, answer, by: 'sms' },
  });
  return kept.kind === 'done';
}
