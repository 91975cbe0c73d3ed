import type { Conversation } from './conversation';
import { householdDossier, withActivities } from './household-dossier';
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
  const read = await rereadHousehold(house.db.lines, proof.householdId, today);
  if (read === undefined) {
    return {};
  }
  const { dataFreshDays } = house;
  const to = { level: proof.level, phoneKind: dossier.phoneKind };
  const paid = householdDossier(read.household, to, today, dataFreshDays);
  const household = withActivities(paid, read.activities, to);
  return {
    change: {
      dossier: { ...dossier, household },
      proof: { ...proof, knowsActivities: true },
    },
  };
}
