import type { Conversation } from './conversation';
import { householdDossier, withActivities } from './household-dossier';
import { rereadHousehold } from './prove-household';
import { paymentsBefore, withRationBefore } from './said-before';
import type { Scene } from './scene';

/** Reads the proved household again, so that the next screens know what was just said. */
export async function refreshHousehold(
  scene: Scene,
  { dossier, proof }: Conversation,
): Promise<{ change?: Partial<Conversation> }> {
  if (proof === undefined) {
    return {};
  }
  const { house } = scene;
  const today = house.clock.today();
  const read = await rereadHousehold(house.db.lines, proof.householdId, today);
  if (read === undefined) {
    return {};
  }
  const { dataFreshDays } = house;
  const to = { level: proof.level, phoneKind: dossier.phoneKind };
  const payments = paymentsBefore(scene, read.household.payments);
  const row = { ...read.household, payments };
  const paid = householdDossier(row, to, today, dataFreshDays);
  const household = withRationBefore(
    scene,
    withActivities(paid, read.activities, to),
  );
  return {
    change: {
      dossier: { ...dossier, household },
      proof: { ...proof, knowsActivities: true },
    },
  };
}
