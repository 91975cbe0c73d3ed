import { inTransaction } from '../runtime/database';
import type { CampaignRow } from './campaign-row';
import type { DateChange } from './audience';
import type { CampaignDesk } from './campaign-desk';
import { fillingOf, subjectOf } from './campaign-filling';
import type { CampaignSubject } from './campaign-subject';
import { catalogueTexts } from './catalogue-texts';
import { lockCampaign } from './change-state';
import { copied, insertDraft } from './draft-campaign';
import { cancelLocked } from './lead-campaign';
import { mayMoveTo } from './lifecycle';
import { findCampaign } from './queries';
import { purposeOf, toldBySql } from './told-sql';

/** What staff read of a change. */
const changeTitles: Readonly<Record<DateChange, string>> = {
  moved: 'Nouvelle date',
  postponed: 'Report',
  cancelled: 'Annulation',
};

/**
 * Looks for campaigns whose wave, distribution or session has other dates than they told: what has not gone is taken back,
 * and a correction to exactly those who were told is drafted in every language, for somebody to read and submit. One
 * change is corrected once.
 * @returns the drafts that are new
 */
export async function offerCorrections(desk: CampaignDesk): Promise<number[]> {
  const { rows } = await desk.db.pool.query<{ id: number }>(
    `select id from campaigns where subject_id is not null and kind not in ('correction', 'retry')
       and started_at is not null and (ended_at is null or ended_at > $1::timestamptz - interval '60 days') order by id`,
    [desk.clock.now()],
  );
  const drafts: number[] = [];
  for (const { id } of rows) {
    const draft = await correctOne(desk, id);
    if (draft !== undefined) drafts.push(draft);
  }
  return drafts;
}

async function correctOne(
  desk: CampaignDesk,
  id: number,
): Promise<number | undefined> {
  const campaign = await findCampaign(desk.db, id);
  const subject = await subjectOf(desk, campaign);
  const change = subject && changeOf(desk, campaign, subject);
  if (subject === undefined || change === undefined) return undefined;
  const days = {
    fromDay: subject.from === null ? null : new Date(subject.from),
    toDay: subject.to === null ? null : new Date(subject.to),
  };
  return inTransaction(
    desk.db,
    async (tx) => {
      const work = { tx, clock: desk.clock };
      const locked = await lockCampaign(work, id);
      const known = await tx.campaign.findFirst({
        where: { follows: id, kind: 'correction', change, ...days },
        select: { id: true },
      });
      if (known !== null) return undefined;
      if (mayMoveTo(locked.state, 'cancelled'))
        await cancelLocked(work, undefined, id);
      await dropOlder(work, id);
      const [told] = await tx.$queryRawUnsafe<{ any: boolean }[]>(
        `select exists (${toldBySql('$1')}) as any`,
        id,
      );
      if (told?.any !== true) return undefined;
      return insertDraft(work, undefined, {
        ...copied(locked),
        ...days,
        ...{ kind: 'correction', change, follows: id },
        title: `${changeTitles[change]}: ${locked.title}`.slice(0, 120),
        audience: { toldIn: id, change },
        texts: catalogueTexts(desk, purposeOf(subject.kind, change)),
        longBecause: null,
      });
    },
    { timeoutMs: 600_000 },
  );
}

/** What became of the dates that a campaign told; undefined: they hold. */
function changeOf(
  desk: CampaignDesk,
  campaign: CampaignRow,
  subject: CampaignSubject,
): DateChange | undefined {
  if (subject.state !== 'dated') return subject.state;
  const { from, to } = fillingOf(desk, campaign);
  return subject.from === from && subject.to === to ? undefined : 'moved';
}

/** A correction that was not sent yet tells dates that do not hold any more. */
async function dropOlder(
  work: Parameters<typeof cancelLocked>[0],
  follows: number,
): Promise<void> {
  const older = await work.tx.campaign.findMany({
    where: {
      ...{ follows, kind: 'correction' },
      state: { notIn: ['done', 'cancelled'] },
    },
    select: { id: true },
  });
  for (const { id } of older) await cancelLocked(work, undefined, id);
}
