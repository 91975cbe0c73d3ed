import type { FlowName } from '../../flows/contract';
import { waitedFor } from '../runtime/metrics';
import type { Conversation } from './conversation';
import { withActivities } from './household-dossier';
import { readActivities } from './prove-household';
import { withRationBefore } from './said-before';
import type { Scene } from './scene';

/**
 * Flows that speak of sessions, distributions, works and grants. Most callers ask for their
 * payment alone, and a card whose holder asks no more costs half.
 */
export const flowsOfActivities: ReadonlySet<FlowName> = new Set([
  'activities',
  'receipt',
]);

/** Reads what a flow speaks of before it is entered, once after each proof. */
export async function knowActivities(
  scene: Scene,
  conversation: Conversation,
  flow: FlowName,
): Promise<Conversation> {
  const { house } = scene;
  const { dossier, proof } = conversation;
  const { household } = dossier;
  if (
    !flowsOfActivities.has(flow) ||
    household === undefined ||
    proof === undefined ||
    proof.knowsActivities
  ) {
    return conversation;
  }
  const row = await waitedFor(house.metrics, 'activities', () =>
    readActivities(house.db.lines, proof.householdId, house.clock.today()),
  );
  if (row === undefined) {
    return conversation;
  }
  const told = withActivities(household, row, {
    level: proof.level,
    phoneKind: dossier.phoneKind,
  });
  return {
    ...conversation,
    dossier: { ...dossier, household: withRationBefore(scene, told) },
    proof: { ...proof, knowsActivities: true },
  };
}
