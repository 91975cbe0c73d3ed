import type { Dossier } from '../../flows/contract';
import { keyedHash } from '../runtime/keyed-hash';
import type { Outcome } from './commands';
import type { Conversation, Proof } from './conversation';
import { householdDossier } from './household-dossier';
import { proveHousehold } from './prove-household';
import { effectKey } from './scene';
import type { Scene } from './scene';

/** Proves the household of a card, and learns what its caller may be told at this level. */
export async function proveCaller(
  scene: Scene,
  conversation: Conversation,
  digits: string,
  place: string,
): Promise<Outcome> {
  const { house, turn, phoneKey } = scene;
  const today = house.clock.today();
  const outcome = await proveHousehold(house.db.pool, {
    msisdn: turn.msisdn,
    phoneKey,
    digits,
    cardKey: keyedHash(house.hashKey, 'card', digits.slice(0, 8)),
    effectKey: effectKey(scene, place, 'identity.prove'),
    now: house.clock.now(),
    today,
  });
  if (outcome.kind === 'locked') {
    return { answer: { type: 'told.locked', until: outcome.until } };
  }
  if (outcome.kind !== 'proved') {
    return { answer: { type: `told.${outcome.kind}` } };
  }
  const { householdId, phoneKind } = outcome;
  const level: Proof['level'] = phoneKind === 'unlinked' ? 'L1b' : 'L1';
  const household = householdDossier(
    outcome.household,
    { level, phoneKind },
    today,
    house.dataFreshDays,
  );
  const dossier: Dossier = {
    ...conversation.dossier,
    level,
    phoneKind,
    household,
  };
  return {
    answer: { type: 'told.proved', dossier },
    change: { dossier, proof: { householdId, level } },
  };
}
