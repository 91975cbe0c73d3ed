import type { RawBody, RawReply, UssdGateway } from '../channels/contract';
import {
  type DoorGuard,
  gatewayDoors,
  type WebhookListener,
} from './gateway-doors';
import { type EndDeps, takeEnd } from './take-end';
import { takeTurn, type TurnDeps } from './take-turn';

/** What the USSD doors need of the house. */
export interface UssdWebhookDeps
  extends DoorGuard, Omit<TurnDeps & EndDeps, 'deadlineMs'> {
  gateways: ReadonlyMap<string, UssdGateway>;
  /** What a step may take in all once its body is there: 3 s unless set. */
  deadlineMs?: number;
}

type Door = (
  deps: TurnDeps & EndDeps,
  gateway: UssdGateway,
  body: RawBody,
) => Promise<RawReply>;

const DOORS: ReadonlyMap<string, Door> = new Map([
  ['ussd', takeTurn],
  ['ussd-events', takeEnd],
]);

/** `POST /webhooks/:gateway/:token/ussd` and `/ussd-events`. */
export function ussdWebhooks(given: UssdWebhookDeps): WebhookListener {
  const deps = { ...given, deadlineMs: given.deadlineMs ?? 3_000 };
  return gatewayDoors(given, {
    names: new Set(DOORS.keys()),
    open({ gateway: name, door: asked }) {
      const door = DOORS.get(asked);
      const gateway = deps.gateways.get(name);
      if (door === undefined || gateway === undefined) return undefined;
      return {
        gateway: name,
        method: 'POST',
        visit: (request) => door(deps, gateway, request),
      };
    },
  });
}
