import { inTransaction } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { type CampaignRow, mostXof } from './campaign-row';
import { readAudience } from './audience';
import type { CampaignDesk } from './campaign-desk';
import { findSubject, type SubjectKind } from './campaign-subject';
import { readTexts, reviewKept } from './campaign-texts';
import {
  type Actor,
  type CampaignWork,
  lockCampaign,
  moveCampaign,
  mustHold,
  refusedMove,
} from './change-state';
import { unknownCodes } from './known-codes';
import type { CampaignState } from './lifecycle';

/** What staff write of a campaign. */
export interface CampaignDraft {
  title: string;
  /** Its wave, distribution or session, by code; absent: an announcement. */
  subject?: { kind: SubjectKind; code: string } | undefined;
  financing?: string | undefined;
  /** Read by {@link readAudience}. */
  audience: unknown;
  /** Read by {@link readTexts}. */
  texts: unknown;
  longBecause?: string | undefined;
  ceilingXof: number;
  /** Of what has gone, in percent: more failures halt it. */
  failurePercent?: number | undefined;
  lifeHours?: number | undefined;
  scheduledAt?: Date | undefined;
  /** What the texts began from. */
  template?: { name: string; version: number } | undefined;
}

const usualFailurePercent = 20;
const usualLifeHours = 72;

/** Writes a new draft. @returns its number */
export async function draftCampaign(
  desk: CampaignDesk,
  actor: Actor,
  draft: CampaignDraft,
): Promise<number> {
  mustHold(actor, 'campaigns.prepare');
  const columns = await columnsOf(desk, draft);
  return inTransaction(desk.db, (tx) =>
    insertDraft({ tx, clock: desk.clock }, actor, {
      ...columns,
      kind: columns.subjectKind ?? 'announcement',
    }),
  );
}

/** Columns of a new row. */
type DraftRow = Parameters<CampaignWork['tx']['campaign']['create']>[0]['data'];

/** Writes a draft's row and the beginning of its history. */
export async function insertDraft(
  work: CampaignWork,
  actor: Actor,
  row: Omit<DraftRow, 'state' | 'createdAt' | 'authorId'>,
): Promise<number> {
  const { tx, clock } = work;
  const made = await tx.campaign.create({
    data: {
      ...row,
      ...{ state: 'draft', authorId: actor?.id ?? null },
      createdAt: clock.now(),
    },
    select: { id: true },
  });
  const fresh = { id: made.id, state: 'draft' as const };
  await moveCampaign(work, fresh, {
    to: 'draft',
    kind: 'drafted',
    actor,
    mayStay: true,
  });
  return made.id;
}

/** Kinds of campaigns that follow another, whatever they are about. */
const followers: readonly string[] = ['correction', 'retry'];

/** States in which a campaign may still be changed. */
const changeable: readonly CampaignState[] = [
  ...(['draft', 'submitted', 'rejected', 'approved', 'scheduled'] as const),
];

/**
 * Changes a draft. Whatever was submitted or approved before is void: what was frozen goes, and somebody else than whoever
 * changed it approves again.
 * @param version what the officer had before her: a change in between is not overwritten
 */
export async function changeCampaign(
  desk: CampaignDesk,
  actor: Actor,
  id: number,
  { version, ...draft }: CampaignDraft & { version: number },
): Promise<void> {
  mustHold(actor, 'campaigns.prepare');
  const { templateName, templateVersion, ...columns } = await columnsOf(
    desk,
    draft,
  );
  await inTransaction(
    desk.db,
    async (tx) => {
      const work = { tx, clock: desk.clock };
      const campaign = await lockCampaign(work, id);
      if (!changeable.includes(campaign.state))
        throw refusedMove(id, campaign.state);
      if (campaign.version !== version)
        throw new AppError(
          'conflict',
          "Quelqu'un d'autre a changé cette campagne entre-temps. Rechargez la page, rien n'a été changé.",
        );
      await thaw(work, id);
      await moveCampaign(work, campaign, {
        ...{ to: 'draft', kind: 'changed', actor, mayStay: true },
        set: {
          ...columns,
          // It goes on coming from the template that it came from, unless from another.
          ...(templateName !== null && { templateName, templateVersion }),
          ...(!followers.includes(campaign.kind) && {
            kind: columns.subjectKind ?? 'announcement',
          }),
          texts: reviewKept(readTexts(campaign.texts), columns.texts),
          ...unfrozen,
          version: { increment: 1 },
          // Whoever changed it last is its author: neither she nor the first may approve.
          authorId: actor?.id ?? null,
        },
      });
    },
    { timeoutMs: 60_000 },
  );
}

/** Fields of what nobody has approved. */
export const unfrozen = {
  ...{ frozenAt: null, fingerprint: null, target: null },
  ...{ approvedBy: null, approvedAt: null },
};

/** Drops a frozen audience. */
export async function thaw(
  { tx }: Pick<CampaignWork, 'tx'>,
  id: number,
): Promise<void> {
  await tx.campaignRecipient.deleteMany({ where: { campaignId: id } });
}

/** Copies a campaign of any state into a new draft. @returns its number */
export async function duplicateCampaign(
  desk: CampaignDesk,
  actor: Actor,
  id: number,
): Promise<number> {
  mustHold(actor, 'campaigns.prepare');
  return inTransaction(desk.db, async (tx) => {
    const work = { tx, clock: desk.clock };
    const past = await lockCampaign(work, id);
    return insertDraft(work, actor, {
      ...copied(past),
      kind: past.subjectKind ?? 'announcement',
      title: `${past.title} (copie)`.slice(0, 120),
    });
  });
}

/** What a new draft takes over from another campaign. */
export function copied(past: CampaignRow) {
  const { financing, subjectKind, subjectId, fromDay, toDay } = past;
  const { longBecause, ceilingXof, failurePercent, lifeHours } = past;
  return {
    ...{ title: past.title, financing, subjectKind, subjectId, fromDay, toDay },
    ...{ longBecause, ceilingXof, failurePercent, lifeHours },
    audience: past.audience ?? {},
    texts: past.texts ?? {},
  };
}

async function columnsOf(desk: CampaignDesk, draft: CampaignDraft) {
  const { subject: about, scheduledAt = null } = draft;
  const title = draft.title.trim();
  const faults = [
    ...(title.length < 3 || title.length > 120
      ? ['Donnez un titre de 3 à 120 signes.']
      : []),
    ...outOf(draft.ceilingXof, 0, mostXof, 'le plafond de coût, en F CFA'),
    ...outOf(draft.failurePercent, 1, 100, "la part d'échecs, en pour cent"),
    ...outOf(draft.lifeHours, 1, 720, 'la durée de validité, en heures'),
  ];
  const subject =
    about === undefined
      ? undefined
      : await findSubject(desk.db, about.kind, { code: about.code });
  if (about !== undefined && subject === undefined)
    faults.push(`Il n'y a rien sous le code « ${about.code} ».`);
  const audience = readAudience(draft.audience);
  faults.push(...(await unknownCodes(desk.db, audience)));
  if (faults.length > 0) throw new AppError('invalid', faults.join('\n'));
  return {
    ...{ title, audience },
    texts: readTexts(draft.texts),
    financing: draft.financing?.trim() || (subject?.financing ?? null),
    subjectKind: subject?.kind ?? null,
    subjectId: subject?.id ?? null,
    fromDay: dayOf(subject?.from),
    toDay: dayOf(subject?.to),
    longBecause: draft.longBecause?.trim() || null,
    ceilingXof: draft.ceilingXof,
    failurePercent: draft.failurePercent ?? usualFailurePercent,
    lifeHours: draft.lifeHours ?? usualLifeHours,
    scheduledAt,
    templateName: draft.template?.name ?? null,
    templateVersion: draft.template?.version ?? null,
  };
}

function outOf(
  value: number | undefined,
  least: number,
  most: number,
  what: string,
): string[] {
  return value === undefined ||
    (Number.isInteger(value) && value >= least && value <= most)
    ? []
    : [`Écrivez ${what}: un nombre entier de ${least} à ${most}.`];
}

function dayOf(day: string | null | undefined): Date | null {
  return day === null || day === undefined ? null : new Date(day);
}
