import type { IncomingMessage, ServerResponse } from 'node:http';

import type { RawReply } from '../channels/contract';
import type { RawRequest } from '../channels/sms-contract';
import type { DoorLog } from './door-log';
import { knownToken } from './known-token';
import { type BodyLimits, readBody } from './read-body';
import { refuse } from './refuse';
import { type WebhookPath, webhookPath } from './webhook-path';

/** Takes a request of its own or passes it on. Stands before Express, or in it at the root. */
export type WebhookListener = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void;

/** Who may enter at all, and what entering may cost. */
export interface DoorGuard extends DoorLog {
  /** Every token that opens the doors now; two while one replaces the other. */
  tokens: readonly string[];
  /** How long a body of at most 16 kB may take to arrive: 5 s unless set. */
  bodyDeadlineMs?: number;
}

/** A door of one gateway. */
export interface GatewayDoor {
  gateway: string;
  /** The method by which this gateway calls; every other is refused. */
  method: 'POST' | 'GET';
  visit: (request: RawRequest) => Promise<RawReply>;
}

/** The doors of one kind: their last names, and which gateways have one. */
export interface GatewayDoors {
  names: ReadonlySet<string>;
  open: (path: WebhookPath) => GatewayDoor | undefined;
}

const BODY_BYTES = 16 * 1024;

/**
 * `/webhooks/:gateway/:token/:door`, straight on node:http: Express's router, form parser and `res.send` would cost
 * more than all the rest of a step.
 */
export function gatewayDoors(
  guard: DoorGuard,
  doors: GatewayDoors,
): WebhookListener {
  const isKnown = knownToken(guard.tokens);
  const limits = {
    bytes: BODY_BYTES,
    deadlineMs: guard.bodyDeadlineMs ?? 5_000,
  };
  return (request, response, next) => {
    const path = webhookPath(request.url ?? '');
    if (path === undefined || !doors.names.has(path.door)) {
      next();
      return;
    }
    // Both are looked at before either decides, so that the time tells nothing of the token.
    const mayEnter = isKnown(path.token);
    const door = doors.open(path);
    if (!mayEnter || !door) {
      guard.count?.('forged', door?.gateway ?? 'unknown');
      refuse(request, response, 404);
    } else if (request.method !== door.method) {
      guard.count?.('wrongMethod', door.gateway);
      refuse(request, response, 405, { Allow: door.method });
    } else {
      enter({ request, response, door, limits, guard }).catch(
        (error: unknown) => {
          guard.log.error('webhook door failed', {
            gateway: door.gateway,
            error,
          });
          if (response.headersSent) response.destroy();
          else refuse(request, response, 503);
        },
      );
    }
  };
}

interface Visit {
  request: IncomingMessage;
  response: ServerResponse;
  door: GatewayDoor;
  limits: BodyLimits;
  guard: DoorLog;
}

async function enter(visit: Visit): Promise<void> {
  const { request, response, door, limits, guard } = visit;
  const query = queryOf(request.url ?? '');
  if (door.method === 'GET') {
    request.resume();
    write(response, await door.visit({ contentType: '', text: '', query }));
    return;
  }
  const body = await readBody(request, limits);
  switch (body.kind) {
    case 'gone':
      return;
    case 'tooLarge':
      guard.count?.('tooLarge', door.gateway);
      refuse(request, response, 413);
      return;
    case 'late':
      guard.count?.('slowBody', door.gateway);
      refuse(request, response, 408, { Connection: 'close' });
      return;
    case 'read': {
      const contentType = request.headers['content-type'] ?? '';
      const raw = { contentType, text: body.text, query };
      write(response, await door.visit(raw));
    }
  }
}

function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}

function write(response: ServerResponse, reply: RawReply): void {
  response.writeHead(reply.status, {
    'Content-Type': reply.contentType,
    'Content-Length': Buffer.byteLength(reply.body),
  });
  response.end(reply.body);
}
