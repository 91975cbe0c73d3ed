import { type Request, type Response, Router, json } from 'express';

import type { Simulator, SimulatorManner } from '../channels/simulator-sms';

/** What the page of the inbox shows. */
export interface SmsPagesDeps {
  sms: Simulator;
  /** Whose inboxes are counted. */
  phones: readonly string[];
}

/** How the demo's SMS gateway may be told to behave, by the word that the page sends. */
const MANNERS: ReadonlyMap<string, SimulatorManner> = new Map([
  ['well', { kind: 'well' }],
  ['slow', { kind: 'slow', pauseMs: 3_000 }],
  ['throttled', { kind: 'throttled', retryAfterMs: 2_000 }],
  ['failing', { kind: 'failing' }],
  ['silent', { kind: 'silent' }],
  ['undelivered', { kind: 'undelivered' }],
]);

/** Reports that are remembered, of all phones. */
const MOST_REPORTS = 2_000;

/**
 * The demo's SMS: `GET /inbox?phone=+223…` gives what that phone received and how many each received;
 * `POST /manner {"manner": "failing"}` makes the gateway fail on demand.
 */
export function smsPages({ sms, phones }: SmsPagesDeps): Router {
  const router = Router();
  const reports = rememberedReports(sms);
  let manner = 'well';

  router.get('/inbox', (request, response) => {
    const phone = wordOf(request.query['phone']);
    response.json({
      manner,
      messages: sms.inbox(phone).map(({ providerId, senderId, text, at }) => ({
        ...{ id: providerId, from: senderId, text, at: at.toISOString() },
        report: reports.of(phone).get(providerId),
      })),
      undelivered: [...reports.of(phone).values()].filter(
        (status) => status !== 'delivered',
      ).length,
      received: Object.fromEntries(
        phones.map((one) => [one, sms.inbox(one).length]),
      ),
    });
  });
  router.post(
    '/manner',
    json({ limit: '1kb' }),
    (request: Request, response: Response) => {
      const asked = wordOf(fieldOf(request.body, 'manner'));
      const chosen = MANNERS.get(asked);
      if (chosen === undefined) {
        const words = [...MANNERS.keys()].join(', ');
        response.status(400).json({ message: `manner: ${words}.` });
        return;
      }
      sms.behave(chosen);
      manner = asked;
      response.json({ manner });
    },
  );
  return router;
}

/** The delivery reports that the gateway sent, by phone and id; the oldest phones are forgotten first. */
function rememberedReports(sms: Simulator) {
  const byPhone = new Map<string, Map<string, string>>();
  let count = 0;
  sms.onReport(({ text }) => {
    const form = new URLSearchParams(text);
    const phone = form.get('phoneNumber') ?? '';
    const ofPhone = byPhone.get(phone) ?? new Map<string, string>();
    ofPhone.set(form.get('id') ?? '', form.get('status') ?? '');
    byPhone.delete(phone);
    byPhone.set(phone, ofPhone);
    count += 1;
    for (const [oldest, gone] of byPhone) {
      if (count <= MOST_REPORTS || byPhone.size === 1) break;
      byPhone.delete(oldest);
      count -= gone.size;
    }
  });
  return {
    of: (phone: string): ReadonlyMap<string, string> =>
      byPhone.get(phone) ?? new Map(),
  };
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null
    ? Reflect.get(body, name)
    : undefined;
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
