import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import type { Log } from '../runtime/logger';
import type { Sealing } from '../runtime/sealing';
import type { Texts } from '../text/texts';
import type { SessionStore } from './session-store';

/** What answering a caller needs. */
export interface UssdHouse {
  db: Database;
  store: SessionStore;
  texts: Texts;
  clock: Clock;
  log: Log;
  sealing: Sealing;
  /** Key of every keyed hash: numbers, sessions, paths, cards. */
  hashKey: string;
  /** Numbers to call, as they are shown. */
  contacts: readonly string[];
  /** Facts older than this are shown with their day. */
  dataFreshDays: number;
  /** `<locale> <flow>` of screens shown in the first language until their texts are signed. */
  blockedScreens: ReadonlySet<string>;
}
