import { ussdGateways } from '../../src/channels/index';
import { fixedClock } from '../../src/runtime/clock';
import { counsellorLine } from '../../src/complaints/counsellor-line';
import type { FixedClock } from '../../src/runtime/clock';
import type { Database } from '../../src/runtime/database';
import { createLogger } from '../../src/runtime/logger';
import { packageRoot } from '../../src/runtime/package-root';
import { createSealing } from '../../src/runtime/sealing';
import { openTexts } from '../../src/text/texts';
import { memorySessionStore } from '../../src/ussd/memory-session-store';
import type { SessionStore } from '../../src/ussd/session-store';
import type { UssdHouse } from '../../src/ussd/ussd-house';
import { smsWording } from './reminders';

/** What the sessions of a house under test are sealed with. */
export const sessionSecret = 'a secret for tests, long enough to be one';

/** A house under test, its clock and what it logged. */
export interface TestHouse extends UssdHouse {
  clock: FixedClock;
  lines: string[];
}

const texts = openTexts({ root: packageRoot });

/** Thursday 12 March 2026, ten in the morning in Bamako, unless told. */
export function ussdHouse(
  db: Database,
  change: { at?: string; store?: SessionStore } = {},
): TestHouse {
  const lines: string[] = [];
  const clock = fixedClock(change.at ?? '2026-03-12T10:00:00Z');
  const log = createLogger({
    level: 'debug',
    destination: { write: (line) => lines.push(line) },
  });
  return {
    db,
    store: change.store ?? memorySessionStore(() => clock.now().getTime()),
    texts,
    wording: smsWording,
    clock,
    log,
    lines,
    metrics: { add: () => undefined, observe: () => undefined },
    tally: { note: () => undefined },
    sealing: createSealing([sessionSecret]),
    hashKey: 'a hash key for tests, long enough to be one',
    counsellorLine: counsellorLine({ db, clock, log }),
    contacts: ['+223 20 22 16 15'],
    dataFreshDays: 3,
    blockedScreens: new Set(),
  };
}

/** The gateways as the service has them. */
export const gateways = ussdGateways();
