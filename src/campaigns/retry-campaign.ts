import { inTransaction } from '../runtime/database';
import { AppError } from '../runtime/errors';
import type { CampaignDesk } from './campaign-desk';
import { type Actor, lockCampaign, mustHold } from './change-state';
import { copied, insertDraft } from './draft-campaign';

/**
 * Drafts the same texts for the phones that a campaign failed to reach, and for nobody else. It is approved like any
 * other; whoever is unknown is not tried again. @returns its number
 */
export async function retryFailures(
  desk: CampaignDesk,
  actor: Actor,
  id: number,
): Promise<number> {
  mustHold(actor, 'campaigns.prepare');
  return inTransaction(desk.db, async (tx) => {
    const work = { tx, clock: desk.clock };
    const past = await lockCampaign(work, id);
    const failed = await tx.message.count({
      where: {
        ...{ purpose: 'campaign.message', subjectId: id, state: 'failed' },
      },
    });
    if (failed === 0)
      throw new AppError(
        'conflict',
        "Aucun SMS de cette campagne n'a échoué: il n'y a personne à reprendre.",
      );
    return insertDraft(work, actor, {
      ...copied(past),
      ...{ kind: 'retry', follows: id, audience: { failedIn: id } },
      title: `${past.title} (échecs)`.slice(0, 120),
    });
  });
}
