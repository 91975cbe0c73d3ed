import { pipeline } from 'node:stream';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express';
import { letLast } from '../runtime/lasting-requests';
import { findSession } from '../staff/staff-sessions';
import { admit } from './guard';
import type { ConsoleHouse } from './console-house';
import {
  readCookie,
  readSittingKey,
  writeCookie,
  writeSittingKey,
} from './cookie';
import { pageShell } from './page-shell';
import { readConsoleAssets } from './read-console-assets';
import { readFields } from './read-fields';
import { readUpload } from './read-upload';
import type { Access, Reply, Route, StaffedVisit, Visit } from './route';
import { routes } from './routes';
import { isOwnForm } from './same-site';
import { securityHeaders } from './security-headers';
import { serveAssets } from './serve-assets';
import { createView } from './view';

/** What the application tells the console. */
export interface ConsoleOptions {
  /** The HTTP status of a failure, decided in one place for all. */
  statusOf: (error: unknown) => number;
}

/** Boxes of a form that may be ticked at once: every commune, and what else a campaign asks. */
const mostFields = 1_500;

/** A handler that says which access it asks for. */
export type GuardedHandler = RequestHandler & { access: Access };

/** `/console`: the pages of the staff. */
export function consolePages(
  house: ConsoleHouse,
  { statusOf }: ConsoleOptions,
): Router {
  const router = Router();
  const assets = readConsoleAssets();
  const show = pageShell(house, createView(assets));
  router.use(serveAssets(assets));
  router.use(securityHeaders(house.insideProduction));
  router.use(
    express.urlencoded({
      extended: false,
      limit: '64kb',
      parameterLimit: mostFields,
    }),
  );
  for (const route of routes)
    router[route.method](route.path, guarded(house, show, route));
  router.use(async (request, response) => {
    const visit = await visitOf(house, request);
    show(request, response, {
      visit,
      status: 404,
      view: 'not-found',
      title: 'Page introuvable',
    });
  });
  router.use(answerFailure(house, show, statusOf));
  return router;
}

type Show = ReturnType<typeof pageShell>;

function guarded(
  house: ConsoleHouse,
  show: Show,
  route: Route,
): GuardedHandler {
  const handler: RequestHandler = async (request, response, next) => {
    const known = await visitOf(
      house,
      request,
      route.isByItself ?? isAskedByItself(request),
    );
    const admission = admit(route.access, known.staff);
    // Before the form is looked at: what answers is what answers any address that nobody made.
    if (admission.kind === 'hidden') {
      next();
      return;
    }
    // Of whoever may not come no file is taken.
    const visit =
      route.takesFile && admission.kind === 'in'
        ? await withFile(known, request)
        : known;
    const { hashKey, insideProduction } = house;
    const token = readCookie(request, insideProduction);
    const word = visit.form['_csrf'];
    if (
      route.method === 'post' &&
      !isOwnForm(request, { hashKey, token, word })
    ) {
      show(request, response, {
        visit,
        status: 403,
        view: 'foreign-form',
        title: 'Formulaire refusé',
      });
      return;
    }
    if (admission.kind === 'forbidden')
      show(request, response, {
        visit,
        status: 403,
        view: 'forbidden',
        title: 'Accès refusé',
      });
    else if (admission.kind === 'goTo')
      response.redirect(303, withNext(request, admission.path));
    else
      send(
        house,
        show,
        { request, response, visit },
        await answerOf(route, visit),
      );
    // What was not read of a file is let go.
    visit.file?.body.resume();
  };
  return Object.assign(handler, { access: route.access });
}

async function withFile(visit: Visit, request: Request): Promise<Visit> {
  letLast(request);
  const { fields, file } = await readUpload(request);
  return { ...visit, form: fields, file };
}

function answerOf(route: Route, visit: Visit): Promise<Reply> {
  return route.access === 'anybody'
    ? route.handle(visit)
    : // Whoever was admitted to anything else is known.
      route.handle(visit as StaffedVisit);
}

function send(
  house: ConsoleHouse,
  show: Show,
  {
    request,
    response,
    visit,
  }: { request: Request; response: Response; visit: Visit },
  reply: Reply,
): void {
  if (reply.token !== undefined)
    writeCookie(response, house.insideProduction, reply.token);
  if (reply.sittingKey !== undefined)
    writeSittingKey(response, house.insideProduction, reply.sittingKey);
  if (reply.kind === 'goTo') response.redirect(303, reply.path);
  else if (reply.kind === 'told')
    // Browsers keep it and ask whether it is still so: most answers are a line.
    response.set('Cache-Control', 'private, no-cache').json(reply.told);
  else if (reply.kind === 'file') sendFile(house, response, reply);
  else if (reply.kind === 'notFound')
    show(request, response, {
      visit,
      status: 404,
      view: 'not-found',
      title: 'Page introuvable',
    });
  else
    show(request, response, {
      visit,
      status: reply.status ?? 200,
      ...reply,
    });
}

function sendFile(
  { log }: ConsoleHouse,
  response: Response,
  { name, type, body }: Extract<Reply, { kind: 'file' }>,
): void {
  response.attachment(name).type(type);
  if (Buffer.isBuffer(body)) response.send(body);
  else
    pipeline(body, response, (error) => {
      // Whoever went away in the middle is no fault of ours.
      if (error && !response.destroyed)
        log.error('file was not sent', { error });
    });
}

async function visitOf(
  house: ConsoleHouse,
  request: Request,
  isByItself = false,
): Promise<Visit> {
  const token = readCookie(request, house.insideProduction);
  return {
    house,
    address: request.ip ?? '',
    origin: `${request.protocol}://${request.host}`,
    params: readFields(request.params),
    query: readFields(request.query),
    form: readFields(request.body),
    staff: await findSession(house.staff, token, isByItself),
    sittingKey: readSittingKey(request, house.insideProduction),
  };
}

/** Whether a page asked for itself anew, by our script or by its browser: nobody need be looking. Who claims it loses, and gains nothing. */
function isAskedByItself(request: Request): boolean {
  return (
    request.get('x-by-itself') !== undefined ||
    request.query['de-soi'] !== undefined
  );
}

/** After signing in she comes to the page that she asked for. */
function withNext(request: Request, path: string): string {
  return request.method === 'GET' && request.originalUrl !== '/console'
    ? `${path}?suite=${encodeURIComponent(request.originalUrl)}`
    : path;
}

function answerFailure(
  house: ConsoleHouse,
  show: Show,
  statusOf: ConsoleOptions['statusOf'],
): ErrorRequestHandler {
  return (error, request, response, next) => {
    const status = statusOf(error);
    if (status >= 500) house.log.error('console request failed', { error });
    if (response.headersSent) {
      next(error);
      return;
    }
    const view = status >= 500 ? 'failure' : 'bad-request';
    show(request, response, {
      visit: undefined,
      status,
      view,
      title: 'Le service n’a pas pu répondre',
    });
  };
}
