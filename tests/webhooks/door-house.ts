import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ussdGateways } from '../../src/channels';
import type { UssdEnd, UssdTurn } from '../../src/channels/contract';
import { ussdWebhooks, type UssdWebhookDeps } from '../../src/webhooks/ussd';

export const FORM = 'application/x-www-form-urlencoded';
export const USSD = '/webhooks/africastalking/demo/ussd';
export const EVENTS = '/webhooks/africastalking/demo/ussd-events';

/** A step of one call, as Africa's Talking writes it. */
export function step(text: string, msisdn = '%2B22376123456'): string {
  return `sessionId=ATUid_1&serviceCode=%2A384%2A55%23&phoneNumber=${msisdn}&networkCode=61001&text=${encodeURIComponent(text)}`;
}

/** What the doors told of themselves, and what came through them. */
export interface Seen {
  turns: UssdTurn[];
  ends: { gateway: string; end: UssdEnd }[];
  lines: { facts: object; message: string }[];
  counts: string[];
}

/** The doors with nothing behind them but an echo of what was typed. */
export function doorDeps(
  seen: Seen,
  change: Partial<UssdWebhookDeps> = {},
): UssdWebhookDeps {
  const line = (message: string, facts: object = {}) =>
    void seen.lines.push({ facts, message });
  return {
    gateways: ussdGateways(),
    tokens: ['demo', 'the next one'],
    answer: (_gateway, turn) => {
      seen.turns.push(turn);
      const { input } = turn;
      const typed = input.mode === 'cumulative' ? input.path : input.reply;
      return Promise.resolve({ text: `${turn.msisdn} ${typed}`, end: false });
    },
    ended: (gateway, end) => {
      seen.ends.push({ gateway, end });
      return Promise.resolve();
    },
    courteous: (_gateway, turn) => ({
      text: `Réessayez plus tard.${turn ? ` ${turn.msisdn}` : ''}`,
      end: true,
    }),
    log: { warn: line, error: line },
    count: (event) => void seen.counts.push(event),
    ...change,
  };
}

export function nothingSeen(): Seen {
  return { turns: [], ends: [], lines: [], counts: [] };
}

/** A server with only the doors; what they pass on is answered with a teapot. */
export function doorServer(deps: UssdWebhookDeps): Server {
  const doors = ussdWebhooks(deps);
  return createServer((request, response) =>
    doors(request, response, () => response.writeHead(418).end()),
  );
}

/** Starts a server on the loopback, on a free port unless told. */
export async function listening(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  // node:net says `string` for pipes and `null` before listening; neither is so here.
  return (server.address() as AddressInfo).port;
}

/** Stops a server and whoever is still connected. */
export async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
