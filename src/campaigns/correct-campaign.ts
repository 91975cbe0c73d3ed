import { inTransaction } from '../runtime/database';
import type { IsoDay } from '../text/dates';
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
import { eachApart } from './each-apart';

/** What staff read of a change. */
const changeTitles: Readonly<Record<DateChange, string>> = {
  moved: 'Nouvelle date',
  postponed: 'Report',
  cancelled: 'Annulation',
};

/**
 * Looks for campaigns whose wave, distribution or session has other dates than they told: what has not gone is taken back,
 * and a correction to exactly those who were told is drafted in every language, for somebody to read and submit. One
 * change is corrected once; days that come back after others were told are another change.
 * @returns the drafts that are new
 * @throws Error the first one, after all campaigns were looked at
 */
export async function offerCorrections(desk: CampaignDesk): Promise<number[]> {
  const { rows } = await desk.db.pool.query<{ id: number }>(
    `select id from campaigns where subject_id is not null and kind not in ('correction', 'retry')
       and started_at is not null and (ended_at is null or ended_at > $1::timestamptz - interval '60 days') order by id`,
    [desk.clock.now()],
  );
  const drafts: number[] = [];
  await eachApart(rows, async ({ id }) => {
    const draft = await correctOne(desk, id);
    if (draft !== undefined) drafts.push(draft);
  });
  return drafts;
}

async function correctOne(
  desk: CampaignDesk,
  id: number,
): Promise<number | undefined> {
  const campaign = await findCampaign(desk.db, id);
  const subject = await subjectOf(desk, campaign);
  if (subject === undefined) return undefined;
  const corrections = await correctionsOf(desk, id);
  const change = changeOf(lastTold(desk, campaign, corrections), subject);
  if (change === undefined) {
    await dropUntrue(desk, id, corrections);
    return undefined;
  }
  const newest = corrections.find(({ isDropped }) => !isDropped);
  if (
    newest?.change === change &&
    newest.from === subject.from &&
    newest.to === subject.to
  )
    return undefined;
  const days = {
    fromDay: subject.from === null ? null : new Date(subject.from),
    toDay: subject.to === null ? null : new Date(subject.to),
  };
  return inTransaction(
    desk.db,
    async (tx) => {
      const work = { tx, clock: desk.clock };
      const locked = await lockCampaign(work, id);
      const drafted = await tx.campaign.count({
        where: { follows: id, kind: 'correction' },
      });
      // Another program was here meanwhile.
      if (drafted !== corrections.length) return undefined;
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

/** What people were told of the dates of a subject. */
interface ToldDates {
  /** undefined: by the campaign itself. */
  change: DateChange | undefined;
  from: IsoDay | null;
  to: IsoDay | null;
}

/** A correction that there has been. */
interface Correction extends ToldDates {
  isStarted: boolean;
  /** Taken back by the service itself before it began, because its dates did not hold. */
  isDropped: boolean;
}

/** The corrections of a campaign, the newest first. */
async function correctionsOf(
  { db }: Pick<CampaignDesk, 'db'>,
  id: number,
): Promise<Correction[]> {
  const { rows } = await db.pool.query<Correction>(
    `select change, from_day::text as "from", to_day::text as "to", started_at is not null as "isStarted",
       started_at is null and state = 'cancelled' and exists (select from campaign_events taken
         where taken.campaign_id = campaigns.id and taken.kind = 'cancelled' and taken.actor_id is null) as "isDropped"
     from campaigns where follows = $1 and kind = 'correction' order by id desc`,
    [id],
  );
  return rows;
}

function lastTold(
  desk: CampaignDesk,
  campaign: CampaignRow,
  corrections: readonly Correction[],
): ToldDates {
  const sent = corrections.find(({ isStarted }) => isStarted);
  if (sent !== undefined) return sent;
  const { from, to } = fillingOf(desk, campaign);
  return { change: undefined, from, to };
}

/** What became of the dates that were told last; undefined: they hold. */
function changeOf(
  told: ToldDates,
  subject: CampaignSubject,
): DateChange | undefined {
  if (subject.state !== 'dated')
    return subject.state === told.change ? undefined : subject.state;
  return subject.from === told.from && subject.to === told.to
    ? undefined
    : 'moved';
}

/** The dates are again what was told last: a correction that waits would tell others. */
async function dropUntrue(
  desk: CampaignDesk,
  id: number,
  corrections: readonly Correction[],
): Promise<void> {
  if (corrections.every(({ isStarted, isDropped }) => isStarted || isDropped))
    return;
  await inTransaction(desk.db, async (tx) => {
    const work = { tx, clock: desk.clock };
    await lockCampaign(work, id);
    await dropOlder(work, id, { kind: 'correction', startedAt: null });
  });
}

/** Corrections and second tries that have not ended tell dates that do not hold any more. */
async function dropOlder(
  work: Parameters<typeof cancelLocked>[0],
  follows: number,
  only: { kind?: 'correction'; startedAt?: null } = {},
): Promise<void> {
  const older = await work.tx.campaign.findMany({
    where: {
      ...{ follows, kind: { in: ['correction', 'retry'] }, ...only },
      state: { notIn: ['done', 'cancelled'] },
    },
    select: { id: true },
  });
  for (const { id } of older) await cancelLocked(work, undefined, id);
}
