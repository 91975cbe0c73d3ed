import type { Answer, Command } from '../../flows/contract';
import { recordRation } from '../activities/record-ration';
import { recordReceipt } from '../payments/record-receipt';
import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import type { Outcome } from './outcome';
import type { Conversation, Proof } from './conversation';
import { once } from './once';
import { refreshHousehold } from './refresh-household';
import { paymentSpokenOf } from './said-before';
import type { SpokenAnswer } from './said-before';
import { effectKey } from './scene';
import type { Scene, SpokenOf } from './scene';

type Recorded = { kind: 'recorded'; mismatch: boolean } | { kind: 'notTheirs' };

/** Keeps once what a proved caller says of a payment or a ration, and reads the household again. */
async function recordSaid(
  scene: Scene,
  conversation: Conversation,
  key: string,
  spokenOf: SpokenOf,
  record: (
    deps: { tx: Tx; clock: Clock },
    by: { householdId: number; proofLevel: Proof['level'] },
  ) => Promise<Recorded>,
): Promise<Outcome> {
  const { proof } = conversation;
  if (proof === undefined) return { answer: { type: 'told.unusable' } };
  const { clock } = scene.house;
  const { answer } = await once<SpokenAnswer<Answer>>(
    scene,
    key,
    async (tx) => {
      const { householdId, level: proofLevel } = proof;
      const kept = await record({ tx, clock }, { householdId, proofLevel });
      return {
        answer:
          kept.kind === 'notTheirs'
            ? { type: 'told.unusable' }
            : { type: 'told.recorded', mismatch: kept.mismatch },
        spokenOf,
      };
    },
  );
  scene.saidBefore?.delete(key);
  return { answer, ...(await refreshHousehold(scene, conversation)) };
}

/** What the caller says she received of a payment. */
export function sayReceipt(
  command: Extract<Command, { type: 'receipt.record' }>,
  scene: Scene,
  conversation: Conversation,
  place: string,
): Promise<Outcome> {
  const { type, paymentId, askedForMoney = false } = command;
  const spokenOf = paymentSpokenOf(conversation.dossier, paymentId);
  const key = effectKey(scene, place, type);
  return recordSaid(scene, conversation, key, spokenOf, (deps, by) =>
    recordReceipt(deps, {
      ...{ ...by, paymentId, askedForMoney },
      answer: command.answer,
      declaredAmountXof: command.declaredAmountXof,
    }),
  );
}

/** The same of a ration, without saying whose. */
export function sayRation(
  command: Extract<Command, { type: 'ration.record' }>,
  scene: Scene,
  conversation: Conversation,
  place: string,
): Promise<Outcome> {
  const { type, distributionId, answer } = command;
  const { ration } = conversation.dossier.household ?? {};
  const spokenOf = ration === undefined ? {} : { ration };
  const key = effectKey(scene, place, type);
  return recordSaid(scene, conversation, key, spokenOf, (deps, by) =>
    recordRation(deps, { ...by, distributionId, answer }),
  );
}
