import type { RawReply } from '../channels/contract';
import type {
  DeliveryReport,
  InboundSms,
  OptOut,
  RawRequest,
  ReadSms,
  SmsGateway,
} from '../channels/sms-contract';
import { type Callback, newCallback } from '../messaging/callback';
import type { Clock } from '../runtime/clock';
import { inTime, Late } from '../runtime/in-time';
import {
  type DoorGuard,
  gatewayDoors,
  type GatewayDoor,
  type WebhookListener,
} from './gateway-doors';

/** Takes in what came; done once it is in the store, or safely aside until the store is back. */
export interface CallbackTakers {
  delivery: (
    callback: Callback,
    read: ReadSms<DeliveryReport>,
  ) => Promise<void>;
  inbound: (
    callback: Callback,
    read: ReadSms<InboundSms | OptOut>,
  ) => Promise<void>;
}

/** What the doors of SMS gateways need of the house. */
export interface SmsWebhookDeps extends DoorGuard {
  gateways: ReadonlyMap<string, SmsGateway>;
  take: CallbackTakers;
  clock: Pick<Clock, 'now'>;
  /** What taking in may take: 8 s unless set; gateways wait ten. */
  deadlineMs?: number;
}

const NO_DOOR = { kind: 'unreadable', reason: 'no such door' } as const;

const NAMES = new Set(['delivery', 'inbound']);

/**
 * `/webhooks/:gateway/:token/delivery` and `/inbound`, by the method of each gateway. 200 is said of what is kept, be its
 * message known or not; 400 of what cannot be read; 503 of what could not be kept, so that it comes again.
 */
export function smsWebhooks(deps: SmsWebhookDeps): WebhookListener {
  return gatewayDoors(deps, {
    names: NAMES,
    open({ gateway: name, door }) {
      const gateway = deps.gateways.get(name);
      return gateway && doorOf(deps, gateway, door);
    },
  });
}

function doorOf(
  deps: SmsWebhookDeps,
  gateway: SmsGateway,
  name: string,
): GatewayDoor | undefined {
  const { reads, name: known } = gateway;
  if (name === 'delivery') {
    const visit = (request: RawRequest) =>
      taken(deps, gateway.readDelivery(request), {
        callback: callbackOf(deps, known, 'delivery', request),
        take: deps.take.delivery,
      });
    return { gateway: known, method: reads.delivery, visit };
  }
  if (gateway.readInbound === undefined || reads.inbound === undefined)
    return undefined;
  const visit = (request: RawRequest) =>
    taken(deps, gateway.readInbound?.(request) ?? NO_DOOR, {
      callback: callbackOf(deps, known, 'inbound', request),
      take: deps.take.inbound,
    });
  return { gateway: known, method: reads.inbound, visit };
}

function callbackOf(
  { clock }: SmsWebhookDeps,
  gateway: string,
  door: Callback['door'],
  request: RawRequest,
): Callback {
  return newCallback({ gateway, door, request, receivedAt: clock.now() });
}

async function taken<T>(
  deps: SmsWebhookDeps,
  read: ReadSms<T>,
  come: {
    callback: Callback;
    take: (callback: Callback, read: ReadSms<T>) => Promise<void>;
  },
): Promise<RawReply> {
  const { gateway, door } = come.callback;
  if (read.kind === 'unreadable') {
    deps.count?.('unreadable', gateway);
    const facts = { gateway, kind: door, fault: read.reason };
    deps.log.warn('sms callback unreadable', facts);
  }
  try {
    await inTime(deps.deadlineMs ?? 8_000, () =>
      come.take(come.callback, read),
    );
    return empty(read.kind === 'read' ? 200 : 400);
  } catch (error) {
    deps.count?.(error instanceof Late ? 'late' : 'failed', gateway);
    deps.log.error('sms callback not kept', { gateway, kind: door, error });
    return empty(503);
  }
}

function empty(status: number): RawReply {
  return { status, contentType: 'text/plain; charset=utf-8', body: '' };
}
