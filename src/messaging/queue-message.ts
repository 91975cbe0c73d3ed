import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import type { ComposedSms } from './compose';
import type { MessageState } from './lifecycle';
import { purposeRule, type Purpose, testPurpose } from './purposes';
import { nextDecent } from './quiet-hours';

/** One message to one number. */
export interface NewMessage {
  purpose: Purpose | typeof testPurpose;
  /** What it speaks of, in the table that its purpose is about. */
  subjectId: number;
  /** Which event, or which date, of its subject. */
  round?: number;
  msisdn: string;
  sms: Omit<ComposedSms, 'template'> & { template: string };
  /** How long it makes sense from now on. */
  lifeHours: number;
  /** Put on the call list where the phone's holder wants no SMS. */
  householdId?: number;
}

/** Written; or this very message was written before; or its phone takes none. */
export type Queued = 'written' | 'repeated' | 'optedOut';

const hourMs = 3_600_000;

/**
 * Writes one message in the transaction of the fact that it tells: it goes when
 * that commits, and not otherwise. Written again it changes nothing. One statement.
 */
export async function queueMessage(
  { tx, clock }: { tx: Tx; clock: Clock },
  message: NewMessage,
): Promise<Queued> {
  const { purpose, subjectId, round = 0, msisdn, sms } = message;
  const { class: itsClass, anyHour = false } = purposeRule(purpose);
  const now = clock.now();
  const due = anyHour ? now : nextDecent(now);
  const state: MessageState = due > now ? 'held' : 'queued';
  const expires = new Date(due.getTime() + message.lifeHours * hourMs);
  // Whoever said STOP is answered once all the same: that is what a reply is, and a test is none.
  const isReply = itsClass === 'reply' && purpose !== testPurpose;
  const [told] = await tx.$queryRaw<{ silent: boolean; written: boolean }[]>`
    with phone as (
      select not ${isReply} and exists (select from phones where msisdn = ${msisdn} and sms_on is false) as silent
    ), written as (
      insert into messages (purpose, subject_id, round, msisdn, class, template, locale, text, encoding, segments,
        state, reason, due_at, expires_at, written_at)
      select ${purpose}, ${subjectId}, ${round}, ${msisdn}, ${itsClass}, ${sms.template}, ${sms.locale}, ${sms.text},
        ${sms.encoding}, ${sms.segments}, ${state}, ${state === 'held' ? 'quietHours' : null}, ${due}, ${expires}, ${now}
      from phone where not silent
      on conflict (msisdn, purpose, subject_id, round) do nothing
      returning id
    ), listed as (
      insert into call_list_entries (purpose, subject_id, round, household_id, reason, listed_at)
      select ${purpose}, ${subjectId}, ${round}, ${message.householdId ?? null}::integer, 'optedOut', ${now}
      from phone where silent and ${message.householdId ?? null}::integer is not null
      on conflict (household_id, purpose, subject_id, round) do nothing
    )
    select silent, exists (select from written) as written from phone`;
  if (told?.silent === true) return 'optedOut';
  return told?.written === true ? 'written' : 'repeated';
}
