import { setGate } from '../messaging/message-gates';
import { cancelCampaignMessages } from '../messaging/write-campaign';
import { inTransaction } from '../runtime/database';
import { holds } from '../staff/permissions';
import { AppError } from '../runtime/errors';
import type { CampaignDesk } from './campaign-desk';
import { mostXof } from './campaign-row';
import {
  type Actor,
  type CampaignWork,
  lockCampaign,
  moveCampaign,
  mustHold,
  refusedMove,
} from './change-state';
import { formatXof } from '../text/money';
import { mayMoveTo } from './lifecycle';
import { campaignProgress } from './progress';
import { nationalMs } from './submit-campaign';

/** Lets a campaign wait: senders see it within a second, and give back what they hold. */
export async function pauseCampaign(
  desk: CampaignDesk,
  actor: Actor,
  id: number,
): Promise<void> {
  mustLead(actor);
  await inTransaction(desk.db, async (tx) => {
    const work = { tx, clock: desk.clock };
    const campaign = await lockCampaign(work, id);
    const move = { to: 'paused', kind: 'paused', actor } as const;
    await moveCampaign(work, campaign, move);
    await setGate(work, id, false);
  });
}

/**
 * Lets a campaign go on. After an alarm somebody who may approve decides so; what has failed by then stops it no more.
 * @param ceilingXof what it may cost now, where it had cost too much
 * @throws AppError `forbidden` when it was halted and the account may not approve; `invalid` where it is too dear and no
 * higher ceiling is given
 */
export async function resumeCampaign(
  desk: CampaignDesk,
  actor: Actor,
  id: number,
  ceilingXof?: number,
): Promise<void> {
  mustLead(actor);
  await inTransaction(desk.db, async (tx) => {
    const work = { tx, clock: desk.clock };
    const campaign = await lockCampaign(work, id);
    if (campaign.startedAt === null) throw refusedMove(id, campaign.state);
    const { sent, failed, costXof } = await campaignProgress(desk, id);
    const raised =
      campaign.haltCause === 'tooDear'
        ? { ceilingXof: higher(ceilingXof, costXof) }
        : {};
    if (campaign.state === 'halted') mustHold(actor, 'campaigns.approve');
    await moveCampaign(work, campaign, {
      ...{ to: 'sending', kind: 'resumed', actor },
      set: { haltCause: null, ...raised },
      detail: { sent, failed, ...raised },
    });
    await setGate(work, id, true);
  });
}

function higher(ceilingXof: number | undefined, costXof: number): number {
  if (
    ceilingXof === undefined ||
    !Number.isSafeInteger(ceilingXof) ||
    ceilingXof <= costXof ||
    ceilingXof > mostXof
  )
    throw new AppError(
      'invalid',
      `La campagne a déjà coûté ${formatXof(costXof)}: donnez un plafond plus haut, en F CFA. Rien n'est reparti.`,
    );
  return ceilingXof;
}

/** Ends a campaign: what has not gone is taken back. @returns how many messages that were */
export async function cancelCampaign(
  desk: CampaignDesk,
  actor: Actor,
  id: number,
): Promise<number> {
  mustLead(actor);
  return inTransaction(
    desk.db,
    async (tx) => cancelLocked({ tx, clock: desk.clock }, actor, id),
    { timeoutMs: nationalMs },
  );
}

/** {@link cancelCampaign} in a transaction that does more. */
export async function cancelLocked(
  work: CampaignWork,
  actor: Actor,
  id: number,
): Promise<number> {
  const campaign = await lockCampaign(work, id);
  if (!mayMoveTo(campaign.state, 'cancelled'))
    throw refusedMove(id, campaign.state);
  const now = work.clock.now();
  const taken = await cancelCampaignMessages(work.tx, id, now);
  if (campaign.startedAt !== null) await setGate(work, id, false);
  await moveCampaign(work, campaign, {
    ...{ to: 'cancelled', kind: 'cancelled', actor },
    ...{ set: { endedAt: now }, detail: { messages: taken } },
  });
  return taken;
}

/** Whoever prepares campaigns or approves them may stop one. */
function mustLead(actor: Actor): void {
  if (
    actor !== undefined &&
    !holds(actor, 'campaigns.prepare') &&
    !holds(actor, 'campaigns.approve')
  )
    throw new AppError(
      'forbidden',
      "Votre compte ne permet pas cela pour une campagne. Rien n'a été changé.",
    );
}
