import type { UssdGateway, UssdTurn } from '../channels/contract';
import { keyedHash } from '../runtime/keyed-hash';
import { waitedFor } from '../runtime/metrics';
import { knowCaller } from './know-caller';
import type { KnownCaller } from './know-caller';
import type { Gathering, PaymentFacts } from '../../flows/contract';
import type { UssdHouse } from './ussd-house';

/** What a step spoke of, as the caller knew it before: kept with the answer of its effect, as long as that. */
export interface SpokenOf {
  payment?: Pick<PaymentFacts, 'paymentId' | 'receipt'>;
  ration?: Gathering;
}

/** One step being answered: the house, who calls, and through what. */
export interface Scene {
  house: UssdHouse;
  gateway: UssdGateway;
  turn: UssdTurn;
  /** Keyed hash of gateway, session and number: another number never meets the same call. */
  sessionKey: string;
  /** Keyed hash of the number alone, reckoned when first asked for. */
  phoneKey: () => string;
  /** After this, on the process's clock, the caller reads a courteous end and nothing more takes effect. */
  deadlineMs: number;
  /** What is known of the number, asked once a step. */
  caller: () => Promise<KnownCaller>;
  /** What later steps spoke of, by the key of their effect: while a lost call is walked again, and until each is taken once more. */
  saidBefore?: Map<string, SpokenOf>;
}

/** Whether a step is the dial of a call. */
export function isDial({ input }: UssdTurn): boolean {
  return input.mode === 'cumulative' ? input.path === '' : input.start;
}

/** Sets the scene of a step. */
export function sceneOf(
  house: UssdHouse,
  gateway: UssdGateway,
  turn: UssdTurn,
): Scene {
  let phoneKey: string | undefined;
  let asked: Promise<KnownCaller> | undefined;
  const caller = (): Promise<KnownCaller> => {
    asked ??= waitedFor(house.metrics, 'caller', () =>
      knowCaller(house.db.lines, turn.msisdn),
    );
    return asked;
  };
  if (isDial(turn)) {
    // Asked while the session is read, which hardly ever finds a dial's call; who needs it hears of a failure.
    caller().catch(() => undefined);
  }
  return {
    house,
    gateway,
    turn,
    sessionKey: keyedHash(
      house.hashKey,
      'session',
      `${turn.gateway}\0${turn.sessionId}\0${turn.msisdn}`,
    ),
    phoneKey: () =>
      (phoneKey ??= keyedHash(house.hashKey, 'phone', turn.msisdn)),
    deadlineMs: performance.now() + patienceMs,
    caller,
  };
}

/** No step keeps a caller waiting longer. */
export const patienceMs = 2700;

/** Whether the caller has been told that the service cannot answer now. */
export function isOverdue({ deadlineMs }: Pick<Scene, 'deadlineMs'>): boolean {
  return performance.now() > deadlineMs;
}

/**
 * Names one effect of one call, so that it happens once however often the step
 * is repeated or replayed.
 * @param place the path up to the reply that caused it, or the count of the step; only its hash is kept
 */
export function effectKey(scene: Scene, place: string, effect: string): string {
  return keyedHash(
    scene.house.hashKey,
    'effect',
    `${scene.sessionKey}\0${place}\0${effect}`,
  );
}
