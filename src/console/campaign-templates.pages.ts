import { listTemplates } from '../campaigns/campaign-templates';
import { languageNames } from './campaign-look.pages';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** Texts that are kept to begin from. */
export const campaignTemplatesPages: readonly Route[] = [
  forStaff('get', '/campagnes/modeles', 'campaigns.prepare', show),
];

async function show({ house }: StaffedVisit): Promise<Reply> {
  const nameOf = languageNames(house);
  const templates = await listTemplates(house.db);
  return {
    ...{ kind: 'page', view: 'campaign-templates', title: 'Modèles' },
    values: {
      templates: templates.map((one) => ({
        ...one,
        texts: Object.entries(one.texts).map(([locale, texts]) => ({
          ...{ locale, name: nameOf(locale), own: texts.own },
        })),
      })),
    },
  };
}
