import type { Dossier } from '../../flows/contract';
import { keyedHash } from '../runtime/keyed-hash';
import { waitedFor } from '../runtime/metrics';
import type { Outcome } from './outcome';
import type { Conversation, Proof } from './conversation';
import { householdDossier } from './household-dossier';
import { didLock, proveHousehold } from './prove-household';
import { paymentsBefore } from './said-before';
import { effectKey } from './scene';
import type { Scene } from './scene';

/** Proves the household of a card, and learns what its caller may be told at this level. */
export async function proveCaller(
  scene: Scene,
  conversation: Conversation,
  digits: string,
  place: string,
): Promise<Outcome> {
  const { house, turn } = scene;
  const today = house.clock.today();
  const card = {
    msisdn: turn.msisdn,
    phoneKey: scene.phoneKey(),
    digits,
    cardKey: keyedHash(house.hashKey, 'card', digits.slice(0, 8)),
    effectKey: effectKey(scene, place, 'identity.prove'),
    now: house.clock.now(),
  };
  const outcome = await waitedFor(house.metrics, 'card', () =>
    proveHousehold(house.db.lines, card),
  );
  if (outcome.kind === 'locked') {
    const { until } = outcome;
    const began = await didLock(house.db.lines, card.effectKey);
    house.metrics.add(
      began ? 'jigi_ussd_lockouts_total' : 'jigi_ussd_locked_cards_total',
      { until },
    );
    return { answer: { type: 'told.locked', until: outcome.until } };
  }
  if (outcome.kind !== 'proved') {
    return { answer: { type: `told.${outcome.kind}` } };
  }
  const { householdId, phoneKind } = outcome;
  const level: Proof['level'] = phoneKind === 'unlinked' ? 'L1b' : 'L1';
  const household = householdDossier(
    {
      ...outcome.household,
      payments: paymentsBefore(scene, outcome.household.payments),
    },
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
    change: {
      dossier,
      proof: { householdId, level, knowsActivities: false },
    },
  };
}
