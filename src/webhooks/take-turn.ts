import type {
  RawBody,
  RawReply,
  UssdEnd,
  UssdGateway,
  UssdScreen,
  UssdTurn,
} from '../channels/contract';
import type { DoorLog } from './door-log';
import { inTime, Late } from '../runtime/in-time';

/** What it takes to answer a step. */
export interface TurnDeps extends DoorLog {
  answer: (gateway: UssdGateway, turn: UssdTurn) => Promise<UssdScreen>;
  ended: (gateway: string, end: UssdEnd) => Promise<void>;
  /** The kind sentence for whom we failed, in the caller's language if the turn tells it. */
  courteous: (gateway: UssdGateway, turn?: UssdTurn) => UssdScreen;
  /** What a step may take in all; gateways wait ten seconds. */
  deadlineMs: number;
}

/**
 * One step of a call. Whatever happens behind it, the caller reads a sentence: a throw or an
 * answer that comes too late is a courteous end in the gateway's own dialect.
 */
export async function takeTurn(
  deps: TurnDeps,
  gateway: UssdGateway,
  body: RawBody,
): Promise<RawReply> {
  const read = gateway.readTurn(body);
  switch (read.kind) {
    case 'read':
      return gateway.writeScreen(
        await screenFor(deps, gateway, read.value),
        read.value,
      );
    case 'ended':
      await noted(deps, gateway, read.end);
      return gateway.writeScreen({ text: '', end: true }, read.to);
    case 'unreadable': {
      const facts = { gateway: gateway.name, fault: read.reason };
      deps.count?.('unreadable', gateway.name);
      deps.log.warn('ussd request unreadable', facts);
      return read.answerable
        ? gateway.writeScreen(deps.courteous(gateway), read.to)
        : { status: 400, contentType: 'text/plain; charset=utf-8', body: '' };
    }
  }
}

async function screenFor(
  deps: TurnDeps,
  gateway: UssdGateway,
  turn: UssdTurn,
): Promise<UssdScreen> {
  try {
    return await inTime(deps.deadlineMs, () => deps.answer(gateway, turn));
  } catch (error) {
    deps.count?.(error instanceof Late ? 'late' : 'failed', gateway.name);
    deps.log.error('ussd step failed', {
      gateway: gateway.name,
      error,
    });
    return deps.courteous(gateway, turn);
  }
}

/** The caller is gone already: a failure to note it changes nothing for anybody. */
async function noted(
  deps: TurnDeps,
  gateway: UssdGateway,
  end: UssdEnd,
): Promise<void> {
  try {
    await inTime(deps.deadlineMs, () => deps.ended(gateway.name, end));
  } catch (error) {
    deps.count?.('failed', gateway.name);
    deps.log.error('ussd end not noted', {
      gateway: gateway.name,
      error,
    });
  }
}
