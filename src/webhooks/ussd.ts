import type { IncomingMessage, ServerResponse } from 'node:http';

import type { RawBody, RawReply, UssdGateway } from '../channels/contract';
import { knownToken } from './known-token';
import { readBody } from './read-body';
import { refuse } from './refuse';
import { type EndDeps, takeEnd } from './take-end';
import { takeTurn, type TurnDeps } from './take-turn';
import { webhookPath } from './webhook-path';

/** What the USSD doors need of the house. */
export interface UssdWebhookDeps extends Omit<
  TurnDeps & EndDeps,
  'deadlineMs'
> {
  gateways: ReadonlyMap<string, UssdGateway>;
  /** Every token that opens the doors now; two while one replaces the other. */
  tokens: readonly string[];
  /** What a step may take in all once its body is there: 3 s unless set. */
  deadlineMs?: number;
  /** How long a body of at most 16 kB may take to arrive: 5 s unless set. */
  bodyDeadlineMs?: number;
}

/** Takes a request of its own or passes it on. Stands before Express, or in it at the root. */
export type WebhookListener = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void;

type Door = (
  deps: TurnDeps & EndDeps,
  gateway: UssdGateway,
  body: RawBody,
) => Promise<RawReply>;

const DOORS: ReadonlyMap<string, Door> = new Map([
  ['ussd', takeTurn],
  ['ussd-events', takeEnd],
]);

const BODY_BYTES = 16 * 1024;

/**
 * `POST /webhooks/:gateway/:token/ussd` and `/ussd-events`, straight on node:http: Express's
 * router, form parser and `res.send` would cost more than all the rest of a step.
 */
export function ussdWebhooks(given: UssdWebhookDeps): WebhookListener {
  const deps = { ...given, deadlineMs: given.deadlineMs ?? 3_000 };
  const limits = {
    bytes: BODY_BYTES,
    deadlineMs: given.bodyDeadlineMs ?? 5_000,
  };
  const isKnown = knownToken(deps.tokens);

  return (request, response, next) => {
    const path = webhookPath(request.url ?? '');
    const door = path && DOORS.get(path.door);
    if (!door) {
      next();
      return;
    }
    // Both are looked at before either decides, so that the time tells nothing of the token.
    const mayEnter = isKnown(path.token);
    const gateway = deps.gateways.get(path.gateway);
    if (!mayEnter || !gateway) {
      deps.count?.('forged', gateway?.name ?? 'unknown');
      refuse(request, response, 404);
    } else if (request.method !== 'POST') {
      deps.count?.('wrongMethod', gateway.name);
      refuse(request, response, 405, { Allow: 'POST' });
    } else {
      visit(request, response, gateway, door).catch((error: unknown) => {
        deps.log.error('ussd door failed', {
          gateway: gateway.name,
          error,
        });
        if (response.headersSent) response.destroy();
        else refuse(request, response, 503);
      });
    }
  };

  async function visit(
    request: IncomingMessage,
    response: ServerResponse,
    gateway: UssdGateway,
    door: Door,
  ): Promise<void> {
    const body = await readBody(request, limits);
    switch (body.kind) {
      case 'gone':
        return;
      case 'tooLarge':
        deps.count?.('tooLarge', gateway.name);
        refuse(request, response, 413);
        return;
      case 'late':
        deps.count?.('slowBody', gateway.name);
        refuse(request, response, 408, { Connection: 'close' });
        return;
      case 'read': {
        const contentType = request.headers['content-type'] ?? '';
        const raw = { contentType, text: body.text };
        write(response, await door(deps, gateway, raw));
      }
    }
  }
}

function write(response: ServerResponse, reply: RawReply): void {
  response.writeHead(reply.status, {
    'Content-Type': reply.contentType,
    'Content-Length': Buffer.byteLength(reply.body),
  });
  response.end(reply.body);
}
