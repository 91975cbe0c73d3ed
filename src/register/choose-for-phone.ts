import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';

/** Keeps the language that the holder of a phone chose. It beats every file. */
export async function chooseLanguage(
  deps: { tx: Tx; clock: Clock },
  msisdn: string,
  locale: string,
): Promise<void> {
  const choice = { locale, localeChosenAt: deps.clock.now() };
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
