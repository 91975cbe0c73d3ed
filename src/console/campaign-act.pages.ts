import { type CampaignAct, campaignActs } from './campaign-acts';
import { showCampaign } from './campaign.pages';
import { saying } from './notices';
import { ofCampaign, refusalOf } from './of-campaign';
import { forStaff, type Reply, type Route } from './route';

/** Every act on a campaign; one that is refused shows the campaign again, with why and with what was typed. */
export const campaignActPages: readonly Route[] = campaignActs.map((one) =>
  forStaff(
    'post',
    `/campagnes/:id/${one.word}`,
    one.permission,
    ofCampaign((visit, campaign) => doIt(one, visit, campaign)),
  ),
);

async function doIt(
  one: CampaignAct,
  visit: Parameters<typeof showCampaign>[0],
  campaign: Parameters<typeof showCampaign>[1],
): Promise<Reply> {
  const { house, staff, form } = visit;
  let path = '';
  const refusal = await refusalOf(async () => {
    path = await one.act({
      ...{ campaign, form, member: staff.member },
      desk: house.campaignDesk(),
    });
  });
  return refusal === undefined
    ? { kind: 'goTo', path: saying(path, one.notice) }
    : showCampaign(visit, campaign, { act: one, refusal });
}
