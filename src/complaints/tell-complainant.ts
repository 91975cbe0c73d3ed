import type { SmsWording } from '../messaging/compose';
import { queueMessage, type Queued } from '../messaging/queue-message';
import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { spokenPairs } from '../text/check-digit';
import { bamakoDay, shortDay } from '../text/dates';

/** What may be told of a complaint: that something happened, never what. */
export type Notice = 'acknowledged' | 'moved' | 'asked' | 'answered' | 'closed';

/** What happened to which complaint. */
export interface ToldEvent {
  complaintId: number;
  event: Notice;
  /** Row number of the act in the complaint's history, so that each is told once; 0 for the filing. */
  eventId: number;
}

/** How long each makes sense, in hours. */
const lifeHours: Readonly<Record<Notice, number>> = {
  acknowledged: 2 * 24,
  moved: 7 * 24,
  asked: 14 * 24,
  answered: 14 * 24,
  closed: 14 * 24,
};

/**
 * Writes to a complainant who wanted an answer by SMS, in the language of the complaint and in the transaction of
 * what happened. Whoever gave no name, wants a call or dials again is left alone, and so is one who awaits no answer,
 * what is closed at once. The sealed line is no complaint: nothing here knows of it.
 * @returns what became of the message; `unwanted` where none is to be written
 */
export async function tellComplainant(
  { tx, clock, wording }: { tx: Tx; clock: Clock; wording: SmsWording },
  { complaintId, event, eventId }: ToldEvent,
): Promise<Queued | 'unwanted'> {
  const complaint = await tx.complaint.findUniqueOrThrow({
    where: { id: complaintId },
    select: {
      ...{ reference: true, respondBy: true, anonymous: true },
      ...{ contactMsisdn: true, locale: true, dueOn: true },
    },
  });
  const { respondBy, anonymous, contactMsisdn, locale, dueOn } = complaint;
  if (respondBy !== 'sms' || anonymous || contactMsisdn === null)
    return 'unwanted';
  if (event === 'acknowledged' && dueOn === null) return 'unwanted';
  const sms = wording.compose(`complaint.${event}`, locale, {
    reference: spokenPairs(complaint.reference),
    ...(dueOn === null
      ? {}
      : { dueOn: shortDay(bamakoDay(dueOn), clock.today()) }),
  });
  return queueMessage(
    { tx, clock },
    {
      ...{ purpose: `complaint.${event}`, subjectId: complaintId, sms },
      ...{ round: eventId, msisdn: contactMsisdn, lifeHours: lifeHours[event] },
    },
  );
}
