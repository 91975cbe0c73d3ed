import type { CampaignRow } from '../campaigns/campaign-row';
import { findCampaign } from '../campaigns/queries';
import { AppError } from '../runtime/errors';
import { campaignPath, tabsOf, type CampaignTab } from './campaign-tabs';
import { kindTitles, stateTag } from './campaign-words';
import { readNumber } from './read-fields';
import type { Reply, StaffedVisit } from './route';

/** Answers for one campaign. */
export type CampaignPage = (
  visit: StaffedVisit,
  campaign: CampaignRow,
) => Promise<Reply>;

/** A page of one campaign: the address of none answers as one that nobody made. */
export function ofCampaign(
  show: CampaignPage,
): (visit: StaffedVisit) => Promise<Reply> {
  return async (visit) => {
    const id = readNumber(visit.params['id']);
    if (id === undefined) return { kind: 'notFound' };
    const campaign = await found(visit, id);
    return campaign === undefined
      ? { kind: 'notFound' }
      : show(visit, campaign);
  };
}

async function found(
  { house }: StaffedVisit,
  id: number,
): Promise<CampaignRow | undefined> {
  try {
    return await findCampaign(house.db, id);
  } catch (error) {
    if (error instanceof AppError && error.kind === 'notFound')
      return undefined;
    throw error;
  }
}

/** What a use case said no to, for whoever asked; anything else that went wrong goes on. */
export async function refusalOf(
  act: () => Promise<unknown>,
): Promise<AppError | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (
      error instanceof AppError &&
      ['invalid', 'conflict', 'forbidden'].includes(error.kind)
    )
      return error;
    throw error;
  }
}

/** What stands at the top of every page of a campaign. */
export function campaignHead(
  campaign: CampaignRow,
  tab: CampaignTab,
): Record<string, unknown> {
  return {
    campaign,
    at: campaignPath(campaign.id),
    state: stateTag(campaign.state),
    kindTitle: kindTitles[campaign.kind] ?? campaign.kind,
    tabs: tabsOf(campaign, tab),
  };
}
