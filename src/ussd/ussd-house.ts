import type { CounsellorLine } from '../complaints/counsellor-line';
import type { SmsWording } from '../messaging/compose';
import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import type { Log } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';
import type { Sealing } from '../runtime/sealing';
import type { Texts } from '../text/texts';
import type { ScreenTally } from './screen-tally';
import type { SessionStore } from './session-store';

/** What answering a caller needs. */
export interface UssdHouse {
  db: Database;
  store: SessionStore;
  texts: Texts;
  /** The words of what is told by SMS. */
  wording: SmsWording;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'add' | 'observe'>;
  /** Counts which screens are shown. */
  tally: Pick<ScreenTally, 'note'>;
  sealing: Sealing;
  /** Key of every keyed hash: numbers, sessions, paths, cards. */
  hashKey: string;
  counsellorLine: CounsellorLine;
  /** Numbers to call, as they are shown. */
  contacts: readonly string[];
  /** Facts older than this are shown with their day. */
  dataFreshDays: number;
  /** `<locale> <flow>` of screens shown in the first language until their texts are signed. */
  blockedScreens: ReadonlySet<string>;
}
