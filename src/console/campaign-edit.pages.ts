import { type Audience, readAudience } from '../campaigns/audience';
import type { CampaignRow } from '../campaigns/campaign-row';
import { subjectOf } from '../campaigns/campaign-filling';
import { localesOf } from '../campaigns/campaign-desk';
import { textVariants } from '../campaigns/campaign-texts';
import { changeCampaign, draftCampaign } from '../campaigns/draft-campaign';
import { mayMoveTo } from '../campaigns/lifecycle';
import { type Finding } from '../campaigns/lint-campaign';
import { lintOf } from '../campaigns/submit-campaign';
import type { AppError } from '../runtime/errors';
import { campaignChoices, keptWords } from './campaign-choices';
import { fieldsOf } from './campaign-fields';
import { draftOf, mostPasted } from './campaign-form';
import { languageNames } from './campaign-look.pages';
import { startingFields, starts } from './campaign-starts';
import { campaignPath } from './campaign-tabs';
import { variantTitles } from './campaign-words';
import { saying } from './notices';
import { ofCampaign, refusalOf } from './of-campaign';
import {
  type Fields,
  forStaff,
  type Reply,
  type Route,
  type StaffedVisit,
} from './route';
import { readNumber } from './read-fields';

/** Writing a campaign, and changing it. */
export const campaignEditPages: readonly Route[] = [
  forStaff('get', '/campagnes/nouvelle', 'campaigns.prepare', fresh),
  forStaff('post', '/campagnes/nouvelle', 'campaigns.prepare', write),
  forStaff(
    'get',
    '/campagnes/:id/changer',
    'campaigns.prepare',
    ofCampaign(change),
  ),
  forStaff(
    'post',
    '/campagnes/:id/changer',
    'campaigns.prepare',
    ofCampaign(rewrite),
  ),
];

async function fresh({ house, query }: StaffedVisit): Promise<Reply> {
  const typed = await startingFields(house.campaignDesk(), query);
  return form(house, { typed });
}

async function write({
  house,
  staff,
  form: typed,
}: StaffedVisit): Promise<Reply> {
  const desk = house.campaignDesk();
  let id = 0;
  const refusal = await refusalOf(async () => {
    const draft = draftOf(typed, {}, localesOf(desk));
    id = await draftCampaign(desk, staff.member, draft);
  });
  return refusal === undefined
    ? { kind: 'goTo', path: saying(campaignPath(id), 'campagneEcrite') }
    : form(house, { typed, refusal });
}

async function change(
  { house }: StaffedVisit,
  campaign: CampaignRow,
): Promise<Reply> {
  if (!mayBeChanged(campaign)) return { kind: 'notFound' };
  const subject = await subjectOf(house, campaign);
  return form(house, { typed: fieldsOf(campaign, subject), campaign });
}

async function rewrite(
  { house, staff, form: typed }: StaffedVisit,
  campaign: CampaignRow,
): Promise<Reply> {
  const desk = house.campaignDesk();
  const refusal = await refusalOf(async () => {
    const kept = readAudience(campaign.audience);
    const version = readNumber(typed['version']) ?? 0;
    const draft = draftOf(typed, kept, localesOf(desk));
    await changeCampaign(desk, staff.member, campaign.id, {
      ...draft,
      version,
    });
  });
  return refusal === undefined
    ? {
        kind: 'goTo',
        path: saying(campaignPath(campaign.id), 'campagneChangee'),
      }
    : form(house, { typed, refusal, campaign });
}

/** A draft, or what may become one again. */
export function mayBeChanged({ state }: Pick<CampaignRow, 'state'>): boolean {
  return state === 'draft' || mayMoveTo(state, 'draft');
}

/** The form, with what was typed and why it was not taken. */
async function form(
  house: StaffedVisit['house'],
  {
    typed,
    refusal,
    campaign,
  }: { typed: Fields; refusal?: AppError | undefined; campaign?: CampaignRow },
): Promise<Reply> {
  const desk = house.campaignDesk();
  const kept: Audience = campaign ? readAudience(campaign.audience) : {};
  const findings = campaign ? await lintOf(desk, campaign) : [];
  const title = campaign ? 'Changer la campagne' : 'Nouvelle campagne';
  return {
    ...{ kind: 'page', view: 'campaign-form', title },
    ...(refusal !== undefined && {
      status: refusal.kind === 'invalid' ? 422 : 409,
    }),
    values: {
      ...(await campaignChoices(house, typed)),
      ...{ typed, campaign, mostPasted, kept: keptWords(kept) },
      faults: faultsOf(refusal),
      at: campaign ? campaignPath(campaign.id) : undefined,
      starts: campaign ? undefined : await starts(desk),
      textGroups: textGroups(house, typed, findings),
      isVoided: campaign !== undefined && campaign.fingerprint !== null,
    },
  };
}

/** Which field a sentence of a use case is about: the others stand above all of them. */
const fieldsByWord: readonly [RegExp, string][] = [
  [/titre/, 'titre'],
  [/code|sous le code/, 'code'],
  [/plafond/, 'plafond'],
  [/part d'échecs/, 'echecs'],
  [/durée de validité/, 'duree'],
  [/heure du départ/, 'depart'],
  [/public/, 'public'],
];

function faultsOf(refusal: AppError | undefined): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const line of refusal?.message.split('\n') ?? []) {
    const field =
      fieldsByWord.find(([words]) => words.test(line))?.[1] ?? 'formulaire';
    faults[field] = [faults[field] ?? [], line].flat().join(' ');
  }
  return faults;
}

/** The texts of each language, with what the linter says of each. */
export function textGroups(
  house: StaffedVisit['house'],
  typed: Fields,
  findings: readonly (Finding & { id?: string })[],
) {
  const nameOf = languageNames(house);
  return house.texts.languages.map(({ code }) => ({
    ...{ locale: code, name: nameOf(code), reviewed: typed[`relu-${code}`] },
    says: findings.filter(
      ({ locale, variant }) => locale === code && variant === undefined,
    ),
    texts: textVariants.map((variant) => {
      const name = `texte-${code}-${variant}`;
      return {
        ...{ name, title: variantTitles[variant], text: typed[name] ?? '' },
        says: findings.filter(
          (one) => one.locale === code && one.variant === variant,
        ),
      };
    }),
  }));
}
