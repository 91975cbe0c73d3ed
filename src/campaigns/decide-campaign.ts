import { inTransaction } from '../runtime/database';
import { AppError } from '../runtime/errors';
import type { CampaignRow } from './campaign-row';
import type { CampaignDesk } from './campaign-desk';
import {
  type Actor,
  type CampaignWork,
  lockCampaign,
  moveCampaign,
  mustHold,
  refusedMove,
} from './change-state';
import { unfrozen, thaw } from './draft-campaign';
import { fingerprintOf } from './freeze-audience';
import { mayMoveTo } from './lifecycle';
import { nationalMs } from './submit-campaign';

/** What makes somebody an author: she may not approve. */
const writing = ['drafted', 'changed', 'submitted'];

/**
 * A second person approves texts, frozen audience and ceiling. Two who approve at once: one does, the other is told.
 * @param fingerprint of what she read: something else is not approved by mistake
 * @throws AppError `forbidden` for whoever wrote or submitted it, `conflict` when it is not what she read
 */
export async function approveCampaign(
  desk: CampaignDesk,
  actor: NonNullable<Actor>,
  id: number,
  fingerprint: string,
): Promise<void> {
  mustHold(actor, 'campaigns.approve');
  await inTransaction(
    desk.db,
    async (tx) => {
      const work = { tx, clock: desk.clock };
      const campaign = await lockCampaign(work, id);
      if (!mayMoveTo(campaign.state, 'approved'))
        throw refusedMove(id, campaign.state);
      await mustBeAnother(work, campaign, actor);
      await mustBeWhatWasFrozen(work, campaign, fingerprint);
      await moveCampaign(work, campaign, {
        ...{ to: 'approved', kind: 'approved', actor },
        set: { approvedBy: actor.id, approvedAt: desk.clock.now() },
        detail: { fingerprint, ceilingXof: campaign.ceilingXof },
      });
    },
    { timeoutMs: nationalMs },
  );
}

/** Whether an account wrote, changed or submitted a campaign: it may not approve it. */
export async function hasWritten(
  store: Pick<CampaignWork['tx'], 'campaignEvent'>,
  { id, authorId }: Pick<CampaignRow, 'id' | 'authorId'>,
  actorId: number,
): Promise<boolean> {
  if (authorId === actorId) return true;
  const own = await store.campaignEvent.count({
    where: { campaignId: id, actorId, kind: { in: writing } },
  });
  return own > 0;
}

async function mustBeAnother(
  { tx }: Pick<CampaignWork, 'tx'>,
  campaign: CampaignRow,
  actor: NonNullable<Actor>,
): Promise<void> {
  if (await hasWritten(tx, campaign, actor.id))
    throw new AppError(
      'forbidden',
      "Vous avez écrit ou soumis cette campagne: une autre personne l'approuve. Rien n'a été changé.",
    );
}

/** @throws AppError `conflict` when rows, texts or ceiling are not what the fingerprint was made of */
export async function mustBeWhatWasFrozen(
  { tx }: Pick<CampaignWork, 'tx'>,
  campaign: CampaignRow,
  fingerprint: string | null,
): Promise<void> {
  const now = await fingerprintOf(tx, campaign);
  if (
    now.fingerprint !== fingerprint ||
    campaign.fingerprint !== fingerprint ||
    now.target !== campaign.target
  )
    throw new AppError(
      'conflict',
      "Ce n'est plus ce qui a été soumis: l'empreinte diffère. Relisez la campagne; rien n'a été changé.",
    );
}

/** A second person sends a campaign back, saying why. The audience is not kept. */
export async function rejectCampaign(
  desk: CampaignDesk,
  actor: NonNullable<Actor>,
  id: number,
  because: string,
): Promise<void> {
  mustHold(actor, 'campaigns.approve');
  const reason = because.trim();
  if (reason.length < 3 || reason.length > 500)
    throw new AppError(
      'invalid',
      'Écrivez pourquoi, en 3 à 500 signes: son auteur le lira.',
    );
  await inTransaction(
    desk.db,
    async (tx) => {
      const work = { tx, clock: desk.clock };
      const campaign = await lockCampaign(work, id);
      if (!mayMoveTo(campaign.state, 'rejected'))
        throw refusedMove(id, campaign.state);
      await thaw(work, id);
      await moveCampaign(work, campaign, {
        ...{ to: 'rejected', kind: 'rejected', actor, set: unfrozen },
        detail: { because: reason },
      });
    },
    { timeoutMs: nationalMs },
  );
}
