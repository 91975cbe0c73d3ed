import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { GatewayError, type GatewayFailure } from '../channels/gateway-error';
import type { RecipientOutcome, SmsGateway } from '../channels/sms-contract';
import type { Batch, BegunMessage } from './claimed-message';
import { earlyReports, type EarlyReports } from './early-reports';
import { fateOf, fateOfFault, pauseFor } from './fate';
import { gather } from './gather';
import type { GatewayWatch } from './gateway-watch';
import { takeBackUnsent } from './give-back';
import { type Answered, type MarkDeps, markAnswers } from './mark-answers';
import { type PauseReason, pauseGateway } from './pause-gateway';
import type { SendingHouse } from './sending-house';
import { type Turn, turnRequests } from './turn-requests';
import { within } from './within';

/** Messages in one statement at most. */
const inStatement = 2_000;

/** Until the store is asked again to take an answer, in milliseconds. */
const storeAgainMs = 300;

/** Gives what goes next, or nothing. */
export type NextBatch = () => Batch | undefined;

/** Carries batches to their gateways: the only caller of `SmsGateway.send`. */
export interface Carrier {
  /**
   * Begins a request, makes it, and stores what was answered, however long the store takes to come back.
   * @param next the request that takes the place of one that is over, as long as there is any
   */
  carry(batch: Batch, next: NextBatch): Promise<void>;
  /** The same for one that has begun. */
  carryOn(batch: Batch<BegunMessage>, next: NextBatch): Promise<void>;
  /** Gives up the requests that are under way: their messages are unknown. */
  abandonRequests: () => void;
  /** Settles reports that came before the ids which were stored since. */
  settleEarly(): Promise<void>;
  /** Stores nothing more: what has no answer in the store is for whoever finds this sender gone. */
  abandonStore: () => void;
}

/** What a carrier keeps of its work. */
interface Work {
  house: SendingHouse & Pick<MarkDeps, 'pricesNow'>;
  watch: GatewayWatch;
  turn(one: Turn): Promise<BegunMessage[]>;
  mark(answers: Answered[]): Promise<void>;
  early: EarlyReports;
  /** Requests end with this. */
  requests: AbortController;
  /** Attempts to reach the store end with this. */
  store: AbortController;
}

/** Makes the carrier of one sender. */
export function createCarrier(
  house: SendingHouse & Pick<MarkDeps, 'pricesNow'>,
  watch: GatewayWatch,
): Carrier {
  const limits = { most: inStatement, atOnce: 2 };
  const work: Work = {
    ...{ house, watch },
    turn: gather((turns) => turnRequests(house, turns), {
      ...limits,
      weigh: ({ answers, batch }) =>
        answers.length + (batch?.messages.length ?? 0),
    }),
    mark: gather(
      async (answers: Answered[][]) => {
        await persistently(work, () => markAnswers(house, answers.flat()));
        return answers.map(() => undefined);
      },
      { ...limits, weigh: (answers) => answers.length },
    ),
    early: earlyReports(house),
    requests: new AbortController(),
    store: new AbortController(),
  };
  // Every request under way listens.
  setMaxListeners(0, work.requests.signal);
  return {
    carry: async (batch, next) => {
      const messages = await turned(work, [], batch);
      await carryOn(work, { gateway: batch.gateway, messages }, next);
    },
    carryOn: (batch, next) => carryOn(work, batch, next),
    settleEarly: () => work.early.settle(),
    abandonRequests: () => {
      work.requests.abort();
    },
    abandonStore: () => {
      work.store.abort();
    },
  };
}

/** Makes a request, and those that take its place. */
async function carryOn(
  work: Work,
  first: Batch<BegunMessage>,
  next: NextBatch,
): Promise<void> {
  let { gateway, messages } = first;
  for (;;) {
    const answers = await ask(work, gateway, messages);
    const batch = next();
    messages = await turned(work, answers, batch);
    work.early.stored(gateway.name, answers.flatMap(idOf));
    count(work.house, gateway, answers);
    if (batch === undefined) return;
    gateway = batch.gateway;
  }
}

/** Stores answers and begins the next request. @returns what may go of it */
async function turned(
  work: Work,
  answers: Answered[],
  batch: Batch | undefined,
): Promise<readonly BegunMessage[]> {
  if (answers.length === 0 && batch === undefined) return [];
  try {
    return await work.turn({ answers, batch });
  } catch (error) {
    const { house } = work;
    house.log.warn('sms not begun: the store is away', { error });
    await Promise.all([
      work.mark(answers),
      batch !== undefined &&
        persistently(work, () =>
          takeBackUnsent(house.db, house.sender, batch.messages),
        ),
    ]);
    return [];
  }
}

/** Makes the request. Whatever happens, each message has its fate. */
async function ask(
  work: Work,
  gateway: SmsGateway,
  begun: readonly BegunMessage[],
): Promise<Answered[]> {
  const { house, watch } = work;
  const [first] = begun;
  if (first === undefined) return [];
  const began = performance.now();
  try {
    const outcomes = await within(
      { ms: house.limits.requestMs, stop: work.requests.signal },
      (signal) =>
        gateway.send(
          {
            text: first.text,
            encoding: first.encoding,
            recipients: begun.map(({ id, msisdn }) => ({
              id: String(id),
              msisdn,
            })),
          },
          signal,
        ),
    );
    watch.answered(gateway.name, performance.now() - began);
    await pauseIfTold(work, gateway.name, failuresOf(outcomes));
    return byRecipient(begun, outcomes);
  } catch (error) {
    const fault = faultOf(error, gateway.name);
    watch.failed(gateway.name, fault, performance.now() - began);
    house.log.warn('sms request failed', {
      ...{ gateway: gateway.name, count: begun.length, kind: fault.failure },
      ...{ outcome: fault.begun === 'maybe' ? 'unknown' : 'again', error },
    });
    await pauseIfTold(work, gateway.name, [fault.failure]);
    return begun.map((message) => ({
      message,
      fate: fateOfFault(fault, message.attempts),
    }));
  } finally {
    const seconds = (performance.now() - began) / 1000;
    house.metrics.observe(
      'jigi_sms_request_seconds',
      { gateway: gateway.name },
      seconds,
    );
  }
}

/** Gateways throw nothing else; should one, nobody knows what it had done by then. */
function faultOf(error: unknown, gateway: string): GatewayError {
  if (error instanceof GatewayError) return error;
  return new GatewayError(gateway, {
    failure: 'unanswered',
    begun: 'maybe',
    ours: true,
    reason: 'no whole answer came',
  });
}

function failuresOf(outcomes: readonly RecipientOutcome[]): GatewayFailure[] {
  return outcomes.flatMap((outcome) =>
    outcome.kind === 'refused' ? [outcome.failure] : [],
  );
}

/** The answer may lack some, and have others in any order. */
function byRecipient(
  begun: readonly BegunMessage[],
  outcomes: readonly RecipientOutcome[],
): Answered[] {
  const told = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  return begun.map((message) => ({
    message,
    fate: fateOf(told.get(String(message.id)), message.attempts),
  }));
}

function idOf({ fate }: Answered): string[] {
  return fate.to === 'sent' && fate.providerId !== undefined
    ? [fate.providerId]
    : [];
}

async function pauseIfTold(
  work: Work,
  gateway: string,
  failures: readonly GatewayFailure[],
): Promise<void> {
  const reason: PauseReason | undefined = failures
    .map(pauseFor)
    .find((found) => found !== undefined);
  if (reason === undefined) return;
  const { house, watch } = work;
  watch.paused(gateway);
  await persistently(work, async () => {
    if (await pauseGateway(house, gateway, reason))
      house.log.error('sms gateway paused', { gateway, kind: reason });
  });
}

/** Tries until the store takes it, or nothing is stored any more. */
async function persistently(
  { house, store }: Work,
  statement: () => Promise<void>,
): Promise<void> {
  for (;;) {
    try {
      await statement();
      return;
    } catch (error) {
      if (store.signal.aborted || !isAway(error)) throw error;
      house.log.warn('sms outcome not stored yet', { error });
      await pause(storeAgainMs);
    }
  }
}

/** Classes of PostgreSQL's errors that another time may not have: lost, busy, full, in another's way, stopping. */
const PASSING = /^(?:08|25|40|53|55|57|58)/;

/** Whether the store could not be asked, or not for now; any other error is a mistake of ours. */
function isAway(error: unknown): boolean {
  const code =
    error instanceof Error && 'code' in error ? error.code : undefined;
  return (
    typeof code !== 'string' ||
    !/^[0-9A-Z]{5}$/.test(code) ||
    PASSING.test(code)
  );
}

function count(
  { metrics }: SendingHouse,
  gateway: SmsGateway,
  answers: readonly Answered[],
): void {
  for (const { message, fate } of answers)
    metrics.add('jigi_messages_total', {
      ...{ state: fate.to, gateway: gateway.name, class: message.class },
    });
}
