import { randomInt, randomUUID } from 'node:crypto';

import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { AppError } from '../runtime/errors';
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

/** As it is read here: what was not said is nothing. */
type Asked = Omit<WantedCall, 'prefersWoman'> & {
  prefersWoman?: boolean | null | undefined;
};

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

/** Numbers for which one phone may ask in a day: a phone is shared, and a flood is more. */
const numbersPerDay = 5;

/**
 * Takes down that somebody asks to be called, and when. Asked again from the same phone for the same number while nobody
 * has called yet, the call is moved, and its code stays. One statement: the sealed line must not be told from this one by
 * the time that it takes.
 * @param askedKey keyed hash of the phone that asks
 * @throws AppError `conflict` when a phone has asked for that many other numbers today
 */
export async function requestCallback(
  { tx, clock }: { tx: Tx; clock: Clock },
  { msisdn, slot, locale, prefersWoman = null }: Asked,
  askedKey: string | null = null,
): Promise<PromisedCall> {
  const { when, day } = promisedDay(clock, slot);
  const [kept] = await tx.$queryRaw<{ code: string }[]>`
    insert into callbacks as b
      (event_id, msisdn, slot, locale, prefers_woman, spoken_code, requested_at, call_on, asked_key)
    select ${randomUUID()}, ${msisdn}, ${slot}, ${locale}, ${prefersWoman}::boolean, ${String(randomInt(10, 100))},
      ${clock.now()}::timestamptz, ${day}::date, ${askedKey}::text
    where (select count(distinct other.msisdn) from callbacks other
      where other.asked_key = ${askedKey} and other.requested_at >= ${clock.today()}::date
        and other.msisdn <> ${msisdn}) < ${numbersPerDay}
    on conflict (asked_key, msisdn) where closed_at is null do update
      set slot = excluded.slot, locale = excluded.locale, prefers_woman = excluded.prefers_woman,
        requested_at = excluded.requested_at, call_on = excluded.call_on
    returning b.spoken_code as code`;
  if (kept === undefined)
    throw new AppError('conflict', 'one phone asks for calls to many');
  return { code: kept.code, when };
}
