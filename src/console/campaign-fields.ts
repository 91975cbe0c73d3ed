import { readAudience } from '../campaigns/audience';
import type { CampaignRow } from '../campaigns/campaign-row';
import {
  type CampaignTexts,
  readTexts,
  textVariants,
} from '../campaigns/campaign-texts';
import type { CampaignSubject } from '../campaigns/campaign-subject';
import { listFields } from './campaign-form';
import type { Fields } from './route';

/** A campaign as the fields of its form have it. */
export function fieldsOf(
  campaign: CampaignRow,
  subject: CampaignSubject | undefined,
): Fields {
  const audience = readAudience(campaign.audience);
  const { units = [], rules = [], waveStates = [], languages = [] } = audience;
  const isOnList = listFields.some(
    ({ list, kind }) =>
      subject?.kind === kind && audience[list]?.includes(subject.code),
  );
  const boxes = [
    ...units.map(({ level, code }) => `u-${level}-${code}`),
    ...rules.map((code) => `r-${code}`),
    ...waveStates.map((state) => `w-${state}`),
    ...languages.map((code) => `l-${code}`),
    ...(isOnList ? ['concernes'] : []),
    ...(audience.households === undefined ? [] : ['garder-liste']),
    ...(audience.villages === undefined ? [] : ['garder-villages']),
  ];
  return {
    titre: campaign.title,
    sujet: subject?.kind ?? '',
    code: subject?.code ?? '',
    financement: campaign.financing ?? '',
    ...Object.fromEntries(
      listFields.map(({ list, kind, field }) => [
        field,
        (audience[list] ?? [])
          .filter((code) => kind !== subject?.kind || code !== subject.code)
          .join(', '),
      ]),
    ),
    sexe: audience.sex ?? '',
    deja: audience.standing ?? '',
    long: campaign.longBecause ?? '',
    plafond: String(campaign.ceilingXof),
    echecs: String(campaign.failurePercent),
    duree: String(campaign.lifeHours),
    depart: campaign.scheduledAt?.toISOString().slice(0, 16) ?? '',
    ...textFields(readTexts(campaign.texts)),
    ...Object.fromEntries(boxes.map((name) => [name, '1'])),
  };
}

/** Texts as fields. */
export function textFields(texts: CampaignTexts): Fields {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([locale, own]) => [
      ...textVariants.map((variant): [string, string] => [
        `texte-${locale}-${variant}`,
        own[variant],
      ]),
      ...(own.reviewedBy === undefined
        ? []
        : [[`relu-${locale}`, own.reviewedBy] satisfies [string, string]]),
    ]),
  );
}
