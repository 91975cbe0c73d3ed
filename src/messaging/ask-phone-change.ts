import { requestPhoneChange } from '../register/request-phone-change';
import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import type { SmsWording } from './compose';
import { queueMessage } from './queue-message';

/** How long whoever holds the old number may object, in hours. Source: the programme's rules for phones. */
const objectionHours = 72;

/**
 * Takes down that a household asks for a new number and tells the old one, in decent hours: whoever tries to take a
 * household over is seen by it. Where the old one takes no SMS, somebody goes there.
 */
export async function askPhoneChange(
  deps: { tx: Tx; clock: Clock; wording: SmsWording },
  request: { householdId: number; newMsisdn: string },
): Promise<void> {
  const { changeId, old } = await requestPhoneChange(deps, request);
  if (old === undefined || old.msisdn === request.newMsisdn) return;
  const template = old.isShared
    ? 'phone.changeAsked.shared'
    : 'phone.changeAsked.own';
  const [first] = deps.wording.locales;
  await queueMessage(deps, {
    ...{ purpose: 'phone.changeAsked', subjectId: changeId },
    ...{ msisdn: old.msisdn, lifeHours: objectionHours },
    sms: deps.wording.compose(template, old.locale ?? first),
    householdId: request.householdId,
  });
}
