import type { CampaignRow } from '../campaigns/campaign-row';
import { mayMoveTo } from '../campaigns/lifecycle';
import { campaignProgress } from '../campaigns/progress';
import { isDecent, nextDecent } from '../messaging/quiet-hours';
import { holds } from '../staff/permissions';
import { liveFrame, liveOf } from './campaign-live';
import { haltWords } from './campaign-words';
import { campaignHead, ofCampaign } from './of-campaign';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** How a campaign goes out, and what its script asks meanwhile. */
export const campaignLivePages: readonly Route[] = [
  forStaff(
    'get',
    '/campagnes/:id/envoi',
    'campaigns.prepare',
    ofCampaign(show),
  ),
  {
    ...forStaff(
      'get',
      '/campagnes/:id/envoi/avance',
      'campaigns.prepare',
      ofCampaign(tell),
    ),
    isByItself: true,
  },
];

async function show(
  { house, staff }: StaffedVisit,
  campaign: CampaignRow,
): Promise<Reply> {
  if (campaign.startedAt === null) return { kind: 'notFound' };
  const progress = await campaignProgress(house, campaign.id);
  const { state } = campaign;
  const isHalted = state === 'halted';
  const isTooDear = campaign.haltCause === 'tooDear';
  const mayDecide = isHalted && holds(staff.member, 'campaigns.approve');
  return {
    ...{ kind: 'page', view: 'campaign-live' },
    title: `Envoi · ${campaign.title}`,
    values: {
      ...campaignHead(campaign, 'live'),
      ...{ ...liveOf(progress), ...liveFrame(progress) },
      isGoing: state === 'sending',
      goesOnAt:
        state === 'sending' && progress.waiting > 0
          ? nightEnd(house.clock.now())
          : undefined,
      mayPause: mayMoveTo(state, 'paused'),
      mayResume: state === 'paused' || (mayDecide && !isTooDear),
      mayRaise: mayDecide && isTooDear,
      mayCancel: mayMoveTo(state, 'cancelled'),
      halt: isHalted ? haltWords(campaign.haltCause) : undefined,
    },
  };
}

/** When messages go again, where nothing goes now: nobody is written to at night. */
function nightEnd(now: Date): Date | undefined {
  return isDecent(now) ? undefined : nextDecent(now);
}

/** Small, and the same until something moved. */
async function tell(
  { house }: StaffedVisit,
  campaign: CampaignRow,
): Promise<Reply> {
  const progress = await campaignProgress(house, campaign.id);
  const { state } = campaign;
  return { kind: 'told', told: { state, ...liveOf(progress) } };
}
