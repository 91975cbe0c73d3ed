import {
  goneInLastMinute,
  messageSums,
  type MessageSum,
} from '../messaging/message-counts';
import type { MessageState } from '../messaging/lifecycle';
import { operatorLanes, type OperatorLane } from '../messaging/operator-lane';
import type { Database } from '../runtime/database';
import type { CampaignDesk } from './campaign-desk';
import { endOf } from './reckon-campaign';

/** How messages stand, as staff count them: all of them together are the target. */
export interface StandingCounts {
  /** Not gone yet, or held by a sender. */
  waiting: number;
  /** Taken by a gateway; those that are known to have arrived among them. */
  sent: number;
  delivered: number;
  failed: number;
  unknown: number;
  /** Taken back, too late, or not wanted any more. */
  skipped: number;
}

/** How far a campaign is. */
export interface CampaignProgress extends StandingCounts {
  target: number;
  costXof: number;
  segments: number;
  /** Messages a second, over the last minute. */
  perSecond: number;
  /** When it would be over at that pace; undefined while nothing goes. */
  endsAt: Date | undefined;
  byOperator: (StandingCounts & { operator: OperatorLane; costXof: number })[];
  /** Of what has gone and is known, in percent. */
  failedPercent: number;
}

const counted: Readonly<Record<MessageState, keyof StandingCounts>> = {
  held: 'waiting',
  queued: 'waiting',
  sending: 'waiting',
  sent: 'sent',
  delivered: 'sent',
  failed: 'failed',
  unknown: 'unknown',
  cancelled: 'skipped',
  expired: 'skipped',
};

/** How far a campaign is: two sums over some rows, whatever its size. */
export async function campaignProgress(
  { db, clock }: { db: Pick<Database, 'pool'> } & Pick<CampaignDesk, 'clock'>,
  campaignId: number,
): Promise<CampaignProgress> {
  const [sums, lastMinute] = await Promise.all([
    messageSums(db, campaignId),
    goneInLastMinute(db, campaignId),
  ]);
  const all = standingOf(sums);
  const gone = all.sent + all.failed;
  const perSecond = lastMinute / 60;
  return {
    ...all,
    target: sums.reduce((total, { messages }) => total + messages, 0),
    costXof: sums.reduce((total, { priceXof }) => total + priceXof, 0),
    segments: sums.reduce((total, { segments }) => total + segments, 0),
    perSecond,
    endsAt:
      all.waiting === 0 || perSecond === 0
        ? undefined
        : endOf(clock.now(), all.waiting / perSecond),
    byOperator: operatorLanes
      .map((operator) => ({
        operator,
        own: sums.filter((one) => one.operator === operator),
      }))
      .filter(({ own }) => own.length > 0)
      .map(({ operator, own }) => ({
        ...{ operator, ...standingOf(own) },
        costXof: own.reduce((total, { priceXof }) => total + priceXof, 0),
      })),
    failedPercent: gone === 0 ? 0 : (100 * all.failed) / gone,
  };
}

function standingOf(sums: readonly MessageSum[]): StandingCounts {
  const standing: StandingCounts = {
    ...{ waiting: 0, sent: 0, delivered: 0 },
    ...{ failed: 0, unknown: 0, skipped: 0 },
  };
  for (const { state, messages } of sums) {
    standing[counted[state]] += messages;
    if (state === 'delivered') standing.delivered += messages;
  }
  return standing;
}
