import express, {
  type ErrorRequestHandler,
  type Request,
  type Response,
  Router,
} from 'express';

import type { UssdPage } from '../channels/contract';
import type { Simulator } from '../channels/simulator-sms';
import type { DemoPerson } from '../exchange/demo-people';
import type { OffsetClock } from '../runtime/clock';
import { passDays } from './pass-days';
import { readAssets } from './read-assets';
import { smsPages } from './sms-pages';

/** What the page shows and moves. Never mounted outside a demo. */
export interface SimulatorDeps {
  people: readonly DemoPerson[];
  clock: OffsetClock;
  shortCode: string;
  /** A token that opens the webhooks of the demo. */
  token: string;
  /** What one page of Africa's Talking holds. */
  page: UssdPage;
  /** The gateway whose inboxes the page shows. */
  sms: Simulator;
  /** Does what is due by the clock, once it was moved. */
  runDue: () => Promise<void>;
}

/** No script or style but our own files, nobody else's addresses, in nobody's frame. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
} as const;

/** As far as the setting DEMO_CLOCK_OFFSET goes. */
const FARTHEST_DAYS = 3_650;

/**
 * `/simulator`: a feature phone in a page that plays Africa's Talking against the real webhooks, and its inbox of SMS.
 * `GET /demo` tells it whom one may dial as; `POST /clock {"offsetDays": 1}` moves the demo's day.
 */
export function simulatorPages(deps: SimulatorDeps): Router {
  const assets = readAssets();
  const router = Router();
  const move = oneAtATime((days: number) => passDays(deps, days));

  router.use((_request, response, next) => {
    response.set(HEADERS);
    next();
  });
  router.get('/demo', (_request, response) => {
    response.json({
      shortCode: deps.shortCode,
      webhook: `/webhooks/africastalking/${encodeURIComponent(deps.token)}`,
      smsWebhook: `/webhooks/${deps.sms.name}/${encodeURIComponent(deps.token)}`,
      page: deps.page,
      people: deps.people,
      clock: shown(deps.clock),
    });
  });
  router.use(
    smsPages({ sms: deps.sms, phones: deps.people.map((one) => one.msisdn) }),
  );
  router.post('/clock', express.json({ limit: '1kb' }), (request, response) =>
    moveClock(deps.clock, move, request, response),
  );
  router.get('/{:asset}', (request, response, next) => {
    const asset = assets.get(request.params.asset ?? 'index.html');
    if (asset === undefined) next();
    else response.type(asset.type).send(asset.content);
  });
  router.use(refuseBody);
  return router;
}

/** Two who move the clock at once would each undo the other's way. */
function oneAtATime<In>(work: (of: In) => Promise<void>) {
  let last = Promise.resolve();
  return (of: In): Promise<void> => {
    const mine = last.then(() => work(of));
    last = mine.catch(() => undefined);
    return mine;
  };
}

function shown(clock: OffsetClock) {
  return { today: clock.today(), offsetDays: clock.offsetDays() };
}

async function moveClock(
  clock: OffsetClock,
  move: (days: number) => Promise<void>,
  request: Request,
  response: Response,
): Promise<void> {
  const days = offsetDaysOf(request.body);
  if (days === undefined) {
    response.status(400).json({
      message: `offsetDays: un nombre entier de jours, de -${FARTHEST_DAYS} à ${FARTHEST_DAYS}.`,
    });
    return;
  }
  await move(days);
  response.json(shown(clock));
}

function offsetDaysOf(body: unknown): number | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const days: unknown = Reflect.get(body, 'offsetDays');
  const isDays =
    typeof days === 'number' &&
    Number.isInteger(days) &&
    Math.abs(days) <= FARTHEST_DAYS;
  return isDays ? days : undefined;
}

/** A body that is too long or no JSON; anything else is the house's to answer. */
const refuseBody: ErrorRequestHandler = (error, _request, response, next) => {
  const status: unknown =
    error instanceof Error ? Reflect.get(error, 'status') : undefined;
  if (typeof status !== 'number' || status >= 500) next(error);
  else response.status(status).json({ message: 'Ce corps est illisible.' });
};
