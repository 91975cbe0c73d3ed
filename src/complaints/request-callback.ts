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

/** What the caller is told. */
export interface PromisedCall {
  /** Two digits that the person who calls will say, so that she can be told from others. */
  code: string;
  when: 'today' | 'tomorrow';
}

/** Takes down that somebody asks to be called, and when. */
export async function requestCallback(
  deps: { tx: Tx; clock: Clock },
  request: { msisdn: string; slot: Slot; locale: string },
): Promise<PromisedCall> {
  const { tx, clock } = deps;
  const now = clock.now();
  const today = clock.today();
  const when =
    now.getUTCHours() < lastAskHour[request.slot] ? 'today' : 'tomorrow';
  const code = String(randomInt(10, 100));
  await tx.callback.create({
    data: {
      eventId: randomUUID(),
      msisdn: request.msisdn,
      slot: request.slot,
      locale: request.locale,
      spokenCode: code,
      requestedAt: now,
      callOn: new Date(when === 'today' ? today : addDays(today, 1)),
    },
  });
  return { code, when };
}
