import { listTemplates } from '../campaigns/campaign-templates';
import type { CampaignDesk } from '../campaigns/campaign-desk';
import { catalogueTexts } from '../campaigns/catalogue-texts';
import { textVariants } from '../campaigns/campaign-texts';
import { textFields } from './campaign-fields';
import type { Fields } from './route';

/** Texts of the service itself from which a campaign may begin. */
const catalogue: Readonly<
  Record<string, { key: string; title: string; sujet: string }>
> = {
  confirmer: {
    ...{ key: 'payment.unconfirmed', title: 'Avez-vous été payée ?' },
    sujet: '',
  },
  'paiement-deplace': {
    ...{ key: 'payment.moved', title: 'Paiement : nouvelles dates' },
    sujet: 'wave',
  },
  'paiement-reporte': {
    ...{ key: 'payment.postponed', title: 'Paiement reporté' },
    sujet: 'wave',
  },
  distribution: {
    ...{ key: 'distribution.reminder', title: 'Rappel de distribution' },
    sujet: 'distribution',
  },
  seance: {
    ...{ key: 'session.reminder', title: 'Rappel de séance' },
    sujet: 'session',
  },
};

const usual = { echecs: '20', duree: '72', concernes: '1', plafond: '' };

/** The fields of a new campaign, as it begins from `?depuis=` or `?modele=`. */
export async function startingFields(
  desk: CampaignDesk,
  query: Fields,
): Promise<Fields> {
  const begun = catalogue[query['depuis'] ?? ''];
  if (begun !== undefined && Object.hasOwn(catalogue, query['depuis'] ?? ''))
    return {
      ...{ ...usual, titre: begun.title, sujet: begun.sujet },
      ...textFields(catalogueTexts(desk, begun.key)),
    };
  const templates = await listTemplates(desk.db);
  const template = templates.find(({ name }) => name === query['modele']);
  if (template !== undefined)
    return {
      ...{ ...usual, titre: template.title },
      modele: `${template.name} ${template.version}`,
      ...textFields(template.texts),
    };
  return {
    ...usual,
    ...Object.fromEntries(
      desk.languages.flatMap(({ code }) =>
        textVariants.map((variant) => [
          `texte-${code}-${variant}`,
          `${code === 'bm' ? 'Jigisɛmɛjiri' : 'Jigisèmèjiri'}: `,
        ]),
      ),
    ),
  };
}

/** From what a campaign may begin. */
export async function starts(
  desk: CampaignDesk,
): Promise<{ path: string; text: string }[]> {
  const at = '/console/campagnes/nouvelle';
  const templates = await listTemplates(desk.db);
  return [
    { path: at, text: 'Page blanche' },
    ...Object.entries(catalogue).map(([word, { title }]) => ({
      path: `${at}?depuis=${word}`,
      text: title,
    })),
    ...templates.map(({ name, title, version }) => ({
      path: `${at}?modele=${name}`,
      text: `${title} (modèle, version ${version})`,
    })),
  ];
}
