import type { CampaignDesk } from '../campaigns/campaign-desk';
import type { Reckonings } from '../campaigns/reckonings';
import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import type { Log } from '../runtime/logger';
import type { SmsWording } from '../messaging/compose';
import type { StaffDesk } from '../staff/staff-desk';
import type { Texts } from '../text/texts';

/** What the pages of the staff work with. */
export interface ConsoleHouse {
  db: Database;
  /** The service's time, which a demo may set ahead. */
  clock: Clock;
  staff: StaffDesk;
  /** What complainants hear, and in which words they are written to. */
  texts: Texts;
  wording: SmsWording;
  /** Opened when a page of campaigns first asks: it waits for long statements. */
  campaignDesk: () => CampaignDesk;
  reckonings: Reckonings;
  log: Pick<Log, 'error'>;
  /** Telephone numbers of the programme, as they are told to callers. */
  contacts: readonly string[];
  hashKey: string;
  insideProduction: boolean;
  demo: boolean;
}
