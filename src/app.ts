import type { Server } from 'node:http';

import express from 'express';
import type { ErrorRequestHandler } from 'express';

import { checkReadiness } from './runtime/health';
import { AppError } from './runtime/errors';
import type { FailureKind } from './runtime/errors';
import { DEMO_PEOPLE } from './exchange/demo-people';
import { reckonings } from './campaigns/reckonings';
import { consolePages } from './console/console';
import { simulatorPages } from './simulator/simulator-pages';
import { answerTurn } from './ussd/answer-turn';
import { courteousEnd } from './ussd/courteous-end';
import { noteEnd } from './ussd/note-end';
import { countedSteps } from './webhooks/counted-steps';
import type { DoorLog } from './webhooks/door-log';
import { noDoor } from './webhooks/no-door';
import { limitedServer } from './webhooks/server-limits';
import { smsWebhooks } from './webhooks/sms';
import { ussdWebhooks } from './webhooks/ussd';
import type { House } from './wiring';

/** The one place where a kind of failure becomes an HTTP status. */
const statusOf: Readonly<Record<FailureKind, number>> = {
  invalid: 400,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  unavailable: 503,
  bug: 500,
};

/** What Express itself refuses says its status; ours say their kind. */
function statusOfError(error: unknown): number {
  if (error instanceof AppError) return statusOf[error.kind];
  const own: unknown =
    error instanceof Error ? Reflect.get(error, 'status') : undefined;
  return typeof own === 'number' && own >= 400 && own < 500 ? own : 500;
}

/**
 * The service's HTTP side: gateways' doors first, then pages; not yet listening.
 * @param runDue does what is due by the demo's clock after it was moved
 */
export function createApp(
  house: House,
  runDue: () => Promise<void> = () => Promise.resolve(),
): Server {
  const { metrics } = house;
  const count: DoorLog['count'] = (event, gateway) => {
    metrics.add('jigi_door_events_total', { event, gateway });
  };
  const webhooks = ussdWebhooks({
    gateways: house.gateways,
    tokens: house.config.webhookTokens,
    answer: countedSteps(metrics, (gateway, turn) =>
      answerTurn(house.ussd, gateway, turn),
    ),
    ended: (gateway, end) => noteEnd(house.ussd, gateway, end),
    courteous: (gateway) => courteousEnd(house.texts, gateway),
    log: house.log,
    count,
  });
  const smsDoors = smsWebhooks({
    ...{ ...house.smsDesk, tokens: house.config.webhookTokens },
    ...{ clock: house.clock, log: house.log, count },
  });
  const otherDoors = noDoor({ count });
  const pages = createPages(house, runDue);
  return limitedServer((request, response) => {
    webhooks(request, response, () => {
      smsDoors(request, response, () => {
        otherDoors(request, response, () => {
          pages(request, response);
        });
      });
    });
  });
}

function createPages(
  house: House,
  runDue: () => Promise<void>,
): express.Express {
  const app = express();
  app.disable('x-powered-by');
  // The proxy with TLS stands beside or in a network of its own; from the open no address is believed.
  app.set('trust proxy', ['loopback', 'linklocal', 'uniquelocal']);
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const { ready, checks } = await checkReadiness(house);
    response.status(ready ? 200 : 503).json({
      status: ready ? 'ok' : 'down',
      checks,
      screensInFrenchUntilReviewed: [...house.ussd.blockedScreens],
      unreviewedTextsAllowed: house.config.allowUnreviewedTexts,
    });
  });
  app.use(
    '/console',
    consolePages(
      {
        ...{ db: house.db, clock: house.clock, log: house.log },
        ...{ staff: house.staff, hashKey: house.config.hashKey },
        ...{ texts: house.texts, wording: house.ussd.wording },
        campaignDesk: house.campaignDesk,
        reckonings: reckonings(),
        contacts: house.config.contactNumbers,
        insideProduction: house.config.insideProduction,
        demo: house.config.demo,
      },
      { statusOf: statusOfError },
    ),
  );
  const simulated = house.gateways.get('africastalking');
  const { simulator } = house.sms;
  if (house.config.demo && simulated !== undefined && simulator !== undefined) {
    app.use(
      '/simulator',
      simulatorPages({
        people: DEMO_PEOPLE,
        clock: house.clock,
        shortCode: house.config.shortCode,
        token: house.config.webhookTokens[0] ?? '',
        page: simulated.page,
        sms: simulator,
        runDue,
      }),
    );
    app.get('/', (_request, response) => {
      response.redirect('/simulator/');
    });
  }
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('Page introuvable.\n');
  });
  const onError: ErrorRequestHandler = (error, _request, response, next) => {
    house.log.error('request failed', { error });
    if (response.headersSent) {
      next(error);
      return;
    }
    const kind = error instanceof AppError ? error.kind : 'bug';
    response
      .status(statusOf[kind])
      .type('text/plain')
      .send("Le service n'a pas pu répondre. Réessayez dans un instant.\n");
  };
  app.use(onError);
  return app;
}
