import { chooseSms } from '../register/choose-for-phone';
import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { silencePhone } from './silence-phone';

/** Keeps whether SMS may come to a phone. Off beats everything: what has not gone is taken back. */
export async function changeSmsChoice(
  deps: { tx: Tx; clock: Clock },
  msisdn: string,
  smsOn: boolean,
): Promise<void> {
  await chooseSms(deps, msisdn, smsOn);
  if (!smsOn) await silencePhone(deps, msisdn);
}
