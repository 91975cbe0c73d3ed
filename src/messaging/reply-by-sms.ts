import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { isMsisdn, parseCaller } from '../text/msisdn';
import type { SmsWording } from './compose';
import { queueMessage } from './queue-message';

/** The answers that an SMS may get. None of them tells anything of anybody. */
export type ReplyPurpose =
  'reply.stopped' | 'reply.resumed' | 'reply.info' | 'reply.noted';

/** What replying needs. */
export interface ReplyDeps {
  tx: Tx;
  clock: Clock;
  wording: SmsWording;
}

/** To whom, to which SMS. */
export interface Reply {
  purpose: ReplyPurpose;
  inboundId: number;
  from: string;
  /** Where their SMS went: that number is ours. */
  to: string;
}

/**
 * A machine at the other end may answer our answer, for ever: a number gets no more than these. That a STOP was
 * carried out is said up to the day's limit.
 */
export const REPLIES = { anHour: 3, aDay: 6 } as const;

/** An answer that comes the next day answers nothing. */
const lifeHours = 12;

/**
 * Answers an SMS, in the language of its phone, when a person can read the answer: no short code, no name, no number of
 * our own, and nobody who was answered too often already. @returns whether an answer goes
 */
export async function replyBySms(
  deps: ReplyDeps,
  reply: Reply,
): Promise<boolean> {
  const { tx, clock, wording } = deps;
  const { purpose, inboundId: subjectId, from, to } = reply;
  const caller = parseCaller(from);
  if (caller === undefined || !isMsisdn(caller) || from === to) return false;
  if (await isAnsweredEnough(deps, reply)) return false;
  const locale = await localeOf(tx, from);
  const sms = wording.compose(purpose, locale ?? wording.locales[0]);
  const queued = await queueMessage(
    { tx, clock },
    { purpose, subjectId, msisdn: from, sms, lifeHours },
  );
  return queued === 'written';
}

async function isAnsweredEnough(
  { tx, clock }: ReplyDeps,
  { from: msisdn, purpose }: Reply,
): Promise<boolean> {
  const repliesSince = (hours: number) =>
    tx.message.count({
      where: {
        ...{ msisdn, class: 'reply' },
        writtenAt: { gt: new Date(clock.now().getTime() - hours * 3_600_000) },
      },
    });
  if ((await repliesSince(24)) >= REPLIES.aDay) return true;
  return (
    purpose !== 'reply.stopped' && (await repliesSince(1)) >= REPLIES.anHour
  );
}

/** The phone's own choice, else what the register says of a household that it is linked to. */
async function localeOf(tx: Tx, msisdn: string): Promise<string | undefined> {
  const [found] = await tx.$queryRaw<{ locale: string | null }[]>`
    select coalesce((select locale from phones where msisdn = ${msisdn}),
      (select h.locale from phone_links l join households h on h.id = l.household_id
        where l.msisdn = ${msisdn} and l.ended_at is null order by l.started_at desc limit 1)) as locale`;
  return found?.locale ?? undefined;
}
