import { addBody } from '../complaints/referral-bodies';
import { requestCallback } from '../complaints/request-callback';
import type { Officer } from '../complaints/visibility';
import { askPhoneChange } from '../messaging/ask-phone-change';
import type { SmsWording } from '../messaging/compose';
import type { Clock } from '../runtime/clock';
import { type Database, inTransaction } from '../runtime/database';
import { DEMO_BODIES } from './demo-complaints';
import { dayClock, type Plaintiff } from './demo-plaintiffs';

/** What the complaints of a demo are made with. */
export interface DemoDesk {
  db: Database;
  clock: Clock;
  wording: SmsWording;
}

/** Where people may be sent. Public leads, to be verified before anybody is. */
export async function addBodies(
  desk: DemoDesk,
  officer: Officer | undefined,
): Promise<void> {
  if (officer === undefined) return;
  for (const body of DEMO_BODIES) await addBody(desk, officer, body);
}

/** Some wait for a call. */
export async function askToBeCalled(
  { db, clock }: DemoDesk,
  waiting: readonly Plaintiff[],
): Promise<void> {
  const slots = ['morning', 'evening', 'midday', 'morning'] as const;
  const callers = waiting.filter(
    ({ msisdn, place }) => msisdn && place === 'kita',
  );
  for (const [at, slot] of slots.entries()) {
    const msisdn = callers[at]?.msisdn;
    if (!msisdn) continue;
    const asked = dayClock(clock, at - 2);
    await inTransaction(db, (tx) =>
      requestCallback(
        { tx, clock: asked },
        {
          ...{ msisdn, slot, locale: at % 2 === 0 ? 'bm' : 'fr' },
          ...(at === 1 && { prefersWoman: true }),
        },
      ),
    );
  }
}

/** Two ask for another number: one may be decided today, the other's old number may still say no. */
export async function askForNumbers(
  { db, clock, wording }: DemoDesk,
  waiting: readonly Plaintiff[],
): Promise<void> {
  const holders = waiting.filter(
    ({ msisdn, place }) => msisdn !== null && place === 'kita',
  );
  for (const [at, daysAgo] of [4, 1].entries()) {
    const householdId = holders[at + 4]?.householdId;
    if (typeof householdId !== 'number') continue;
    const asked = dayClock(clock, -daysAgo);
    await inTransaction(db, (tx) =>
      askPhoneChange(
        { tx, clock: asked, wording },
        { householdId, newMsisdn: `+2236900000${at + 1}` },
      ),
    );
  }
}
