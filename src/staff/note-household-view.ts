import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { recordAudit } from './audit';
import type { StaffMember } from './staff-member';

/** Why somebody may look at a household, in French. */
export const viewReasons = {
  complaint: 'Traiter une demande',
  callback: 'Rappeler quelqu’un',
  payment: 'Vérifier un paiement',
  phoneChange: 'Changer un numéro',
  correction: 'Corriger le registre',
  control: 'Contrôler, pour l’audit',
} as const;

export type ViewReason = keyof typeof viewReasons;

/** A look at a household, before it is shown. */
export interface HouseholdLook {
  householdId: number;
  reason: ViewReason;
  /** In her own words, or a reference: 1 to 300 letters. */
  because: string;
}

/** Whether a word is a reason of the list. */
export function isViewReason(word: string): word is ViewReason {
  return Object.hasOwn(viewReasons, word);
}

/** Keeps who looks at a household and why, in the transaction that reads it: no reason, no household. */
export async function noteHouseholdView(
  { tx, clock }: { tx: Tx; clock: Clock },
  { id }: Pick<StaffMember, 'id'>,
  { householdId, reason, because }: HouseholdLook,
): Promise<void> {
  await tx.householdView.create({
    data: {
      ...{ accountId: id, householdId, reason },
      ...{ because: because.trim(), viewedAt: clock.now() },
    },
    select: { id: true },
  });
  await recordAudit(tx, {
    ...{ actor: `officer:${id}`, action: 'household.viewed' },
    ...{ subject: `household:${householdId}`, details: { reason } },
  });
}
