import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';

/**
 * Keeps the language that the holder of a phone chose, and the day: an hour would
 * tell when she called whatever else she did in that call. It beats every file.
 */
export async function chooseLanguage(
  deps: { tx: Tx; clock: Clock },
  msisdn: string,
  locale: string,
): Promise<void> {
  const choice = { locale, localeChosenAt: new Date(deps.clock.today()) };
  await deps.tx.phone.upsert({
    where: { msisdn },
    create: { msisdn, ...choice },
    update: choice,
  });
}

/** Keeps whether SMS may come to this phone. No import ever changes it. */
export async function chooseSms(
  deps: { tx: Tx; clock: Clock },
  msisdn: string,
  smsOn: boolean,
): Promise<void> {
  const choice = { smsOn, smsChosenAt: deps.clock.now() };
  await deps.tx.phone.upsert({
    where: { msisdn },
    create: { msisdn, ...choice },
    update: choice,
  });
}

/** What became of a wish: `same` as before; `older` than what was chosen since, which holds. */
export type SmsWish = 'changed' | 'same' | 'older';

/**
 * Keeps a wish about SMS that was spoken at some moment, unless something else was chosen since: wishes that come by
 * SMS may come late.
 */
export async function wishSms(
  tx: Tx,
  wish: { msisdn: string; smsOn: boolean; at: Date },
): Promise<SmsWish> {
  const { msisdn, smsOn, at } = wish;
  const [before] = await tx.$queryRaw<
    { smsOn: boolean | null; chosenAt: Date | null }[]
  >`select sms_on as "smsOn", sms_chosen_at as "chosenAt" from phones where msisdn = ${msisdn} for update`;
  if (before?.chosenAt && before.chosenAt > at) return 'older';
  const choice = { smsOn, smsChosenAt: at };
  await tx.phone.upsert({
    where: { msisdn },
    create: { msisdn, ...choice },
    update: choice,
  });
  return before?.smsOn === smsOn ? 'same' : 'changed';
}
