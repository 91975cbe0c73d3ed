import type {
  RawBody,
  RawReply,
  UssdEnd,
  UssdGateway,
} from '../channels/contract';
import type { DoorLog } from './door-log';
import { inTime } from '../runtime/in-time';

/** What it takes to note how a call ended. */
export interface EndDeps extends DoorLog {
  ended: (gateway: string, end: UssdEnd) => Promise<void>;
  deadlineMs: number;
}

/**
 * A gateway's word on how a call ended. It may come twice, and before the last step; 503 when
 * it could not be kept, so that a gateway that repeats such words does.
 */
export async function takeEnd(
  deps: EndDeps,
  gateway: UssdGateway,
  body: RawBody,
): Promise<RawReply> {
  const read = gateway.readEnd?.(body);
  if (read === undefined) return empty(404);
  if (read.kind === 'unreadable') {
    const facts = { gateway: gateway.name, fault: read.reason };
    deps.count?.('unreadable', gateway.name);
    deps.log.warn('ussd event unreadable', facts);
    return empty(400);
  }
  try {
    await inTime(deps.deadlineMs, () => deps.ended(gateway.name, read.value));
    return empty(200);
  } catch (error) {
    deps.count?.('failed', gateway.name);
    deps.log.error('ussd event not noted', {
      gateway: gateway.name,
      error,
    });
    return empty(503);
  }
}

function empty(status: number): RawReply {
  return { status, contentType: 'text/plain; charset=utf-8', body: '' };
}
