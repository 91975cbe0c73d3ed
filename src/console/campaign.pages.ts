import type { CampaignRow } from '../campaigns/campaign-row';
import { fillingOf, subjectOf } from '../campaigns/campaign-filling';
import { composeText, withAmount } from '../campaigns/compose-campaign';
import { hasWritten } from '../campaigns/decide-campaign';
import { type Finding, isRefused } from '../campaigns/lint-campaign';
import { readTexts, textVariants } from '../campaigns/campaign-texts';
import { lintOf } from '../campaigns/submit-campaign';
import { AppError } from '../runtime/errors';
import { smsLength } from '../text/segments';
import { holds } from '../staff/permissions';
import { audienceWords } from './campaign-audience';
import { type CampaignAct, campaignActs } from './campaign-acts';
import { mayBeChanged, textGroups } from './campaign-edit.pages';
import { textFields } from './campaign-fields';
import { storyOf } from './campaign-story';
import { haltWords, kindTitles } from './campaign-words';
import { campaignPath } from './campaign-tabs';
import { grouped } from './grouped';
import { campaignHead, ofCampaign } from './of-campaign';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** One campaign: what it is, what it says, what may be done, what happened. */
export const campaignPages: readonly Route[] = [
  forStaff(
    'get',
    '/campagnes/:id',
    'campaigns.prepare',
    ofCampaign((visit, campaign) => showCampaign(visit, campaign)),
  ),
];

/** An act that was refused. */
interface Refused {
  act: CampaignAct;
  refusal: AppError;
}

/** The page of a campaign; after a refusal with its sentences and with what was typed. */
export async function showCampaign(
  visit: StaffedVisit,
  campaign: CampaignRow,
  refused?: Refused,
): Promise<Reply> {
  const { house, staff } = visit;
  const { member } = staff;
  const desk = house.campaignDesk();
  const [linted, subject, story, isAuthor, kin] = await Promise.all([
    lintOf(desk, campaign),
    subjectOf(house, campaign),
    storyOf(house.db, campaign.id),
    hasWritten(house.db.prisma, campaign, member.id),
    house.db.prisma.campaign.findMany({
      where: { follows: campaign.id, kind: 'correction' },
      select: { id: true, title: true },
      orderBy: { id: 'desc' },
    }),
  ]);
  const findings = numbered(linted);
  const { target, ceilingXof, fingerprint, state } = campaign;
  const mayApprove = holds(member, 'campaigns.approve');
  return {
    ...{ kind: 'page', view: 'campaign', title: campaign.title },
    ...(refused !== undefined && {
      status: refused.refusal.kind === 'invalid' ? 422 : 409,
    }),
    values: {
      ...campaignHead(campaign, 'summary'),
      faults: faultsOf(refused, findings),
      about:
        subject && `${kindTitles[subject.kind] ?? ''} ${subject.code}`.trim(),
      audience: await audienceWords(house.db, campaign),
      ...{ target: target === null ? undefined : grouped(target) },
      ...{ ceilingXof, fingerprint, story, isAuthor, mayApprove },
      isRefused: isRefused(findings),
      warnings: findings.filter(({ level }) => level === 'warns'),
      unplaced: findings.filter(
        ({ level, variant }) => level === 'refuses' && variant === undefined,
      ),
      textGroups: textGroups(
        house,
        textFields(readTexts(campaign.texts)),
        findings,
      ).map((group) => ({
        ...group,
        texts: group.texts.map((text, at) => ({
          ...text,
          ...composed(visit, campaign, group.locale, textVariants[at]),
        })),
      })),
      acts: offered(visit, campaign, isAuthor, refused),
      mayChange: mayBeChanged(campaign),
      halt: state === 'halted' ? haltWords(campaign.haltCause) : undefined,
      because: state === 'rejected' ? story.at(0)?.because : undefined,
      corrections: kin.map(({ id, title }) => ({
        title,
        path: campaignPath(id),
      })),
      follows:
        campaign.follows === null ? undefined : campaignPath(campaign.follows),
    },
  };
}

/** Findings that stand in the way, each with the place to which its sentence leads after a refusal. */
function numbered(findings: readonly Finding[]): (Finding & { id?: string })[] {
  let place = 0;
  return findings.map((one) => {
    if (one.level !== 'refuses') return one;
    place += 1;
    return { ...one, id: `constat-${place}` };
  });
}

/** A text as it goes out, and what it costs; an amount is shown as it could be. */
function composed(
  { house }: StaffedVisit,
  campaign: CampaignRow,
  locale: string,
  variant: (typeof textVariants)[number] | undefined,
): { sent?: string; units?: number; segments?: number } {
  const filling = fillingOf(house.campaignDesk(), campaign);
  const own = filling.texts[locale];
  if (own === undefined || variant === undefined) return {};
  if (own[variant].trim() === '') return {};
  try {
    const { text } = composeText(filling, own, variant);
    const sent = withAmount(text, '30 000 F CFA');
    const { units, segments } = smsLength(sent);
    return { sent, units, segments };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // What no text may hold has its own sentence beside it.
    return {};
  }
}

/** The forms of what may be done now by this account. */
function offered(
  { house, staff, form }: StaffedVisit,
  campaign: CampaignRow,
  isAuthor: boolean,
  refused: Refused | undefined,
) {
  const hour = { now: house.clock.now(), member: staff.member, isAuthor };
  const forms = campaignActs
    .filter(
      (act) => holds(staff.member, act.permission) && act.when(campaign, hour),
    )
    .map(({ word, title, button, hint, fields = [], isGrave, isMinor }) => {
      const isRefused = refused?.act.word === word;
      return {
        ...{ word, title, button, hint, isGrave, isMinor },
        isOpen: isRefused,
        fields: fields.map((field) => ({
          ...field,
          value: isRefused ? form[field.name] : undefined,
          fault: isRefused ? refused.refusal.message : undefined,
        })),
      };
    });
  return {
    major: forms.filter(({ isMinor }) => isMinor === undefined),
    minor: forms.filter(({ isMinor }) => isMinor === true),
  };
}

/** Sentences about texts lead to where they stand beside them; any other to the act that was refused. */
function faultsOf(
  refused: Refused | undefined,
  findings: readonly (Finding & { id?: string })[],
): Record<string, string> {
  if (refused === undefined) return {};
  const { act, refusal } = refused;
  const [field] = act.fields ?? [];
  const at = field ? `${act.word}-${field.name}` : `agir-${act.word}`;
  if (act.word !== 'soumettre' || !isRefused(findings))
    return { [at]: refusal.message };
  return Object.fromEntries(
    findings.flatMap(({ id, sentence }): [string, string][] =>
      id === undefined ? [] : [[id, sentence]],
    ),
  );
}
