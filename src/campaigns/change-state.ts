import { recordAudit } from '../staff/audit';
import type { Permission } from '../staff/roles';
import { holds } from '../staff/permissions';
import type { StaffMember } from '../staff/staff-member';
import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { AppError } from '../runtime/errors';
import type { CampaignRow } from './campaign-row';
import { type CampaignState, mayMoveTo, stateTitles } from './lifecycle';

/** Who acts; undefined: the service itself. */
export type Actor = Pick<StaffMember, 'id' | 'role' | 'state'> | undefined;

/** A transaction of a use case, with its time. */
export interface CampaignWork {
  tx: Tx;
  clock: Pick<Clock, 'now'>;
}

/** A campaign's row, locked until the transaction ends: of two who act at once one comes after the other. */
export async function lockCampaign(
  { tx }: Pick<CampaignWork, 'tx'>,
  id: number,
): Promise<CampaignRow> {
  await tx.$executeRaw`select from campaigns where id = ${id} for update`;
  const found = await tx.campaign.findUnique({ where: { id } });
  if (found === null)
    throw new AppError('notFound', `Il n'y a pas de campagne ${id}.`);
  // The store's CHECK holds the closed list.
  return { ...found, state: found.state as CampaignState };
}

/** What is written down of a move. */
interface Move {
  to: CampaignState;
  kind: string;
  actor: Actor;
  set?: Parameters<Tx['campaign']['update']>[0]['data'];
  detail?: Readonly<Record<string, string | number | boolean>>;
  /** It may be where it goes to already. */
  mayStay?: true;
}

/**
 * Moves a locked campaign and appends it to its history and to the audit chain. Where it
 * may stay, only what happened is written down.
 * @throws AppError `conflict` for a move that the table does not have
 */
export async function moveCampaign(
  { tx, clock }: CampaignWork,
  campaign: Pick<CampaignRow, 'id' | 'state'>,
  { to, kind, actor, set = {}, detail = {}, mayStay }: Move,
): Promise<void> {
  const { id, state: from } = campaign;
  const stays = mayStay === true && from === to;
  if (!stays && !mayMoveTo(from, to)) throw refusedMove(id, from);
  await tx.campaign.update({
    where: { id },
    data: { ...set, state: to },
    select: { id: true },
  });
  await tx.campaignEvent.create({
    data: {
      ...{ campaignId: id, kind, fromState: from, toState: to, detail },
      ...{ actorId: actor?.id ?? null, happenedAt: clock.now() },
    },
    select: { id: true },
  });
  await recordAudit(tx, {
    actor: actor === undefined ? 'service' : `officer:${actor.id}`,
    action: `campaign.${kind}`,
    subject: `campaign:${id}`,
  });
}

/** What is said to whoever asks for a move that is not allowed. */
export function refusedMove(id: number, from: CampaignState): AppError {
  return new AppError(
    'conflict',
    `La campagne ${id} est ${stateTitles[from]}: cela n'est plus possible. Rechargez la page. Rien n'a été changé.`,
  );
}

/** @throws AppError `forbidden` unless the account may do this */
export function mustHold(actor: Actor, permission: Permission): void {
  if (actor !== undefined && !holds(actor, permission))
    throw new AppError(
      'forbidden',
      "Votre compte ne permet pas cela pour une campagne. Rien n'a été changé.",
    );
}
