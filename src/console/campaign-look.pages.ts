import type { CampaignRow } from '../campaigns/campaign-row';
import { previewCampaign } from '../campaigns/preview-campaign';
import { reckonCampaign } from '../campaigns/reckon-campaign';
import { spokenTexts } from '../campaigns/spoken-texts';
import { shownNumbers } from './campaign-numbers';
import { capital } from './campaign-words';
import type { ConsoleHouse } from './console-house';
import type { CampaignTab } from './campaign-tabs';
import {
  campaignHead,
  type CampaignPage,
  ofCampaign,
  refusalOf,
} from './of-campaign';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** What a campaign says on real phones, what it does before anything is sent, and what is said without a phone. */
export const campaignLookPages: readonly Route[] = [
  forStaff(
    'get',
    '/campagnes/:id/apercu',
    'campaigns.prepare',
    ofCampaign(unlessBad('preview', preview)),
  ),
  forStaff(
    'get',
    '/campagnes/:id/chiffres',
    'campaigns.prepare',
    ofCampaign(unlessBad('numbers', numbers)),
  ),
  forStaff(
    'get',
    '/campagnes/:id/radio',
    'campaigns.prepare',
    ofCampaign(unlessBad('spoken', spoken)),
  ),
];

/** A draft may hold a text that cannot be filled yet: its page says so, and leads to it. */
function unlessBad(tab: CampaignTab, show: CampaignPage): CampaignPage {
  return async (visit, campaign) => {
    let reply: Reply | undefined;
    const refusal = await refusalOf(async () => {
      reply = await show(visit, campaign);
    });
    return (
      reply ?? {
        ...{ kind: 'page', view: 'campaign-bad', title: campaign.title },
        values: { ...campaignHead(campaign, tab), why: refusal?.message },
      }
    );
  };
}

/** The name of a language of the service. */
export function languageNames({
  texts,
}: Pick<ConsoleHouse, 'texts'>): (code: string) => string {
  return (code) =>
    capital(texts.languages.find((one) => one.code === code)?.name ?? code);
}

async function preview(
  { house }: StaffedVisit,
  campaign: CampaignRow,
): Promise<Reply> {
  const nameOf = languageNames(house);
  const kinds = await previewCampaign(house.campaignDesk(), campaign);
  return {
    ...{ kind: 'page', view: 'campaign-preview' },
    title: `Aperçu · ${campaign.title}`,
    values: {
      ...campaignHead(campaign, 'preview'),
      kinds: kinds.map(({ locale, shared, zone, examples }) => ({
        locale,
        title: [
          nameOf(locale),
          shared ? 'téléphone partagé' : 'téléphone du ménage',
          ...(zone === 'insecure' ? ['zone peu sûre'] : []),
        ].join(', '),
        first: examples[0],
        others: examples.slice(1),
      })),
    },
  };
}

/** How often the page asks while an audience is counted. */
const askEveryS = 2;

async function numbers(
  { house }: StaffedVisit,
  campaign: CampaignRow,
): Promise<Reply> {
  const reckoned = await house.reckonings.of(campaign, () =>
    reckonCampaign(house.campaignDesk(), campaign),
  );
  const head = campaignHead(campaign, 'numbers');
  const title = `Chiffres · ${campaign.title}`;
  if (reckoned === undefined)
    return {
      ...{ kind: 'page', view: 'campaign-counting', title },
      values: { ...head, askEveryS },
    };
  return {
    ...{ kind: 'page', view: 'campaign-numbers', title },
    values: {
      ...head,
      ...shownNumbers(reckoned, languageNames(house)),
      isTooDear: reckoned.costXof > campaign.ceilingXof,
    },
  };
}

async function spoken(
  { house }: StaffedVisit,
  campaign: CampaignRow,
): Promise<Reply> {
  const nameOf = languageNames(house);
  const texts = spokenTexts(house.campaignDesk(), campaign);
  return Promise.resolve({
    ...{ kind: 'page', view: 'campaign-spoken' },
    title: `Radio et affiche · ${campaign.title}`,
    values: {
      ...campaignHead(campaign, 'spoken'),
      spoken: texts.map((one) => ({ ...one, name: nameOf(one.locale) })),
    },
  });
}
