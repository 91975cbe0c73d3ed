import type {
  Dossier,
  HouseholdFacts,
  PaymentFacts,
} from '../../flows/contract';
import { answersGiven } from './once';
import { effectKey } from './scene';
import type { Scene, SpokenOf } from './scene';

/** What an effect that speaks of something keeps. */
export interface SpokenAnswer<Answer> {
  answer: Answer;
  spokenOf: SpokenOf;
}

/** The payment of a dossier that a step is about to speak of. */
export function paymentSpokenOf(
  { household }: Dossier,
  paymentId: number,
): SpokenOf {
  const known = [
    ...(household?.answerable ?? []),
    ...(household?.past ?? []),
  ].find((payment) => payment.paymentId === paymentId);
  const { receipt } = known ?? {};
  return { payment: receipt ? { paymentId, receipt } : { paymentId } };
}

/**
 * The scene of a lost call that is walked again: until a step is taken once more, the household's
 * facts are as they were before it, or the keys would mean another payment than they did.
 * @param places of the replies that will be taken
 */
export async function walkingAgain(
  scene: Scene,
  places: readonly string[],
): Promise<Scene> {
  const keys = places.flatMap((place) =>
    (['receipt.record', 'ration.record'] as const).map((effect) =>
      effectKey(scene, place, effect),
    ),
  );
  const answers = await answersGiven(scene.house, keys);
  const saidBefore = new Map<string, SpokenOf>();
  for (const key of keys) {
    // Written by `commands` under this very key.
    const given = answers.get(key) as SpokenAnswer<unknown> | undefined;
    if (given !== undefined) saidBefore.set(key, given.spokenOf);
  }
  return { ...scene, saidBefore };
}

/** Payments as they stood before what this call says of them further on. @param payments newest window first */
export function paymentsBefore<
  Row extends { paymentId: number; receipt: PaymentFacts['receipt'] | null },
>({ saidBefore }: Scene, payments: readonly Row[]): Row[] {
  const steps = [...(saidBefore?.values() ?? [])];
  return payments.map((row) => {
    const first = steps.find(
      ({ payment }) => payment?.paymentId === row.paymentId,
    );
    return first?.payment === undefined
      ? row
      : { ...row, receipt: first.payment.receipt ?? null };
  });
}

/** A household with the ration that this call speaks of further on. */
export function withRationBefore(
  { saidBefore }: Scene,
  household: HouseholdFacts,
): HouseholdFacts {
  const step = [...(saidBefore?.values() ?? [])].find(
    ({ ration }) => ration !== undefined,
  );
  return step?.ration === undefined
    ? household
    : { ...household, ration: step.ration };
}
