import { type OperatorLane, samplesOf } from '../messaging/operator-lane';
import { type PriceTable, USUAL_PRICES } from '../messaging/price-table';
import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import type { Texts } from '../text/texts';

/** What campaigns are prepared and led with. */
export interface CampaignDesk {
  /** Waits for long statements: a national audience takes some seconds. */
  db: Database;
  clock: Clock;
  texts: Pick<Texts, 't' | 'unreviewedKeys'>;
  /** The languages of the service, the source language first. */
  languages: Texts['languages'];
  shortCode: string;
  /** Names that gateways show as sender. */
  senderNames: readonly string[];
  /** Prices for networks of which staff wrote down none. */
  prices: PriceTable;
  /** Through what messages of a network go, and how many a second that bears. */
  wayOf: (lane: OperatorLane) => SendingWay;
}

/** A gateway, as far as it sets the pace. */
export interface SendingWay {
  gateway: string;
  perSecond: number;
}

/** Of a desk, what the settings of the service decide. */
export type CampaignGround = Omit<CampaignDesk, 'db' | 'clock'>;

/** What a gateway is reckoned to bear that tells nothing. Source: the programme's targets, SMS out. */
const usualPerSecond = 50;

/** Reads a ground off the settings. */
export function campaignGround(given: {
  texts: Texts;
  shortCode: string;
  senderNames: readonly (string | undefined)[];
  route: (
    msisdn: string,
  ) => readonly { name: string; perSecond?: number | undefined }[];
}): CampaignGround {
  const { texts, shortCode, senderNames, route } = given;
  return {
    ...{ texts, shortCode, languages: texts.languages, prices: USUAL_PRICES },
    senderNames: senderNames.filter((name) => name !== undefined),
    wayOf(lane) {
      const [sample = ''] = samplesOf(lane);
      const [first] = route(sample);
      return {
        gateway: first?.name ?? '-',
        perSecond: first?.perSecond ?? usualPerSecond,
      };
    },
  };
}

/** The languages that a phone may have, the first one for those that said none. */
export function localesOf({
  languages,
}: Pick<CampaignDesk, 'languages'>): readonly [string, ...string[]] {
  const [first = 'fr', ...others] = languages.map(({ code }) => code);
  return [first, ...others];
}
