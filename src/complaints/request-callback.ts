import { randomInt, randomUUID } from 'node:crypto';

import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { addDays } from '../text/dates';

/** When somebody may be called. */
export type Slot = 'morning' | 'midday' | 'evening';

/** Hours of the day, in Bamako, before which a slot can still be kept today. */
const lastAskHour: Readonly<Record<Slot, number>> = {
  morning: 8,
  midday: 11,
  evening: 15,
};

/** Whom to call, when and how, on either line. */
export interface WantedCall {
  msisdn: string;
  slot: Slot;
  locale: string;
  /** Absent when the caller did not say. */
  prefersWoman?: boolean | undefined;
}

/** What the caller is told. */
export interface PromisedCall {
  /** Two digits that the person who calls will say, so that she can be told from others. */
  code: string;
  when: 'today' | 'tomorrow';
}

/** The next day on which a slot can be kept. */
export function promisedDay(
  clock: Clock,
  slot: Slot,
): Pick<PromisedCall, 'when'> & { day: string } {
  const today = clock.today();
  return clock.now().getUTCHours() < lastAskHour[slot]
    ? { when: 'today', day: today }
    : { when: 'tomorrow', day: addDays(today, 1) };
}

/** Takes down that somebody asks to be called, and when. */
export async function requestCallback(
  deps: { tx: Tx; clock: Clock },
  { msisdn, slot, locale, prefersWoman }: WantedCall,
): Promise<PromisedCall> {
  const { tx, clock } = deps;
  const { when, day } = promisedDay(clock, slot);
  const code = String(randomInt(10, 100));
  await tx.callback.create({
    data: {
      eventId: randomUUID(),
      msisdn,
      slot,
      locale,
      prefersWoman: prefersWoman ?? null,
      spokenCode: code,
      requestedAt: clock.now(),
      callOn: new Date(day),
    },
  });
  return { code, when };
}
