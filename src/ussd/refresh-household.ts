import type { Conversation } from './conversation';
import { householdDossier } from './household-dossier';
import { rereadHousehold } from './prove-household';
import type { Scene } from './scene';

/** Reads the proved household again, so that the next screens know what was just said. */
export async function refreshHousehold(
  { house }: Scene,
  { dossier, proof }: Conversation,
): Promise<{ change?: Partial<Conversation> }> {
  if (proof === undefined) {
    return {};
  }
  const today = house.clock.today();
  const row = await rereadHousehold(house.db.pool, proof.householdId, today);
  if (row === undefined) {
    return {};
  }
  const household = householdDossier(
    row,
    { level: proof.level, phoneKind: dossier.phoneKind },
    today,
    house.dataFreshDays,
  );
  return { change: { dossier: { ...dossier, household } } };
}
