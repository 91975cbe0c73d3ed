import { bamakoDay, type IsoDay } from '../text/dates';
import { readAudience } from './audience';
import type { AudienceQuestion } from './audience-sql';
import { type CampaignDesk, localesOf } from './campaign-desk';
import {
  findSubject,
  subjectKinds,
  type CampaignSubject,
} from './campaign-subject';
import type { CampaignRow } from './campaign-row';
import { readTexts } from './campaign-texts';
import { composeCampaign, type Filling } from './compose-campaign';

/** Of a campaign's row, what its texts and its audience are made from. */
export type WrittenCampaign = Pick<
  CampaignRow,
  | 'subjectKind'
  | 'subjectId'
  | 'fromDay'
  | 'toDay'
  | 'audience'
  | 'texts'
  | 'scheduledAt'
  | 'kind'
  | 'follows'
>;

/** What a campaign's texts are filled with, as its row has it. */
export function fillingOf(
  desk: Pick<CampaignDesk, 'shortCode' | 'languages' | 'clock'>,
  campaign: Pick<
    WrittenCampaign,
    'subjectKind' | 'fromDay' | 'toDay' | 'texts'
  >,
): Filling {
  const { fromDay, toDay } = campaign;
  return {
    texts: readTexts(campaign.texts),
    kind: subjectKinds.find((kind) => kind === campaign.subjectKind),
    from: fromDay === null ? null : isoDay(fromDay),
    to: toDay === null ? null : isoDay(toDay),
    shortCode: desk.shortCode,
    locales: localesOf(desk),
    today: desk.clock.today(),
  };
}

/** Whom a campaign's row asks for. */
export async function questionOf(
  desk: CampaignDesk,
  campaign: WrittenCampaign,
): Promise<AudienceQuestion> {
  const now = desk.clock.now();
  const goes =
    campaign.scheduledAt !== null && campaign.scheduledAt > now
      ? campaign.scheduledAt
      : now;
  return {
    audience: readAudience(campaign.audience),
    subject: await subjectOf(desk, campaign),
    rows: composeCampaign(fillingOf(desk, campaign)),
    locales: localesOf(desk),
    now,
    day: bamakoDay(goes),
  };
}

/** The wave, distribution or session of a campaign as it stands now. */
export async function subjectOf(
  { db }: Pick<CampaignDesk, 'db'>,
  {
    subjectKind,
    subjectId,
  }: Pick<WrittenCampaign, 'subjectKind' | 'subjectId'>,
): Promise<CampaignSubject | undefined> {
  const kind = subjectKinds.find((one) => one === subjectKind);
  return kind === undefined || subjectId === null
    ? undefined
    : findSubject(db, kind, { id: subjectId });
}

function isoDay(day: Date): IsoDay {
  return day.toISOString().slice(0, 10);
}
